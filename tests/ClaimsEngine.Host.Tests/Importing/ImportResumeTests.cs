using System.Text;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Importing;

/// <summary>
/// An import that is cut off goes on where it stopped. In a database of its own, so that all that is there can be counted.
/// </summary>
public sealed class ImportResumeTests(ApiFixture api) : ApiTest(api)
{
    private const int Members = 25_000, Lists = 300, Twice = 10;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_that_was_cut_off_and_run_again_has_stored_everybody_once()
    {
        var connection = await Api.NewDatabase();
        await using var database = new Database(connection);
        await using var host = await Api.StartHost(connection, SeedLevel.Reference);
        var (services, by) = (host.App.Services, new Actor("tester", [Role.Officer], RegionCode.Of("1501")));
        var (importer, records) = (services.GetRequiredService<Importer>(), services.GetRequiredService<RecordRoom>());
        var population = new Population(61, "hohhot-2025-hospital", new LocalDate(2024, 12, 31),
            [new PopulationPart([RegionCode.Of("150102"), RegionCode.Of("150105"), RegionCode.Of("150121")], Members, Lists)]);
        using var employers = new MemoryStream();
        await population.WriteEmployers(employers, Test);
        Assert.Equal((Lists, 0, 0), Counts((await new EmployerImport(importer, records.Events, by).Over(employers, _ => { }, Test)).End));
        using var file = await Sheet(population);
        using (var cut = CancellationTokenSource.CreateLinkedTokenSource(Test))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import((_, _) => cut.Cancel(), cut.Token));
        var stored = await Count("type = 'enrolment_started'");
        Assert.InRange(stored, 1, Members - 1);
        var before = await Count("TRUE");

        var told = new List<long>();
        var end = await Import((done, all) =>
        {
            Assert.Equal(Members + Twice, all);
            told.Add(done);
        }, Test);
        Assert.Equal((Members + Twice, 0, Twice), Counts(end));
        Assert.True(told[0] > stored && told[^1] == Members + Twice, string.Join(' ', told));
        Assert.Equal(told.Order().Distinct(), told);
        Assert.Equal(before + end.Events, await Count("TRUE"));
        await EverybodyIsThereOnce();

        Assert.Equal(end with { Earlier = Members + Twice, Unchanged = 0, Events = 0 },
            await Import((_, _) => Assert.Fail("there is nothing to do"), Test));
        await EverybodyIsThereOnce();

        async Task<ImportEnd> Import(Action<long, long> report, CancellationToken cancellation)
        {
            var (done, fault) = await new EnrolmentImport(importer, records, SystemClock.Instance, new PastCover(), by)
                .Over(file, () => throw new InvalidOperationException("no row is bad"), report, cancellation);
            Assert.Null(fault);
            return done!;
        }

        async Task EverybodyIsThereOnce()
        {
            foreach (var type in (string[])["person_registered", "account_registered", "enrolment_started"])
                Assert.Equal(Members, await Count($"type = '{type}'"));
            foreach (var type in (string[])["unit_registered", "unit_covered"]) Assert.Equal(Lists, await Count($"type = '{type}'"));
            Assert.Equal(Members,
                await Ask("SELECT count(DISTINCT data->>'idNumber') FROM claims.mt_events WHERE type = 'person_registered'"));
            // A set operation: a join of tables that were filled a moment ago is planned without statistics, and can take minutes.
            Assert.Equal(Members, await Ask("""
                SELECT count(*) FROM (
                    SELECT (data->>'member')::uuid FROM claims.mt_events WHERE type = 'enrolment_started'
                    INTERSECT
                    SELECT id FROM claims.mt_streams WHERE type = 'person') held
                """));
            Assert.Equal(Members, await Ask("SELECT sum(taken)::bigint FROM claims.places"));
            Assert.Equal(0, await Ask("SELECT count(*) FROM claims.import_rejections"));
        }

        Task<long> Count(string where) => Ask($"SELECT count(*) FROM claims.mt_events WHERE {where}");

        async Task<long> Ask(string sql) => (long)(await database.Ask(sql))!;
    }

    /// <summary>Some stand there once more, far behind and yet before they can be stored.</summary>
    private static async Task<MemoryStream> Sheet(Population population)
    {
        using var written = new MemoryStream();
        await population.WriteMembers(written, Test);
        var lines = Encoding.UTF8.GetString(written.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] all = [.. lines[..24_000], .. lines[21_500..(21_500 + Twice)], .. lines[24_000..]];
        return new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", all)));
    }

    private static (long Rows, long Rejected, long Unchanged) Counts(ImportEnd end) => (end.Rows, end.Rejected, end.Unchanged);
}

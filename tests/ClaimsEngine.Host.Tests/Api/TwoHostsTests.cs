using System.Net.Http.Headers;
using ClaimsEngine.Host.Tests.Rosters;
using ClaimsEngine.Rosters;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>
/// Several hosts on one database are one engine: what one does the other sees, and what one leaves the other goes on with.
/// </summary>
public sealed class TwoHostsTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_command_on_one_host_is_read_on_the_other_and_one_alone_goes_on_projecting()
    {
        var programme = await OpenProgramme();
        var count = 0;
        var second = await Api.StartHost(Api.Storage.Options.ConnectionString);
        try
        {
            using var elsewhere = Api.NewClient(second);
            for (var round = 0; round < 10; round++)
            {
                await IsSeen(Officer, Officer.Through(elsewhere));
                await IsSeen(Officer.Through(elsewhere), Officer);
            }
            await second.App.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            await second.DisposeAsync();
        }
        for (var round = 0; round < 5; round++) await IsSeen(Officer, Officer);
        Assert.True((await Api.Storage.Upkeep.Verify("enrolments", cancellation: TestContext.Current.CancellationToken)).Equal);

        async Task IsSeen(Caller writer, Caller reader)
        {
            var written = (await writer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme))).Is(201);
            count++;
            var read = (await reader.Get($"/api/enrolments?programme={programme}&limit=200", written.Position)).Is(200);
            Assert.Equal(count, read.Items.Count);
            Assert.Contains(read.Items, row => (string)row!["id"]! == written.Text("id"));
        }
    }

    [Fact]
    public async Task A_roster_whose_host_is_killed_is_gone_on_with_by_another_and_counts_as_if_nothing_had_happened()
    {
        const int rows = 12_000, twice = 5, every = 1_000;
        // a district of its own: so many people would meet numbers of other tests
        var (programme, officer) = (await OpenProgramme(quota: 2 * rows), Api.As("he", "officer", "620981"));
        var people =
            new SyntheticRoster(seed: 4711, RegionCode.Of("620981"), new LocalDate(2024, 1, 1), [Occupation.Of("courier")], units: 1);
        string Line(int index) => people.Person(index) is var draft && index % every == every - 1
            ? $"{draft.Person.Name},{draft.Person.IdNumber},护工,620981" : $"{draft.Person.Name},{draft.Person.IdNumber},快递员,620981";
        var file = Sheets.Csv([Sheets.Header, .. Enumerable.Range(0, rows).Select(Line), .. Enumerable.Range(0, twice).Select(Line)]);
        var bad = Enumerable.Range(1, rows / every).Select(nth => nth * every + 1).Concat(Enumerable.Range(rows + 2, twice)).ToArray();

        string location;
        await using (var child = await HostProcess.Start(Api, Api.Storage.Options.ConnectionString))
        {
            var there = officer.Through(child.Http);
            location = (await there.Post($"/api/rosters?programme={programme}&accept=good-rows",
                new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } })).Is(202).Location!;
            await Wait.Until(
                async () =>
                {
                    Assert.Equal("running", (await there.Get(location)).Is(200).Text("status"));
                    return await Enrolments() > 0;
                }, "nobody of the roster is enrolled");
            await child.Kill();
        }
        Assert.InRange(await Enrolments(), 1, rows - 1);
        Assert.Equal("running", (await officer.Get(location)).Is(200).Text("status"));

        // Nobody beats for it any more. That its silence is long enough now spares the test the wait for it.
        await Api.Ask("UPDATE claims.long_work SET heartbeat = heartbeat - interval '31 seconds' WHERE id = $1",
            Guid.Parse(location.Split('/')[^1]));
        var ended = await officer.Ended(location);
        Assert.True(ended.Text("status") == "done", ended.ToString());
        Assert.Equal((rows + twice, rows - bad.Length + twice, bad.Length, 0),
            ((int)ended["rows"]!, (int)ended["accepted"]!, (int)ended["rejected"]!, (int)ended["unchanged"]!));
        Assert.Equal((rows + twice, rows + twice), ((int)ended["done"]!, (int)ended["total"]!));
        Assert.Equal(bad, ended["errors"]!.AsArray().Select(error => (int)error!["row"]!));
        Assert.Equal(rows - bad.Length + twice, await Enrolments());
        Assert.Equal((long)(rows - bad.Length + twice),
            await Api.Ask("SELECT taken FROM claims.places WHERE pool = $1", $"programme/{programme}"));
        using (var corrected = await Sheets.Opened((await officer.Get(location + "/corrected")).Is(200).Bytes))
        {
            var reasons = corrected.Rows().Select(row => row[corrected.Headings.Count - 1].Text).ToArray();
            Assert.Equal(rows + twice, reasons.Length);
            Assert.Equal(bad, Enumerable.Range(0, reasons.Length).Where(nth => reasons[nth].Length > 0).Select(nth => nth + 2));
        }
        var last = long.Parse(await LastPosition());
        Assert.True(await Api.Storage.Upkeep.WaitFor(last, Wait.Patience, TestContext.Current.CancellationToken));
        Assert.Empty(await Api.Column("""
            SELECT concat(count(*), ' events from ', min(seq_id), ' to ', max(seq_id), ' are missing') FROM claims.mt_events e
            WHERE type = 'enrolment_started' AND data ->> 'programme' = $1
              AND NOT EXISTS (SELECT FROM read.enrolments r WHERE r.id = e.stream_id)
            HAVING count(*) > 0
            """, programme));

        async Task<long> Enrolments() =>
            (long)(await Api.Ask("SELECT count(*) FROM claims.mt_events WHERE type = 'enrolment_started' AND data ->> 'programme' = $1",
            programme))!;
    }
}

using System.Diagnostics;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Queries;

namespace ClaimsEngine.Benchmarks;

/// <summary>Pages of the register as <c>GET /api/enrolments</c> reads them, by what people look for: median and 95th percentile.</summary>
internal static class ListFigures
{
    /// <summary>Code of the programme under which everybody is enrolled.</summary>
    public const string Programme = "bench";

    private const int Questions = 400;

    private static readonly Actor Auditor = new("bench", [Role.Auditor], default);
    private static readonly Instant LongAfter = Instant.FromUtc(2099, 1, 1, 0, 0);

    private sealed record Sample(Guid Id, PersonId Member, string Employer, string Region);

    public static async Task<IReadOnlyList<Figure>> All(BenchEngine engine)
    {
        await engine.Database.Execute("VACUUM ANALYZE read.enrolments");   // as autovacuum will have done by the time
        var samples = await Some(engine.Database);
        var route = Engine.Modules.SelectMany(module => module.Lists).Single(list => ReferenceEquals(list.Model, EnrolmentRegister.Model));
        var query = new ListQuery(route, engine.Storage.Options);
        var figures = new List<Figure>();
        await Ask("person", sample => [("member", sample.Member)], limit: 20);
        await Ask("employer", sample => [("employer", sample.Employer)]);
        await Ask("programme", _ => [("programme", Programme)], after: true);
        await Ask("district", sample => [("region", RegionCode.Of(sample.Region))], after: true);
        await Ask("city", sample => [("region", RegionCode.Of(sample.Region[..4]))], after: true);
        await Ask("province", sample => [("region", RegionCode.Of(sample.Region[..2]))], after: true);
        await Ask("programme.district", sample => [("programme", Programme), ("region", RegionCode.Of(sample.Region))], after: true);
        await Ask("status", _ => [("status", EnrolmentStatus.Pending)]);
        await Ask("asof.person", sample => [("member", sample.Member)], limit: 20, asOf: LongAfter);
        await Ask("asof.employer", sample => [("employer", sample.Employer)], asOf: LongAfter);
        await Ask("asof.programme", _ => [("programme", Programme)], after: true, asOf: LongAfter);
        return figures;

        async Task Ask(
            string name, Func<Sample, (string Parameter, object Value)[]> narrowed, int limit = 100, bool after = false,
            Instant? asOf = null)
        {
            var times = new List<double>();
            foreach (var sample in samples)
            {
                var filters = narrowed(sample).Select(by => (route.Filters.Single(filter => filter.Parameter == by.Parameter), by.Value));
                var page = new ListPage(Auditor, [.. filters], limit, after ? sample.Id : null, asOf);
                var watch = Stopwatch.StartNew();
                await query.Run(page, engine.Storage.Sessions.Listing, CancellationToken.None);
                times.Add(watch.Elapsed.TotalMilliseconds);
                if (times.Count >= 5 && times.Sum() > 20_000) break;   // it is slow, and need not be shown four hundred times
            }
            figures.Add(new Figure($"list.{name}", Measurement.Percentile(times, 50), "ms"));
            figures.Add(new Figure($"list.{name}.p95", Measurement.Percentile(times, 95), "ms"));
        }
    }

    private static async Task<List<Sample>> Some(BenchDatabase database)
    {
        await using var some = database.Owner.CreateCommand($"""
            SELECT id, member, coalesce(employer, ''), region FROM read.enrolments
            WHERE recorded_to = 'infinity' ORDER BY hashtextextended(id::text, 1) LIMIT {Questions}
            """);
        some.CommandTimeout = 0;
        var samples = new List<Sample>();
        await using var reader = await some.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            samples.Add(new Sample(reader.GetGuid(0), new PersonId(reader.GetGuid(1)), reader.GetString(2), reader.GetString(3)));
        return samples;
    }
}

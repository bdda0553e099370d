using JasperFx.Events.Projections;

namespace ClaimsEngine.Benchmarks;

/// <summary>A relational read model made from its events: by the daemon that catches up, and anew beside the live one. The peer is a flat
/// table of Marten's.</summary>
internal static class ProjectionFigures
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static IEnumerable<Measurement> All =>
    [
        new("projection.catchup", async bench => [await CatchUp(bench, bench.Size(100_000), eventsPerStream: 3)]),
        Rebuild("rebuild.interleaved", streams: 100_000, eventsPerStream: 3, interleaved: true),
        Rebuild("rebuild.short", streams: 100_000, eventsPerStream: 3, interleaved: false),
        Rebuild("rebuild.long", streams: 6_000, eventsPerStream: 50, interleaved: false),
    ];

    private static Task<Figure> CatchUp(Workbench bench, int streams, int eventsPerStream) => Measurement.Compare(bench,
        "projection.catchup", "events/s",
        async _ =>
        {
            await using var engine = await BenchEngine.Open(bench, Samples.Types, Samples.Register);
            var end = await engine.Fill(Samples.Rows(Samples.Ids(streams), eventsPerStream, interleaved: true));
            await engine.Database.Execute("ANALYZE");
            await engine.Start();
            var rate = await engine.Projected(end);
            await engine.Database.MustBe(streams * eventsPerStream, "SELECT count(*) FROM read.covers");
            await MustFit(engine.Database, "read.covers WHERE recorded_to = 'infinity'", streams, eventsPerStream);
            return rate;
        },
        async _ =>
        {
            await using var plain = await Plain(bench);
            var end = await plain.Fill(Samples.Ids(streams), eventsPerStream, interleaved: true);
            await plain.Database.Execute("ANALYZE");
            await plain.StartDaemon();
            var rate = await plain.Projected(end);
            await MustFit(plain.Database, "covers", streams, eventsPerStream);
            return rate;
        });

    private static Measurement Rebuild(string name, int streams, int eventsPerStream, bool interleaved) => new(name, async bench =>
    {
        var count = bench.Size(streams);
        await using var engine = await BenchEngine.Open(bench, Samples.Types, Samples.Register);
        var end = await engine.Fill(Samples.Rows(Samples.Ids(count), eventsPerStream, interleaved));
        await engine.Start();
        await engine.CatchUp(end);

        await using var plain = await Plain(bench);
        var last = await plain.Fill(Samples.Ids(count), eventsPerStream, interleaved);
        var daemon = await plain.StartDaemon();
        await plain.Projected(last);
        await plain.Database.Execute("ANALYZE");

        return [await Measurement.Compare(bench, name, "events/s",
            async _ =>
            {
                var report = await engine.Storage.Upkeep.Rebuild(Samples.Register.Table, workers: Environment.ProcessorCount);
                if (report.Events != (long)count * eventsPerStream)
                    throw new InvalidOperationException($"{report.Events} events were folded");
                if (report.LiveDigest != report.RebuiltDigest)
                    throw new InvalidOperationException("the table made anew differs from the live one");
                await MustFit(engine.Database, "read.covers WHERE recorded_to = 'infinity'", count, eventsPerStream);
                return report.Events / report.Elapsed.TotalSeconds;
            },
            async _ =>
            {
                var watch = System.Diagnostics.Stopwatch.StartNew();
                await daemon.RebuildProjectionAsync("covers", Patience, CancellationToken.None);
                var rate = last / watch.Elapsed.TotalSeconds;
                await MustFit(plain.Database, "covers", count, eventsPerStream);
                return rate;
            })];
    });

    private static Task<PlainStore> Plain(Workbench bench) =>
        PlainStore.Open(bench, options => options.Projections.Add<FlatCovers>(ProjectionLifecycle.Async));

    /// <summary>As many rows as streams, and in each of them as many benefits as it has events after its first.</summary>
    private static async Task MustFit(BenchDatabase database, string rows, int streams, int eventsPerStream)
    {
        await database.MustBe(streams, $"SELECT count(*) FROM {rows}");
        await database.MustBe((long)streams * (eventsPerStream - 1), $"SELECT sum(benefits) FROM {rows}");
    }
}

using System.Diagnostics;
using ClaimsEngine.Storage.Reading;
using JasperFx.Events.Projections;

namespace ClaimsEngine.Benchmarks;

/// <summary>Loading a stream of 50 events and folding it; the peer is Marten's live aggregation.</summary>
internal static class FoldFigures
{
    private const int EventsPerStream = 50, Loads = 2_000;

    public static IEnumerable<Measurement> All => [new("fold.p50", async bench => [await Run(bench)])];

    private static async Task<Figure> Run(Workbench bench)
    {
        var streams = Samples.Ids(bench.Size(200));
        await using var engine = await BenchEngine.Open(bench, Samples.Types);
        await engine.Fill(Samples.Rows(streams, EventsPerStream, interleaved: false));
        await using var plain = await PlainStore.Open(
            bench, options => options.Projections.Add(new CoverTotalsFold(), ProjectionLifecycle.Live));
        await plain.Fill(streams, EventsPerStream, interleaved: false);
        await engine.Database.Execute("ANALYZE");
        await plain.Database.Execute("ANALYZE");

        var reader = engine.Get<EventReader>();
        async Task<int?> Ours(Guid stream) =>
            Fold.Of<CoverState>((await reader.ReadStream(stream)).Select(recorded => recorded.Data))?.Benefits;
        async Task<int?> Peers(Guid stream)
        {
            await using var session = plain.Store.QuerySession();
            return (await session.Events.AggregateStreamAsync<CoverTotals>(stream))?.Benefits;
        }
        await Time(streams, Ours);
        await Time(streams, Peers);
        return await Measurement.Compare(bench, "fold.p50", "ms", _ => Time(streams, Ours), _ => Time(streams, Peers));
    }

    private static async Task<double> Time(Guid[] streams, Func<Guid, Task<int?>> load)
    {
        var times = new double[Loads];
        for (var i = 0; i < Loads; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var benefits = await load(streams[i % streams.Length]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (benefits != EventsPerStream - 1) throw new InvalidOperationException("the fold is not what was written");
        }
        return Measurement.Percentile(times, 50);
    }
}

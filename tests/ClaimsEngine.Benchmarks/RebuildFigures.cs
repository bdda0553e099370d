using ClaimsEngine.Ports;

namespace ClaimsEngine.Benchmarks;

/// <summary>A relational read model made anew from its events, beside the live one.</summary>
internal static class RebuildFigures
{
    public static IEnumerable<Measurement> All =>
    [
        Measurement.Of("rebuild.short", "events/s", bench => Run(bench, streams: 100_000, eventsPerStream: 3, interleaved: false)),
        Measurement.Of("rebuild.interleaved", "events/s", bench => Run(bench, streams: 100_000, eventsPerStream: 3, interleaved: true)),
        Measurement.Of("rebuild.long", "events/s", bench => Run(bench, streams: 6_000, eventsPerStream: 50, interleaved: false)),
    ];

    private static async Task<double[]> Run(Workbench bench, int streams, int eventsPerStream, bool interleaved)
    {
        await using var store = await bench.EmptyStore(Samples.Register);
        await store.CatchUp(Samples.Register.Table, await Fill(store, streams, eventsPerStream, interleaved));
        return await bench.Measure(async () =>
        {
            var report = await store.Database.Rebuild(Samples.Register.Table, workers: Environment.ProcessorCount);
            if (report.Events != (long)streams * eventsPerStream) throw new InvalidOperationException($"{report.Events} events were folded");
            return report.Events / report.Elapsed.TotalSeconds;
        });
    }

    /// <param name="interleaved">the first events of all streams, then the second ones, and so on</param>
    /// <returns>the position of the last event</returns>
    private static async Task<FeedPosition> Fill(BenchStore store, int streams, int eventsPerStream, bool interleaved)
    {
        const int PerAppend = 500;
        var ids = Enumerable.Range(0, streams).Select(_ => Guid.CreateVersion7()).ToArray();
        var last = FeedPosition.Start;
        for (var version = 0; version < (interleaved ? eventsPerStream : 1); version++)
            foreach (var part in ids.Chunk(PerAppend))
            {
                var streamsOfPart = part.Select(id =>
                    Samples.Stream(id, version, interleaved ? [version == 0 ? Samples.Started(0) : Samples.Used(version)] : Samples.Events(eventsPerStream)));
                last = ((Appended)await store.Events.Append(new Append([.. streamsOfPart], [], [], []))).Position;
            }
        return last;
    }
}

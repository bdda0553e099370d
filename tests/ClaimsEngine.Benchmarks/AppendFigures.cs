using System.Diagnostics;

namespace ClaimsEngine.Benchmarks;

/// <summary>Appends as commands make them: new streams of three events, each acknowledged after COMMIT before its task makes the next.</summary>
internal static class AppendFigures
{
    private const int EventsPerStream = 3;

    public static IEnumerable<Measurement> All =>
    [
        Measurement.Of("append.sequential", "events/s", bench => Run(bench, tasks: 1, streams: 3_000)),
        Measurement.Of("append.concurrent8", "events/s", bench => Run(bench, tasks: 8, streams: 24_000)),
    ];

    private static async Task<double[]> Run(Workbench bench, int tasks, int streams)
    {
        await using var store = await bench.EmptyStore();
        await Append(store, tasks, streams / 10);
        return await bench.Measure(() => Append(store, tasks, streams));
    }

    private static async Task<double> Append(BenchStore store, int tasks, int streams)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < streams / tasks; i++) await store.Events.Append(Samples.Append(Guid.CreateVersion7(), 0, Samples.Events(EventsPerStream)));
        })));
        return streams / tasks * tasks * EventsPerStream / watch.Elapsed.TotalSeconds;
    }
}

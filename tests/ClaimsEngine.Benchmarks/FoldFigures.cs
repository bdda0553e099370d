using System.Diagnostics;
using ClaimsEngine.Ports;

namespace ClaimsEngine.Benchmarks;

/// <summary>Loading a stream of 50 events and folding it.</summary>
internal static class FoldFigures
{
    private const int Streams = 200, EventsPerStream = 50, Loads = 2_000;

    public static IEnumerable<Measurement> All => [Measurement.Of("fold.p50", "ms", Run)];

    private static async Task<double[]> Run(Workbench bench)
    {
        await using var store = await bench.EmptyStore();
        var streams = Enumerable.Range(0, Streams).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var stream in streams) await store.Events.Append(Samples.Append(stream, 0, Samples.Events(EventsPerStream)));
        await Load(store.Events, streams);
        return await bench.Measure(() => Load(store.Events, streams));
    }

    private static async Task<double> Load(IEventStore events, Guid[] streams)
    {
        var times = new double[Loads];
        for (var i = 0; i < Loads; i++)
        {
            var start = Stopwatch.GetTimestamp();
            CoverRow? state = null;
            foreach (var recorded in await events.ReadStream(streams[i % Streams])) state = Samples.Evolve(state, recorded);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (state is not { Benefits: EventsPerStream - 1 }) throw new InvalidOperationException("the fold is not what was written");
        }
        return times.Order().ElementAt(Loads / 2);
    }
}

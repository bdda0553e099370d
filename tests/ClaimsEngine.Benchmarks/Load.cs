using System.Diagnostics;

namespace ClaimsEngine.Benchmarks;

/// <summary>Several callers at once, each of whom begins the next piece of work when the last one was acknowledged.</summary>
internal static class Load
{
    /// <param name="callers">how many work at once</param>
    /// <param name="pieces">how many pieces of work there are in all</param>
    /// <param name="one">does the piece of the given number, from 0</param>
    /// <returns>pieces a second, and how long each took, in milliseconds</returns>
    public static async Task<(double PerSecond, double[] Milliseconds)> Run(int callers, int pieces, Func<int, Task> one)
    {
        var (next, times) = (-1, new double[pieces]);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int piece; (piece = Interlocked.Increment(ref next)) < pieces;)
            {
                var start = Stopwatch.GetTimestamp();
                await one(piece);
                times[piece] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        })));
        return (pieces / watch.Elapsed.TotalSeconds, times);
    }
}

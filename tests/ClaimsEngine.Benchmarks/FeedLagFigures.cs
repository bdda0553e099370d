using System.Diagnostics;
using ClaimsEngine.EventStore;
using ClaimsEngine.Ports;
using Npgsql;

namespace ClaimsEngine.Benchmarks;

/// <summary>From the acknowledgement of an append until a SELECT on an asynchronous read model shows it.</summary>
internal static class FeedLagFigures
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static IEnumerable<Measurement> All =>
    [
        Measurement.Of("feed.lag.idle", "ms", Idle),
        Measurement.Of("feed.lag.burst", "ms", Burst),
    ];

    private static async Task<double[]> Idle(Workbench bench)
    {
        await using var store = await bench.EmptyStore(Samples.Register);
        store.Database.Projector.Start();
        return await bench.Measure(async () =>
        {
            var lags = new double[40];
            for (var i = 0; i < lags.Length; i++)
            {
                await Task.Delay(150);
                var stream = Guid.CreateVersion7();
                lags[i] = await Visible(store.Database, stream, (Appended)await store.Events.Append(Samples.Append(stream, 0, Samples.Started(i))));
            }
            return lags.Order().ElementAt(lags.Length / 2);
        });
    }

    private static async Task<double[]> Burst(Workbench bench)
    {
        await using var store = await bench.EmptyStore(Samples.Register);
        store.Database.Projector.Start();
        return await bench.Measure(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < 1_250; i++) await store.Events.Append(Samples.Append(Guid.CreateVersion7(), 0, Samples.Started(i)));
            })));
            var last = Guid.CreateVersion7();
            return await Visible(store.Database, last, (Appended)await store.Events.Append(Samples.Append(last, 0, Samples.Started(0))));
        });
    }

    /// <returns>milliseconds since the append was acknowledged</returns>
    private static async Task<double> Visible(ClaimsDatabase database, Guid stream, Appended appended)
    {
        var start = Stopwatch.GetTimestamp();
        if (!await database.Projector.WaitFor(Samples.Register.Table, appended.Position, Patience)) throw new TimeoutException("the read model does not catch up");
        await using var command = database.Application.CreateCommand($"SELECT true FROM {database.Options.ReadSchema}.{Samples.Register.Table} WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = stream });
        if (await command.ExecuteScalarAsync() is not true) throw new InvalidOperationException("the row is not there");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}

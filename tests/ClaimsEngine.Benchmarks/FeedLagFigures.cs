using System.Diagnostics;
using JasperFx.Events.Projections;
using Npgsql;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// The time from the acknowledgement of an append until a SELECT on an asynchronous read model shows it. The peer is a flat table under
/// Marten's default polling.
/// </summary>
internal static class FeedLagFigures
{
    private const int BurstTasks = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static IEnumerable<Measurement> All => [new("feed.lag.idle", Idle), new("feed.lag.burst", Burst)];

    private static Task<IReadOnlyList<Figure>> Idle(Workbench bench) => Run(bench, "feed.lag.idle", async side =>
    {
        var lags = new double[20];
        for (var i = 0; i < lags.Length; i++)
        {
            await Task.Delay(150 + (i * 7));   // not in step with anybody's polling
            lags[i] = await side.Lag();
        }
        return Measurement.Percentile(lags, 50);
    });

    private static Task<IReadOnlyList<Figure>> Burst(Workbench bench) => Run(bench, "feed.lag.burst", async side =>
    {
        await Load.Run(BurstTasks, bench.Size(10_000) - 1, _ => side.Append(Guid.CreateVersion7()));
        return await side.Lag();
    });

    private static async Task<IReadOnlyList<Figure>> Run(Workbench bench, string name, Func<Side, Task<double>> round)
    {
        await using var engine = await BenchEngine.Open(bench, Samples.Types, Samples.Register);
        await engine.Start();
        await using var plain = await PlainStore.Open(bench, options => options.Projections.Add<FlatCovers>(ProjectionLifecycle.Async));
        await plain.StartDaemon();
        var ours = new Side(stream => engine.Append(Decision.Begin<CoverState>(stream, Samples.Started(stream, 0))),
            engine.Database, "SELECT true FROM read.covers WHERE id = $1 AND recorded_to = 'infinity'");
        var peer = new Side(async stream =>
        {
            await using var session = plain.Store.LightweightSession();
            session.Events.StartStream(stream, Samples.Started(stream, 0));
            await session.SaveChangesAsync();
        }, plain.Database, "SELECT true FROM covers WHERE id = $1");
        foreach (var side in (Side[])[ours, peer]) await side.Lag();   // the first page is compiled

        var figure = await Measurement.Compare(bench, name, "ms", _ => round(ours), _ => round(peer));
        await engine.Database.MustBe(ours.Appended, "SELECT count(*) FROM claims.mt_events");
        await engine.Database.MustBe(ours.Appended, "SELECT count(*) FROM read.covers");
        await plain.Database.MustBe(peer.Appended, "SELECT count(*) FROM covers");
        return [figure];
    }

    /// <summary>One of the two stores, and the question that shows a row.</summary>
    private sealed class Side(Func<Guid, Task> append, BenchDatabase database, string question)
    {
        private int appended;

        public int Appended => appended;

        public async Task Append(Guid stream)
        {
            await append(stream);
            Interlocked.Increment(ref appended);
        }

        /// <summary>Milliseconds since the append was acknowledged. It is looked for without pause, on a connection of its own.</summary>
        public async Task<double> Lag()
        {
            await using var connection = await database.Owner.OpenConnectionAsync();
            await using var command = new NpgsqlCommand(question, connection);
            var stream = Guid.CreateVersion7();
            command.Parameters.Add(new NpgsqlParameter { Value = stream });
            await command.PrepareAsync();
            await Append(stream);
            var watch = Stopwatch.StartNew();
            while (await command.ExecuteScalarAsync() is not true)
            {
                if (watch.Elapsed > Patience) throw new TimeoutException("the read model does not catch up");
                await Task.Delay(1);
            }
            return watch.Elapsed.TotalMilliseconds;
        }
    }
}

using ClaimsEngine.Storage.Bulk;
using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Whatever dies in the middle of an import, every row is there once in the end.</summary>
public sealed class ImportCrashTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const int Rows = 4_000;

    private static readonly ImportOptions Small = new() { BatchEvents = 100 };

    [Fact]
    public async Task A_process_killed_again_and_again_loses_nothing_and_doubles_nothing()
    {
        var random = new Random(11);
        var kills = 0;
        while (true)
        {
            using var process = OtherProcess.Importing(Options.ConnectionString, Rows);
            // It lives for some batches, and dies at any point of the next.
            for (var batches = random.Next(1, 20); batches > 0 && await process.StandardOutput.ReadLineAsync() is not null; batches--) { }
            if (kills < 4)
            {
                await Task.Delay(random.Next(15));
                if (!process.HasExited) kills++;
                process.Kill();
                continue;
            }
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            break;
        }
        await EveryRowIsThereOnce();
    }

    [Fact]
    public async Task Sessions_that_are_terminated_at_any_point_lose_nothing_and_double_nothing()
    {
        await Start();
        using var stop = new CancellationTokenSource();
        using var batches = new SemaphoreSlim(0);
        var killed = 0L;
        var killer = Task.Run(async () =>
        {
            var random = new Random(5);
            while (!stop.IsCancellationRequested)
            {
                // Some batches get through in between, however slow the machine is.
                if (!await batches.WaitAsync(20)) continue;
                await Task.Delay(random.Next(30));
                killed += (long)(await Owner("""
                    SELECT count(pg_terminate_backend(pid)) FROM (
                      SELECT pid FROM pg_stat_activity
                      WHERE datname = current_database() AND application_name = 'claims-engine' AND backend_xid IS NOT NULL
                      ORDER BY random() LIMIT 1) AS one
                    """))!;
            }
        });
        var state = await Node.Importer.Run("file", ImportSamples.Async(ImportSamples.Rows(1, Rows)), Small,
            new ImportWatch(_ => batches.Release()));
        await stop.CancelAsync();
        await killer;
        Assert.Equal(new ImportState("file", Rows, Rows, 0, Rows, Rows * 2, state.Position), state);
        Assert.InRange(killed, 5, long.MaxValue);
        await EveryRowIsThereOnce();
    }

    [Fact]
    public async Task A_COMMIT_whose_reply_was_lost_is_recognised()
    {
        var connection = new NpgsqlConnectionStringBuilder(Options.ConnectionString);
        using var proxy = new CuttingProxy(connection.Port);
        connection.Port = proxy.Port;
        var cut = await Open(Options with { ConnectionString = connection.ConnectionString });
        var told = 0;
        var watch = new ImportWatch(_ =>
        {
            if (++told % 3 == 0) proxy.CutNext(Cut.AfterCommit);
        });
        var state = await cut.Importer.Run("file", ImportSamples.Async(ImportSamples.Rows(1, Rows)), Small with { MaxLag = null }, watch);
        Assert.Equal(new ImportState("file", Rows, Rows, 0, Rows, Rows * 2, state.Position), state);
        Assert.InRange(proxy.Cuts, 10, 100);
        await EveryRowIsThereOnce();
    }

    private async Task EveryRowIsThereOnce()
    {
        var state = await Node.Importer.StateOf("file");
        Assert.Equal(new ImportState("file", Rows, Rows, 0, Rows, Rows * 2,
            (long)(await Owner("SELECT max(seq_id) FROM claims.mt_events"))!), state);
        Assert.Equal((long)Rows, await Owner("SELECT count(DISTINCT data ->> 'name') FROM claims.mt_events WHERE type = 'sample_opened'"));
        Assert.Equal((long)Rows * 2, await Owner("SELECT count(*) FROM claims.mt_events"));
        Assert.Equal((long)Rows, await Owner("SELECT count(*) FROM claims.mt_streams WHERE version = 2"));
        Assert.Equal((long)Rows, await Owner("""
            SELECT count(*) FROM claims.unique_keys k
            JOIN claims.mt_events e ON e.stream_id = k.holder AND e.version = 1 AND e.data ->> 'name' = 'row ' || k.value
            """));
        Assert.Equal(0L, await Owner("SELECT count(*) FROM claims.import_rejections"));
        await Start();
        await CaughtUp();
        await EqualsAReplay();
    }
}

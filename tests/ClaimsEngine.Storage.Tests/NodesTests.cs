using System.Diagnostics;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Several processes on one database: the projections belong to one of them, and to another when that one is gone.</summary>
public sealed class NodesTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task When_the_process_that_projects_is_killed_another_goes_on()
    {
        using var other = await OtherProcess.Node(Options.ConnectionString);
        try
        {
            await Write(Samples.New());
            await CaughtUp();
            await Start();
            for (var i = 0; i < 20; i++)
            {
                await Write(Guid.NewGuid(), 0, Samples.Opened(), Samples.Renamed());
                if (i == 10) other.Kill();
            }
            await CaughtUp();
            Assert.Equal(41, await Count("read.samples"));
            await EqualsAReplay();
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task When_the_process_that_projects_is_stopped_for_a_while_another_goes_on_and_no_row_is_doubled_when_it_comes_back()
    {
        using var other = await OtherProcess.Node(Options.ConnectionString);
        try
        {
            await Write(Samples.New());
            await CaughtUp();
            await Start();
            using var stop = new CancellationTokenSource();
            var written = 0;
            var writer = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var stream = Guid.NewGuid();
                    await Write(stream, 0, Samples.Opened(), Samples.Renamed());
                    await Write(stream, 2, Samples.Renamed("again"));
                    Interlocked.Increment(ref written);
                    await Task.Delay(10);
                }
            });
            await Until(() => Task.FromResult(written > 10), "nothing is written");
            Signal(other, "STOP");
            var at = (long)(await Owner("SELECT max(seq_id) FROM claims.mt_events"))!;
            // The other process holds whatever it held. Its work is taken over while it stands still.
            Assert.True(await Node.Upkeep.WaitFor(at, Patience),
                $"nobody has taken over. {string.Join('\n', Node.Log.Lines.TakeLast(10))}");
            Signal(other, "CONT");
            var before = written;
            await Until(() => Task.FromResult(written > before + 30), "nothing is written");
            await stop.CancelAsync();
            await writer;

            await CaughtUp();
            Assert.Equal(1L + (3L * written), await Count("read.samples"));
            Assert.Equal(1L + written, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
            Assert.Empty(await Node.Upkeep.DeadLetters());
            await EqualsAReplay();
            Assert.Equal((await StoredIds()).Count, (await WholeFeed()).Count);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task When_the_process_that_projects_leaves_another_takes_over()
    {
        await Start();
        await Write(Samples.New());
        await CaughtUp();
        var second = await Open();
        await second.Start();
        await Node.Stop();
        Assert.IsType<Stored>(await second.Write(Samples.Write(Samples.New())));
        Node = second;
        await CaughtUp();
        Assert.Equal(2, await Count("read.samples"));
        await EqualsAReplay();
    }

    [Fact]
    public async Task A_read_model_sees_what_any_process_writes_by_whichever_way()
    {
        await Start();
        var second = await Open();
        await second.Start();
        for (var round = 0; round < 5; round++)
        {
            foreach (var node in (Node[])[Node, second])
            {
                var large = new PendingWrite();
                for (var i = 0; i < 100; i++) large.Add(Samples.On(Guid.NewGuid(), 0, Samples.Opened($"{i}号")), _ => Samples.By());
                Assert.IsType<Stored>(await node.WriteInBulk(large));
                Assert.IsType<Stored>(await node.Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened("small"), Samples.Renamed())));
            }
        }
        await CaughtUp();
        Assert.Equal(1_010L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
        await EqualsAReplay();
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}

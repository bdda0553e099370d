namespace ClaimsEngine.Storage.Tests;

/// <summary>A read model is made anew beside the live one: readers and writers go on, and a process that dies in between does no
/// harm.</summary>
public sealed class RebuildTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task Beside_writers_a_rebuild_loses_nothing_and_readers_never_see_fewer_rows_than_before()
    {
        await Start();
        for (var i = 0; i < 30; i++) await Write(Guid.NewGuid(), 0, Samples.Opened(), Samples.Renamed());
        await CaughtUp();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var stream = Guid.NewGuid();
                await Write(stream, 0, Samples.Opened(), Samples.Renamed());
                await Write(stream, 2, Samples.Renamed("again"));
                await Task.Delay(5);
            }
        })).ToArray();
        var looks = 0;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var (most, now) = (30L, 30L); !stop.IsCancellationRequested; most = now, looks++)
            {
                now = (long)(await Application("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"))!;
                Assert.True(now >= most, $"{now} rows after {most}");
            }
        })).ToArray();

        for (var i = 0; i < 4; i++)
        {
            var position = await Position();
            var before = looks;
            var rebuilt = await Node.Upkeep.Rebuild("samples");
            Assert.Equal(rebuilt.LiveDigest, rebuilt.RebuiltDigest);
            Assert.True(looks > before);
            // The page that was folded before the swap is refused; the daemon folds it again by itself.
            await Until(async () => await Position() > position && (await Node.Upkeep.States()).Single().LagSeconds < 1,
                "the daemon has not gone on");
            if (i % 2 == 1) await EqualsAReplay();
        }
        await stop.CancelAsync();
        await Task.WhenAll([.. writers, .. readers]);
        await CaughtUp();
        await EqualsAReplay();
        Assert.Equal(await Count("claims.mt_streams"), await Owner("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
        Assert.Empty(await Node.Upkeep.DeadLetters());
    }

    [Fact]
    public async Task A_page_that_was_folded_before_a_rebuild_is_refused_and_folded_again()
    {
        // The fold of the page waits until a rebuild has come and gone.
        using var folding = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var waits = 0;
        Node = await Open(readModels: [Samples.Model(() =>
        {
            if (Interlocked.Exchange(ref waits, 0) == 0) return false;
            folding.Release();
            go.Wait();
            return false;
        })]);
        await Start();
        var stream = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened());
        await CaughtUp();
        waits = 1;
        await Write(stream, 1, Samples.Poisoned(), Samples.Renamed("after"));
        Assert.True(await folding.WaitAsync(Patience));
        await Node.Upkeep.Rebuild("samples");
        go.Release();
        await CaughtUp();
        Assert.Equal("after", await Owner("SELECT name FROM read.samples WHERE recorded_to = 'infinity'"));
        Assert.Equal(2, await Count("read.samples"));
        await EqualsAReplay();
        await Write(Samples.New());
        await CaughtUp();
    }

    [Fact]
    public async Task What_a_killed_rebuild_has_left_is_swept_at_the_next_start_and_what_a_living_one_works_on_is_not()
    {
        await Start();
        await Write(Guid.NewGuid(), 0, Samples.Opened(), Samples.Renamed(), Samples.Poisoned());
        await CaughtUp();
        await Node.Stop();
        using (var dead = await OtherProcess.Rebuilding(Options.ConnectionString))
        {
            dead.Kill();
            await dead.WaitForExitAsync();
        }
        Assert.Equal(1L, await Shadows());
        using var living = await OtherProcess.Rebuilding(Options.ConnectionString);
        try
        {
            // The other process has swept when it started, and has a shadow of its own now.
            await Until(async () => await Shadows() is 1L, "the shadow of a dead process is still there");
            await using (await ClaimsStorage.Open(Options, Samples.Types, ReadModels)) Assert.Equal(1L, await Shadows());
        }
        finally
        {
            living.Kill();
            await living.WaitForExitAsync();
        }
        await Until(async () =>
        {
            await using (await ClaimsStorage.Open(Options, Samples.Types, ReadModels)) return await Shadows() is 0L;
        }, "the shadow is still there");
        Assert.Equal(2, await Count("read.samples"));

        async Task<object?> Shadows() =>
            await Owner("SELECT count(*) FROM pg_tables WHERE schemaname = 'read' AND tablename LIKE 'samples\\_\\_%'");
    }

    private async Task<long> Position() =>
        (long)(await Owner("SELECT coalesce(max(last_seq_id), 0) FROM claims.mt_event_progression WHERE name = 'read-models:All'"))!;
}

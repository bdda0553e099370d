using ClaimsEngine.Storage.Bulk;
using static ClaimsEngine.Storage.Tests.ImportSamples;

namespace ClaimsEngine.Storage.Tests;

/// <summary>An import beside live writers, lagging read models and other imports, and one that is broken off and goes on.</summary>
public sealed class ImportBesideOthersTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_limit_holds_against_live_appends_beside_the_import()
    {
        const int Limit = 700;
        var places = new PlaceChange("quota", 1, Limit);
        var importing = Node.Importer.Run("file", Async(Rows(1, 600).ConvertAll(row => row with { Places = [places] })), Small);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Try(Samples.New().With(places, Samples.Refused))));
        var state = await importing;
        Assert.Equal((long)Limit, await Owner("SELECT taken FROM claims.places"));
        Assert.Equal(Limit, outcomes.Count(outcome => outcome is Stored) + state.Rows - state.Rejected);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    public async Task An_import_decides_what_appends_in_its_order_would_decide(int seed, int connections)
    {
        var random = new Random(seed);
        var streams = Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToArray();
        PendingWrite[] before = [.. Enumerable.Range(0, 40).Select(_ => Arbitrary(random, streams))];
        PendingWrite[] writes = [.. Enumerable.Range(0, 400).Select(_ => Arbitrary(random, streams))];
        ImportRow[] rows = [.. writes.Select((write, i) => ImportRow.Of(i + 1, write))];

        foreach (var write in before) await Try(write);
        var first = await Everything(Owner);
        var lost = new List<long>();
        foreach (var row in rows)
            if (await Try(writes[row.Number - 1]) is not Stored) lost.Add(row.Number);
        var appended = await Everything(Owner);

        await Owner("TRUNCATE claims.mt_events, claims.mt_streams, claims.unique_keys, claims.places");
        foreach (var write in before) await Try(write);
        Assert.Equal(first, await Everything(Owner));
        var state = await Node.Importer.Run("file", Async(rows), new ImportOptions { BatchEvents = 1 + random.Next(60),
            Connections = connections });
        Assert.Equal(appended, await Everything(Owner));
        Assert.Equal(lost, (await Rejected(Node, "file")).Select(row => row.Row));
        Assert.InRange(lost.Count, 50, 350);
        Assert.Equal(lost.Count, state.Rejected);
    }

    [Fact]
    public async Task Imported_events_and_live_ones_are_seen_once_and_in_order_and_the_read_models_equal_a_replay()
    {
        await Start();
        using var reading = new CancellationTokenSource();
        var seen = new List<RecordedEvent>();
        var reader = Task.Run(async () =>
        {
            for (var ending = false; !ending;)
            {
                ending = reading.IsCancellationRequested;
                while (await Events.ReadFeed(seen.Count == 0 ? 0 : seen[^1].Position, 200) is { Count: > 0 } page) seen.AddRange(page);
                if (!ending) await Task.Delay(1);
            }
        });

        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var stream = Guid.NewGuid();
                await Write(stream, 0, Samples.Opened(), Samples.Renamed());
                await Write(stream, 2, Samples.Renamed());
                Interlocked.Add(ref written, 3);
            }
        })).ToArray();
        var rows = Rows(1, 3_000);
        // The second half goes on with the streams of the first.
        rows.AddRange(rows.ConvertAll(row =>
            new ImportRow(row.Number + 3_000,
                [row.Streams[0] with { ExpectedVersion = 2,
                Events = [new NewEvent(Guid.NewGuid(), Samples.Renamed("again"), Samples.By())] }], [], [])));
        var state = await Node.Importer.Run("file", Async(rows), new ImportOptions { BatchEvents = 300, Connections = 3 });
        Assert.Equal(new ImportState("file", 6_000, 6_000, 0, 3_000, 9_000, state.Position), state);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        var last = (long)(await Owner("SELECT max(seq_id) FROM claims.mt_events"))!;
        await Until(async () => await Events.HighWaterMark() >= last, "the mark stays behind");
        await reading.CancelAsync();
        await reader;

        Assert.Equal(9_000 + written, seen.Count);
        Assert.Equal(seen.Count, seen.Select(e => e.Id).Distinct().Count());
        Assert.All(seen.GroupBy(e => e.Stream), events => Assert.Equal(Enumerable.Range(1, events.Count()).Select(v => (long)v),
            events.Select(e => e.Version)));
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));
        Assert.True(state.Position <= seen[^1].Position);
        await CaughtUp();
        await EqualsAReplay();
        Assert.Empty(await Node.Upkeep.DeadLetters());
        Assert.Equal((long)seen.Count, await Owner("SELECT count(*) FROM read.samples"));
    }

    [Fact]
    public async Task An_import_waits_for_read_models_that_lag_too_far()
    {
        var how = new ImportOptions { BatchEvents = 100, MaxLag = 500 };
        await Node.Importer.Run("first", Async(Rows(1, 1_000)), how with { MaxLag = null });
        var batches = 0;
        var importing = Node.Importer.Run("second", Async(Rows(1_001, 2_000)), how,
            new ImportWatch(_ => Interlocked.Increment(ref batches)));
        // Nobody writes the read models yet, and they lack two thousand events: no more than has been begun is stored.
        await Task.WhenAny(importing, Task.Delay(1_500, TestContext.Current.CancellationToken));
        Assert.False(importing.IsCompleted);
        Assert.InRange(batches, 0, 8);
        await Start();
        Assert.Equal(1_000, (await importing).Rows);
        await CaughtUp();
        Assert.Equal(4_000L, await Owner("SELECT count(*) FROM read.samples"));
        await EqualsAReplay();
    }

    [Fact]
    public async Task Progress_is_told_after_every_commit_and_a_cancelled_import_goes_on_later()
    {
        using var cancel = new CancellationTokenSource();
        var told = new List<ImportState>();
        var watch = new ImportWatch(state =>
        {
            told.Add(state);
            if (state.Rows >= 200) cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Node.Importer.Run("file", Async(Rows(1, 1_000)), Small, watch,
            cancel.Token));
        Assert.Equal(told[^1], await Node.Importer.StateOf("file"));
        Assert.Equal(told[^1].Events, await Owner("SELECT count(*) FROM claims.mt_events"));
        Assert.InRange(told[^1].Rows, 200, 999);
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First.LastRow < pair.Second.LastRow));

        var state = await Node.Importer.Run("file", Async(Rows(1, 1_000)), Small);
        Assert.Equal(new ImportState("file", 1_000, 1_000, 0, 1_000, 2_000, state.Position), state);
        Assert.Equal(1_000L, await Owner("SELECT count(*) FROM claims.unique_keys"));
    }

    [Fact]
    public async Task An_import_that_fails_says_why_even_while_later_batches_wait_for_the_failed_one()
    {
        var watch = new ImportWatch(_ => throw new TimeoutException("the watcher gave up"));
        var why = await Record.ExceptionAsync(() => Node.Importer.Run("file", Async(Rows(1, 1_000)), Small, watch));
        Assert.Equal("the watcher gave up", why?.Message);
    }

    [Fact]
    public async Task Two_processes_can_not_import_one_source_at_the_same_time()
    {
        Node[] nodes = [Node, await Open()];
        var failures = await Task.WhenAll(nodes.Select(node => Record.ExceptionAsync(() => node.Importer.Run("file", Async(Rows(1, 2_000)),
            Small)).AsTask()));
        Assert.Single(failures, failure => failure is InvalidOperationException);
        var state = await Node.Importer.Run("file", Async(Rows(1, 2_000)), Small);
        Assert.Equal(new ImportState("file", 2_000, 2_000, 0, 2_000, 4_000, state.Position), state);
        Assert.Equal(4_000L, await Owner("SELECT count(*) FROM claims.mt_events"));
        Assert.Equal(2_000L, await Owner("SELECT count(*) FROM claims.unique_keys"));
    }

    /// <summary>Something that may well collide with others of its kind.</summary>
    private static PendingWrite Arbitrary(Random random, Guid[] streams)
    {
        var chosen = streams[random.Next(streams.Length)];
        var (expected, fresh) = (random.Next(3), Guid.NewGuid());
        var holder = random.Next(3) == 0 ? chosen : fresh;
        var old = Samples.On(chosen, expected, expected == 0 ? [Samples.Opened()] : random.Next(2) == 0 ? [] : [Samples.Renamed()]);
        var decision = Samples.On(fresh, 0, random.Next(2) == 0 ? [Samples.Opened()] : [Samples.Opened(), Samples.Renamed()]);
        if (random.Next(3) == 0) decision = old.And(decision);
        for (var i = random.Next(3); i > 0; i--)
            decision = random.Next(4) > 0 ? decision.Taking(Key(random.Next(200)), holder) : decision.Releasing(Key(random.Next(200)),
                holder);
        if (random.Next(3) == 0) decision = decision.With(new PlaceChange($"pool {random.Next(3)}", random.Next(-1, 3), 20),
            Samples.Refused);
        return Samples.Write(decision);
    }
}

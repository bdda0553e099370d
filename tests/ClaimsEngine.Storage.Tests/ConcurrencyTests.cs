using Npgsql;

namespace ClaimsEngine.Storage.Tests;

public sealed class ConcurrencyTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private Node second = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        second = await Open();
    }

    /// <summary>Through one process or the other, alone or in bulk.</summary>
    private Task<WriteOutcome> WriteAnyhow(int i, PendingWrite write) => i % 4 == 3 ? second.WriteInBulk(write)
        : (i % 2 == 0 ? Node : second).Write(write);

    [Fact]
    public async Task Of_many_takers_of_one_key_exactly_one_wins()
    {
        for (var round = 0; round < 6; round++)
        {
            var key = new UniqueKey("live-payout", $"{round}");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
            {
                var stream = Guid.NewGuid();
                return (stream, outcome: await WriteAnyhow(i, Samples.Write(Samples.New(stream).Taking(key, stream))));
            }));
            var winner = Assert.Single(outcomes, pair => pair.outcome is Stored);
            Assert.Equal(29, outcomes.Count(pair => pair.outcome is KeyTaken));
            Assert.Equal(winner.stream, await Keys.OwnerOf(key));
        }
        Assert.Equal(6, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task A_pool_of_places_is_never_exceeded_and_fills_up()
    {
        const int limit = 240;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            WriteAnyhow(i, Samples.Write(Samples.New().With(new PlaceChange("quota", 1, limit), Samples.Refused)))));
        Assert.Equal(limit, outcomes.Count(outcome => outcome is Stored));
        Assert.Equal(60, outcomes.Count(outcome => outcome is PlacesExhausted));
        Assert.Equal((long)limit, await Owner("SELECT taken FROM claims.places"));
        Assert.Equal(limit, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task One_request_sent_many_times_at_once_is_answered_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
        {
            var write = Samples.Write(Samples.New());
            write.Reply = new StoredReply("li", "k", "hash", 201, Guid.CreateVersion7(), 1);
            return (i % 2 == 0 ? Node : second).Write(write);
        }));
        Assert.Single(outcomes, outcome => outcome is Stored);
        Assert.Equal(29, outcomes.Count(outcome => outcome is AnsweredBefore));
        Assert.Equal(1, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task Of_many_that_begin_or_continue_one_stream_at_the_same_version_one_is_stored()
    {
        var stream = Guid.NewGuid();
        for (var version = 0L; version < 8; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0,
                12).Select(i => WriteAnyhow(i, Samples.Append(stream, version, version == 0 ? Samples.Opened() : Samples.Renamed()))));
            Assert.Single(outcomes, outcome => outcome is Stored);
            Assert.Equal(11, outcomes.Count(outcome => outcome is Conflict));
        }
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L], (await Events.ReadStream(stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task What_a_decision_rests_on_stands_still_until_it_is_stored()
    {
        // One stream says whether notes may be written; each writer reads it, and rests on what it has read.
        var gate = Guid.NewGuid();
        await Write(gate, 0, Samples.Opened());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            if (i == 30)
            {
                Assert.IsType<Stored>(await Node.Write(Samples.Append(gate, 1, new SampleClosed())));
                return (i, (WriteOutcome)new Conflict());
            }
            return (i, await WriteAnyhow(i, Samples.Write(Samples.New().And(Samples.On(gate, 1)))));
        })));
        Assert.All(outcomes, one => Assert.True(one.Item2 is Stored or Conflict));
        Assert.IsType<Conflict>(await Try(Samples.New().And(Samples.On(gate, 1))));
        Assert.Equal(outcomes.Count(one => one.Item2 is Stored) + 2, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task Streams_named_in_opposite_order_do_not_wait_for_each_other_for_ever()
    {
        Guid[] streams = [Guid.NewGuid(), Guid.NewGuid()];
        foreach (var stream in streams) await Write(stream, 0, Samples.Opened());
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async w =>
        {
            var node = w == 0 ? Node : second;
            for (var done = 0; done < 20;)
            {
                Guid[] order = w == 0 ? streams : [streams[1], streams[0]];
                var decision = Decision.Nothing;
                foreach (var stream in order) decision = decision.And(Samples.On(stream, (await node.Events.ReadStream(stream)).Count,
                    Samples.Renamed()));
                if (await node.Write(Samples.Write(decision)) is Stored) done++;
            }
        }));
        Assert.Equal(82, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task Every_reader_of_the_feed_and_every_read_model_sees_every_event_once_and_in_order()
    {
        await Start();
        await second.Start();
        using var reading = new CancellationTokenSource();
        var seen = new List<RecordedEvent>();
        var reader = Task.Run(async () =>
        {
            for (var ending = false; !ending;)
            {
                ending = reading.IsCancellationRequested;
                while (await Events.ReadFeed(seen.Count == 0 ? 0 : seen[^1].Position, 50) is { Count: > 0 } page) seen.AddRange(page);
                if (!ending) await Task.Delay(1);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 9).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            var mine = new List<(Guid Stream, long Version)>();
            for (var writes = 0; writes < 40; writes++)
            {
                if (w % 3 == 0)
                {
                    await PlainTransaction(random);
                    continue;
                }
                var decision = Decision.Nothing;
                foreach (var _ in Enumerable.Range(0, random.Next(1, 4)))
                {
                    var (stream, version) = mine.Count > 0 && random.Next(3) == 0 ? mine[random.Next(mine.Count)] : (Guid.NewGuid(), 0L);
                    if (decision.Changes.Any(change => change.Stream == stream)) continue;
                    decision = decision.And(Samples.On(stream, version, version == 0 ? Samples.Opened() : Samples.Renamed(),
                        Samples.Renamed()));
                }
                // Some think better of it when their numbers are drawn already.
                var write = Samples.Write(decision);
                if (random.Next(4) == 0) write.Reply = new StoredReply("li", "the same for all", "hash", 200, Guid.Empty, 0);
                var outcome = await (random.Next(5) == 0 ? second.WriteInBulk(write) : (w % 3 == 1 ? Node : second).Write(write));
                if (outcome is Stored)
                    foreach (var change in write.Streams)
                    {
                        mine.RemoveAll(one => one.Stream == change.Stream);
                        mine.Add((change.Stream, change.ExpectedVersion + 2));
                    }
                else Assert.IsType<AnsweredBefore>(outcome);
                await Task.Delay(random.Next(8));
            }
        })));
        var last = (long)(await Owner("SELECT max(seq_id) FROM claims.mt_events"))!;
        await Until(async () => await Events.HighWaterMark() >= last, "the mark stays behind");
        await reading.CancelAsync();
        await reader;

        var stored = await StoredIds();
        Assert.Equal(stored.Count, seen.Count);
        Assert.True(stored.SetEquals(seen.Select(e => e.Id)));
        Assert.All(seen.GroupBy(e => e.Stream), events => Assert.Equal(Enumerable.Range(1, events.Count()).Select(v => (long)v),
            events.Select(e => e.Version)));
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));
        Assert.DoesNotContain(seen, e => e.StreamType != "sample");

        await CaughtUp();
        await EqualsAReplay();
        Assert.Empty(await Node.Upkeep.DeadLetters());
        Assert.Equal(stored.Count, await Count("read.samples"));
    }

    /// <summary>A writer like Marten's Rich mode: it takes sequence values early, pauses, and sometimes thinks better of it.</summary>
    private async Task PlainTransaction(Random random)
    {
        var stream = Guid.NewGuid();
        await using var connection = await Node.Storage.Sessions.Application.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run($"INSERT INTO mt_streams (id, type, version) VALUES ('{stream}', 'sample', 2)");
        for (var version = 1; version <= 2; version++)
        {
            var (type, data) = version == 1
                ? ("sample_opened",
                    """{"name":"plain","amount":"1.00","day":"2025-10-20","reference":"11111111-2222-3333-4444-555555555555"}""")
                : ("sample_renamed", """{"name":"again"}""");
            await Run($"""
                INSERT INTO mt_events (seq_id, id, stream_id, version, data, type, timestamp)
                VALUES (nextval('mt_events_sequence'), '{Guid.NewGuid()}', '{stream}', {version}, '{data}', '{type}', clock_timestamp())
                """);
            await Task.Delay(random.Next(25));
        }
        if (random.Next(3) == 0) await transaction.RollbackAsync();
        else await transaction.CommitAsync();

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}

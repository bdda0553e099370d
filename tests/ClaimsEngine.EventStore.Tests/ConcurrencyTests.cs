using ClaimsEngine.Ports;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class ConcurrencyTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task Of_many_takers_of_one_key_exactly_one_wins()
    {
        await using var second = await Open();
        IEventStore[] stores = [Database.Events, second.Events];
        for (var round = 0; round < 10; round++)
        {
            var key = new UniqueKey("live-payout", $"{round}");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
            {
                var stream = Guid.NewGuid();
                return (stream, outcome: await stores[i % 2].Append(Samples.Append(stream, 0, Samples.Opened()) with { Keys = [new KeyChange(key, stream, true)] }));
            }));
            var winner = Assert.Single(outcomes, pair => pair.outcome is Appended);
            Assert.Equal(39, outcomes.Count(pair => pair.outcome is KeyTaken));
            Assert.Equal(winner.stream, await Events.OwnerOf(key));
        }
        Assert.Equal(10L, await Owner("SELECT count(*) FROM claims.mt_events"));
    }

    [Fact]
    public async Task A_pool_of_places_is_never_exceeded_and_fills_up()
    {
        await using var second = await Open();
        IEventStore[] stores = [Database.Events, second.Events];
        const int limit = 400;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(i =>
            stores[i % 2].Append(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()) with { Places = [new PlaceChange("quota", 1, limit)] })));
        Assert.Equal(limit, outcomes.Count(outcome => outcome is Appended));
        Assert.Equal(100, outcomes.Count(outcome => outcome is PlacesExhausted));
        Assert.Equal((long)limit, await Owner("SELECT taken FROM claims.places"));
        Assert.Equal((long)limit, await Owner("SELECT count(*) FROM claims.mt_events"));
    }

    [Fact]
    public async Task One_request_sent_many_times_at_once_is_answered_once()
    {
        var reply = new StoredReply("li", "k", "hash", 201, Guid.CreateVersion7(), 1);
        await using var second = await Open();
        IEventStore[] stores = [Database.Events, second.Events];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => stores[i % 2].Append(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()) with { Reply = reply })));
        Assert.Single(outcomes, outcome => outcome is Appended);
        Assert.Equal(29, outcomes.Count(outcome => outcome is AlreadyAnswered));
        Assert.Equal(1L, await Owner("SELECT count(*) FROM claims.mt_events"));
    }

    [Fact]
    public async Task Streams_named_in_opposite_order_do_not_embrace()
    {
        await using var second = await Open();
        IEventStore[] stores = [Database.Events, second.Events];
        Guid[] streams = [Guid.NewGuid(), Guid.NewGuid()];
        foreach (var stream in streams) await Write(Samples.Append(stream, 0, Samples.Opened()));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async w =>
        {
            for (var done = 0; done < 25;)
            {
                var order = w == 0 ? streams : [streams[1], streams[0]];
                var versions = new long[2];
                for (var i = 0; i < 2; i++) versions[i] = (await stores[w].ReadStream(order[i])).Count;
                if (await stores[w].Append(new Append([.. order.Select((s, i) => new StreamAppend(s, "sample", versions[i], [Samples.Renamed()], Samples.By()))], [], [], [])) is Appended) done++;
            }
        }));
        Assert.Equal(102L, await Owner("SELECT count(*) FROM claims.mt_events"));
    }

    [Fact]
    public async Task Every_subscriber_sees_every_event_once_and_in_order()
    {
        await using var second = await Open();
        Database.Projector.Start();
        using var reading = new CancellationTokenSource();
        var seen = new List<RecordedEvent>();
        var reader = Task.Run(async () =>
        {
            var at = FeedPosition.Start;
            while (true)
            {
                var ending = reading.IsCancellationRequested;
                var page = await Events.ReadFeed(at, 50);
                seen.AddRange(page);
                if (page.Count > 0) at = page[^1].Position;
                else if (ending) return;
                else await Task.Delay(1);
            }
        });

        var until = DateTime.UtcNow.AddSeconds(3);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            var mine = new List<(Guid Stream, long Version)>();
            while (DateTime.UtcNow < until)
            {
                if (w % 3 == 0) await PlainTransaction(random);
                else
                {
                    var streams = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Guid.NewGuid()).Select(id => (Stream: id, Version: 0L)).ToList();
                    if (mine.Count > 0) streams.Add(mine[random.Next(mine.Count)]);
                    var outcome = await (w % 3 == 1 ? Events : second.Events).Append(new Append(
                        [.. streams.Select(s => new StreamAppend(s.Stream, "sample", s.Version, [s.Version == 0 ? Samples.Opened() : Samples.Renamed(), Samples.Renamed()], Samples.By()))], [], [], []));
                    Assert.IsType<Appended>(outcome);
                    foreach (var stream in streams) mine.Remove(stream);
                    mine.AddRange(streams.Select(s => (s.Stream, s.Version + 2)));
                    await Task.Delay(random.Next(8));
                }
            }
        })));
        await Settle();
        await reading.CancelAsync();
        await reader;

        var stored = new HashSet<Guid>();
        await using (var command = Database.Application.CreateCommand("SELECT id FROM claims.mt_events"))
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) stored.Add(rows.GetGuid(0));
        Assert.Equal(stored.Count, seen.Count);
        Assert.True(stored.SetEquals(seen.Select(e => e.Id)));
        Assert.All(seen.GroupBy(e => e.Stream), events => Assert.Equal(Enumerable.Range(1, events.Count()).Select(v => (long)v), events.Select(e => e.Version)));
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));

        Assert.True(await Database.Projector.WaitFor("samples", seen[^1].Position, TimeSpan.FromSeconds(20)));
        Assert.True((await Database.Verify("samples")).Equal);
        Assert.Empty(await Database.Projector.DeadLetters());
    }

    /// <summary>A writer like Marten's Rich mode: takes sequence values early, pauses, and sometimes thinks better of it.</summary>
    private async Task PlainTransaction(Random random)
    {
        var stream = Guid.NewGuid();
        await using var connection = await Database.Application.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run($"INSERT INTO mt_streams (id, type, version) VALUES ('{stream}', 'sample', 2)");
        for (var version = 1; version <= 2; version++)
        {
            var (type, data) = version == 1
                ? ("sample_opened", """{"name":"plain","amount":"1.00","day":"2025-10-20","reference":"11111111-2222-3333-4444-555555555555"}""") : ("sample_renamed", """{"name":"again"}""");
            await Run($"INSERT INTO mt_events (seq_id, id, stream_id, version, data, type) VALUES (nextval('mt_events_sequence'), '{Guid.NewGuid()}', '{stream}', {version}, '{data}', '{type}')");
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

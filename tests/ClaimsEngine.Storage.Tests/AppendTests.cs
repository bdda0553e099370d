using Npgsql;

namespace ClaimsEngine.Storage.Tests;

public sealed class AppendTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();

    [Fact]
    public async Task Events_come_back_as_they_were_written()
    {
        var write = Samples.Write(Samples.On(stream, 0, Samples.Opened("一号"), Samples.Renamed()), Samples.By("li", "6206"));
        var before = SystemClock.Instance.GetCurrentInstant();
        var written = await Write(write);

        var events = await Events.ReadStream(stream);
        Assert.Equal([1L, 2L], events.Select(e => e.Version));
        Assert.Equal(write.Streams.Single().Events.Select(e => e.Id), events.Select(e => e.Id));
        Assert.Equal([Samples.Opened("一号"), Samples.Renamed()], events.Select(e => e.Data));
        Assert.All(events, e =>
        {
            Assert.Equal("sample", e.StreamType);
            Assert.Equal(("li", "test", "trace"), (e.Metadata.User, e.Metadata.Causation, e.Metadata.Correlation));
            Assert.Equal("clerk", e.Metadata.Headers["role"]);
            Assert.Equal("6206", e.Metadata.Headers[EventMetadata.RegionHeader]);
            Assert.InRange(e.RecordedAt, before - Duration.FromMilliseconds(1), SystemClock.Instance.GetCurrentInstant());
        });
        Assert.Equal("sample_renamed", events[1].Type);
        Assert.Equal(written.Position, events[1].Position);
        Assert.Equal("sample", await Owner("SELECT type FROM claims.mt_streams"));
        Assert.Equal($"{typeof(SampleRenamed).FullName}, ClaimsEngine.Storage.Tests",
            await Owner("SELECT mt_dotnet_type FROM claims.mt_events ORDER BY seq_id DESC LIMIT 1"));
    }

    [Fact]
    public async Task A_stream_is_read_up_to_a_version_or_an_instant()
    {
        await Write(stream, 0, Samples.Opened());
        var first = (await Events.ReadStream(stream))[0].RecordedAt;
        await Task.Delay(2);
        await Write(stream, 1, Samples.Renamed());

        Assert.Single(await Events.ReadStream(stream, toVersion: 1));
        Assert.Empty(await Events.ReadStream(stream, toVersion: 0));
        Assert.Single(await Events.ReadStream(stream, asOf: first));
        Assert.Empty(await Events.ReadStream(stream, asOf: first - Duration.FromMilliseconds(1)));
        Assert.Empty(await Events.ReadStream(Guid.NewGuid()));
    }

    [Fact]
    public async Task Several_streams_are_read_in_one_question_each_in_order()
    {
        var (other, none) = (Guid.NewGuid(), Guid.NewGuid());
        await Write(stream, 0, Samples.Opened("一号"));
        await Write(other, 0, Samples.Opened("二号"), Samples.Renamed());
        await Write(stream, 1, Samples.Renamed());
        var streams = await Events.ReadStreams([other, stream, none, other]);
        Assert.Equal([other, stream], streams.Keys.OrderBy(id => id != other));
        foreach (var id in (Guid[])[stream, other])
            Assert.Equal((await Events.ReadStream(id)).Select(e => (e.Id, e.Version, e.Data, e.Position)),
                streams[id].Select(e => (e.Id, e.Version, e.Data, e.Position)));
        Assert.Empty(await Events.ReadStreams([]));
    }

    [Fact]
    public async Task Thousands_of_streams_are_read_in_one_question()
    {
        var streams = Enumerable.Range(0, 3_000).Select(_ => Guid.NewGuid()).ToArray();
        var write = new PendingWrite();
        foreach (var one in streams) write.Add(Samples.On(one, 0, Samples.Opened(), Samples.Renamed()), _ => Samples.By());
        Assert.IsType<Stored>(await Node.WriteInBulk(write));
        var read = await Events.ReadStreams([.. streams, Guid.NewGuid()]);
        Assert.Equal(streams.ToHashSet(), read.Keys.ToHashSet());
        Assert.All(read.Values, events => Assert.Equal([1L, 2L], events.Select(e => e.Version)));
    }

    [Fact]
    public async Task The_owners_of_many_keys_and_the_places_of_many_pools_are_asked_for_at_once()
    {
        UniqueKey first = new("sample", "一"), second = new("sample", "二"), free = new("other", "一");
        await Write(Samples.New(stream).Taking(first, stream).Taking(second, stream)
            .With(new PlaceChange("full", 3, 3), Samples.Refused).With(new PlaceChange("asked", 0, 3), Samples.Refused));
        Assert.Equal(new Dictionary<UniqueKey, Guid> { [first] = stream, [second] = stream },
            await Keys.OwnersOf([free, first, second, first]));
        Assert.Equal(new Dictionary<string, long> { ["full"] = 3, ["asked"] = 0 }, await Keys.PlacesTaken(["full", "asked", "unknown"]));
        Assert.Empty(await Keys.OwnersOf([]));
        Assert.Empty(await Keys.PlacesTaken([]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_of_thousands_of_streams_and_keys_is_stored_or_names_the_key_that_is_taken(bool inBulk)
    {
        await Write(Samples.New(stream).Taking(new UniqueKey("many", "k-01250"), stream));
        Task<WriteOutcome> Many(string prefix)
        {
            var write = new PendingWrite();
            for (var i = 0; i < 2_500; i++)
            {
                var one = Guid.NewGuid();
                write.Add(Samples.New(one).Taking(new UniqueKey("many", $"{prefix}-{i:00000}"), one), _ => Samples.By());
            }
            return inBulk ? Node.WriteInBulk(write) : Node.Write(write);
        }
        Assert.Equal(new KeyTaken(new UniqueKey("many", "k-01250")), await Many("k"));
        Assert.Empty(await Keys.OwnersOf([new UniqueKey("many", "k-00000")]));
        Assert.Equal(1, await Count("claims.mt_events"));
        Assert.IsType<Stored>(await Many("free"));
        Assert.Equal(2_500, (await Keys.OwnersOf([.. Enumerable.Range(0, 2_500).Select(i => new UniqueKey("many",
            $"free-{i:00000}"))])).Count);
        Assert.Equal(2_501, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task A_wrong_version_is_a_conflict_and_writes_nothing()
    {
        await Write(stream, 0, Samples.Opened());
        Assert.Equal(new Conflict(), await Try(Samples.On(stream, 0, Samples.Opened())));
        Assert.Equal(new Conflict(), await Try(Samples.On(stream, 2, Samples.Renamed())));
        Assert.Equal(new Conflict(), await Try(Samples.On(Guid.NewGuid(), 1, Samples.Renamed())));
        Assert.Single(await Events.ReadStream(stream));
        Assert.Equal(1, await Count("claims.mt_streams"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Of_several_streams_one_at_a_wrong_version_keeps_all_from_being_written(long wrong)
    {
        var (going, key) = (Guid.NewGuid(), new UniqueKey("k", "1"));
        await Write(stream, 0, Samples.Opened());
        await Write(going, 0, Samples.Opened());
        // The stale stream comes first among the ids, last, or in between.
        for (var i = 0; i < 6; i++)
        {
            var begun = Guid.NewGuid();
            Assert.Equal(new Conflict(), await Try(Samples.New(begun).And(Samples.On(stream, wrong,
                Samples.Renamed())).And(Samples.On(going, 1, Samples.Renamed()))
                .Taking(key, begun).With(new PlaceChange("pool", 1, 9), Samples.Refused)));
            Assert.Empty(await Events.ReadStream(begun));
        }
        Assert.Single(await Events.ReadStream(going));
        Assert.Equal(2, await Count("claims.mt_events"));
        Assert.Equal(2, await Count("claims.mt_streams"));
        Assert.Null(await Keys.OwnerOf(key));
        Assert.Empty(await Keys.PlacesTaken(["pool"]));
    }

    [Fact]
    public async Task A_stream_that_is_decided_on_twice_gets_the_events_of_both_decisions()
    {
        await Write(Samples.On(stream, 0, Samples.Opened()).And(Samples.On(stream, 0, Samples.Renamed("b"))));
        Assert.Equal([Samples.Opened(), Samples.Renamed("b")], (await Events.ReadStream(stream)).Select(e => e.Data));
    }

    [Fact]
    public async Task A_loser_costs_no_sequence_value()
    {
        var key = new UniqueKey("k", "1");
        await Write(Samples.New(stream).Taking(key, stream));
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<Conflict>(await Try(Samples.New(stream)));
            Assert.IsType<KeyTaken>(await Try(Samples.New().Taking(key, Guid.NewGuid())));
            Assert.IsType<PlacesExhausted>(await Try(Samples.New().With(new PlaceChange("pool", 2, 1), Samples.Refused)));
            Assert.IsType<Conflict>(await Try(Samples.New().And(Samples.On(stream, 3))));
        }
        await Write(stream, 1, Samples.Renamed());
        Assert.Equal(2L, await Owner("SELECT max(seq_id) FROM claims.mt_events"));
    }

    [Fact]
    public async Task A_decision_can_rest_on_a_stream_without_writing_it()
    {
        var rested = Guid.NewGuid();
        await Write(rested, 0, Samples.Opened());
        Assert.IsType<Conflict>(await Try(Samples.New(stream).And(Samples.On(rested, 2))));
        Assert.IsType<Conflict>(await Try(Samples.New(stream).And(Samples.On(Guid.NewGuid(), 1))));
        Assert.Empty(await Events.ReadStream(stream));
        await Write(Samples.New(stream).And(Samples.On(rested, 1)));
        Assert.Single(await Events.ReadStream(rested));
    }

    [Fact]
    public async Task Read_at_any_instant_a_stream_has_no_hole_although_clocks_of_processes_differ()
    {
        await Write(stream, 0, Samples.Opened());
        await Owner("UPDATE claims.mt_streams SET timestamp = now() + interval '1 hour'");
        Assert.IsType<Stored>(await Node.WriteInBulk(Samples.Append(stream, 1, Samples.Renamed("by a clock that is ahead"))));
        await Write(stream, 2, Samples.Renamed("by one that is right"));

        var now = SystemClock.Instance.GetCurrentInstant();
        Assert.Equal([1L], (await Events.ReadStream(stream, asOf: now)).Select(e => e.Version));
        Assert.Equal([1L, 2L, 3L], (await Events.ReadStream(stream, asOf: now + Duration.FromHours(2))).Select(e => e.Version));
        await Start();
        await CaughtUp();
        Assert.Equal(3L, await Owner("SELECT count(*) FROM read.samples WHERE recorded_from <= recorded_to"));
        await EqualsAReplay();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_archived_stream_refuses(bool inBulk)
    {
        await Write(stream, 0, Samples.Opened());
        await Owner("UPDATE claims.mt_streams SET is_archived = true");
        var write = Samples.Append(stream, 1, Samples.Renamed());
        await Assert.ThrowsAnyAsync<Exception>(() => inBulk ? Node.WriteInBulk(write) : Node.Write(write));
        Assert.IsType<Conflict>(await Try(Samples.New().And(Samples.On(stream, 1))));
        Assert.Equal(1, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task A_key_has_one_holder_and_can_be_handed_on()
    {
        var key = new UniqueKey("live-payout", "42");
        var other = Guid.NewGuid();
        await Write(Samples.New(stream).Taking(key, stream));
        Assert.Equal(stream, await Keys.OwnerOf(key));
        Assert.Equal(new KeyTaken(key), await Try(Samples.New(other).Taking(key, other)));
        Assert.Empty(await Events.ReadStream(other));

        // Giving up what one does not hold changes nothing.
        Assert.Equal(new KeyTaken(key), await Try(Samples.New(other).Releasing(key, other).Taking(key, other)));
        await Write(Samples.New(other).Releasing(key, stream).Taking(key, other));
        Assert.Equal(other, await Keys.OwnerOf(key));
        Assert.Null(await Keys.OwnerOf(new UniqueKey("live-payout", "43")));
        await Write(Samples.On(other, 1, Samples.Renamed()).Releasing(key, other));
        Assert.Null(await Keys.OwnerOf(key));
    }

    [Fact]
    public async Task Who_holds_a_key_may_take_it_again_together_with_others()
    {
        UniqueKey held = new("k", "1"), free = new("k", "2"), taken = new("k", "3");
        var other = Guid.NewGuid();
        await Write(Samples.New(stream).Taking(held, stream));
        await Write(Samples.New(other).Taking(taken, other));
        await Write(Samples.On(stream, 1, Samples.Renamed()).Taking(held, stream).Taking(free, stream));
        Assert.Equal((stream, stream), (await Keys.OwnerOf(held), await Keys.OwnerOf(free)));
        Assert.Equal(new KeyTaken(taken), await Try(Samples.On(stream, 2, Samples.Renamed()).Taking(held, stream).Taking(taken, stream)));
        Assert.Equal(2, (await Events.ReadStream(stream)).Count);
    }

    [Fact]
    public async Task A_pool_is_never_overdrawn_and_takes_places_back()
    {
        Task<WriteOutcome> Places(long count, long limit) => Try(Samples.New().With(new PlaceChange("p", count, limit), Samples.Refused));
        Assert.IsType<Stored>(await Places(3, 3));
        Assert.Equal(new PlacesExhausted("p"), await Places(1, 3));
        Assert.IsType<Stored>(await Places(0, 3));
        Assert.Equal(new PlacesExhausted("p"), await Places(0, 2));
        Assert.IsType<Stored>(await Places(-1, 1));
        Assert.IsType<Stored>(await Places(1, 3));
        Assert.Equal(new PlacesExhausted("p"), await Places(-4, 3));
        Assert.IsType<Stored>(await Try(Samples.New().GivingBack("p", 2)));
        Assert.Equal(1L, await Owner("SELECT taken FROM claims.places"));
    }

    [Fact]
    public async Task A_request_is_answered_once()
    {
        var reply = new StoredReply("li", "key-1", "hash", 201, stream, 2);
        var write = Samples.Append(stream, 0, Samples.Opened(), Samples.Renamed());
        write.Reply = reply;
        var written = await Write(write);
        Assert.Equal(reply with { Position = written.Position }, await Keys.FindReply("li", "key-1"));
        Assert.Null(await Keys.FindReply("wang", "key-1"));

        var again = Samples.Append(Guid.NewGuid(), 0, Samples.Opened());
        again.Reply = reply with { BodyHash = "other" };
        Assert.IsType<AnsweredBefore>(await Try(again));
        var another = Samples.Append(Guid.NewGuid(), 0, Samples.Opened());
        another.Reply = reply with { Caller = "wang" };
        await Write(another);
        Assert.Equal(3, await Count("claims.mt_events"));
        Assert.Equal(3L, await Owner("SELECT last_value FROM claims.mt_events_sequence"));   // the repeat left no gap that holds readers up
    }

    [Fact]
    public async Task A_reply_alone_can_be_stored()
    {
        var reply = new StoredReply("li", "key-2", "hash", 200, Guid.CreateVersion7(), 3);
        Assert.Equal(new Stored(0), await Try(new PendingWrite { Reply = reply }));
        Assert.Equal(reply, await Keys.FindReply("li", "key-2"));
        Assert.IsType<AnsweredBefore>(await Try(new PendingWrite { Reply = reply with { Version = 4 } }));
    }

    [Fact]
    public async Task One_that_fails_does_not_hurt_those_that_arrive_together_with_it()
    {
        // PostgreSQL refuses U+0000 in JSON, so this one fails with an error of its own kind.
        var good = Enumerable.Range(0, 200).Select(_ => Try(Samples.New())).ToList();
        var bad = Try(Samples.On(Guid.NewGuid(), 0, Samples.Opened("\0")));
        var losers = Enumerable.Range(0, 10).Select(_ => Try(Samples.On(Guid.NewGuid(), 3, Samples.Renamed()))).ToList();
        Assert.All(await Task.WhenAll(good), outcome => Assert.IsType<Stored>(outcome));
        Assert.All(await Task.WhenAll(losers), outcome => Assert.IsType<Conflict>(outcome));
        Assert.Equal("22P05", Storage.Postgres.ErrorIn(await Assert.ThrowsAnyAsync<Exception>(() => bad))?.SqlState);
        Assert.Equal(200, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task Commands_that_arrive_together_keep_their_own_positions()
    {
        var streams = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToArray();
        var outcomes = await Task.WhenAll(streams.Select((id, i) => Write(id, 0,
            [.. Enumerable.Range(0, 1 + i % 3).Select(_ => Samples.Opened())])));
        for (var i = 0; i < streams.Length; i++)
            Assert.Equal((await Events.ReadStream(streams[i]))[^1].Position, outcomes[i].Position);
    }

    [Theory]
    [InlineData("claims.unique_keys")]
    [InlineData("claims.mt_streams")]
    [InlineData("claims.mt_events")]
    public async Task When_the_disk_is_full_a_write_says_so_and_stores_nothing_and_succeeds_when_there_is_room(string table)
    {
        await Owner($"""
            CREATE SEQUENCE claims.tries;
            CREATE FUNCTION claims.full_disk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              PERFORM nextval('claims.tries');
              RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
            END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION claims.full_disk()
            """);
        var key = new UniqueKey("k", "1");
        PendingWrite Taking() => Samples.Write(Samples.New(stream).Taking(key, stream).With(new PlaceChange("p", 1, 1), Samples.Refused));
        Assert.True(Storage.Postgres.IsFull(await Assert.ThrowsAnyAsync<Exception>(() => Node.Write(Taking()))));
        // Trying again at once would only keep the caller waiting. What Marten itself tries in place of a failed event comes on top.
        Assert.InRange((long)(await Owner("SELECT last_value FROM claims.tries"))!, 1, 3);
        Assert.True(Storage.Postgres.IsFull(await Assert.ThrowsAnyAsync<Exception>(() => Node.WriteInBulk(Taking()))));
        foreach (var stored in (string[])["claims.mt_events", "claims.mt_streams", "claims.unique_keys", "claims.places"])
            Assert.Equal(0, await Count(stored));

        await Owner($"DROP TRIGGER full_disk ON {table}");
        Assert.IsType<Stored>(await Node.Write(Taking()));
        Assert.Equal(stream, await Keys.OwnerOf(key));
    }

    [Fact]
    public async Task The_data_is_stored_as_the_engine_writes_JSON_whichever_way_it_comes_in()
    {
        var bulk = Guid.NewGuid();
        await Write(stream, 0, Samples.Opened("一\"\\号"));
        Assert.IsType<Stored>(await Node.WriteInBulk(Samples.Append(bulk, 0, Samples.Opened("一\"\\号"))));
        await using var command = Node.Storage.Sessions.Application.CreateCommand(
            "SELECT data = $1::jsonb FROM claims.mt_events ORDER BY seq_id");
        command.Parameters.Add(new NpgsqlParameter { Value = System.Text.Json.JsonSerializer.Serialize(Samples.Opened("一\"\\号"),
            ClaimsJson.Options) });
        await using var reader = await command.ExecuteReaderAsync();
        for (var i = 0; i < 2; i++) Assert.True(await reader.ReadAsync() && reader.GetBoolean(0));
    }
}

using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Promise P5: no read model passes an event over, whatever becomes of the transactions around it.</summary>
public sealed class DaemonTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_transaction_that_holds_events_open_holds_the_feed_back_and_nothing_is_skipped_when_it_commits()
    {
        await Start();
        await Write(Samples.New());
        await CaughtUp();
        var before = await Events.HighWaterMark();

        await using var slow = await Node.Storage.Sessions.Application.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        Guid[] held = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
        foreach (var stream in held) await InsertOpened(slow, stream);
        var written = new List<Guid>();
        while (written.Count < 20 || (await Node.Upkeep.States()).Single().LagSeconds < 6)
        {
            var stream = Guid.NewGuid();
            await Write(Samples.New(stream));
            written.Add(stream);
            if (written.Count % 5 == 0) await Failing(Samples.New());
            Assert.Equal(before, await Events.HighWaterMark());
            await Task.Delay(20);
        }
        Assert.Single(await Events.ReadFeed(0, 10_000));
        Assert.Equal(1, await Count("read.samples"));
        await transaction.CommitAsync();

        await CaughtUp();
        Assert.Equal(held.Concat(written).ToHashSet(), (await WholeFeed()).Skip(1).Select(e => e.Stream).ToHashSet());
        Assert.Equal(1 + held.Length + written.Count, await Count("read.samples"));
        await EqualsAReplay();
    }

    [Fact]
    public async Task Numbers_that_were_drawn_and_rolled_back_hold_nothing_up_and_are_shown_to_nobody()
    {
        await Start();
        var written = 0;
        for (var i = 0; i < 40; i++)
        {
            await Write(Samples.New());
            written++;
            if (i % 3 == 0) await Failing(Samples.New());
            if (i % 3 == 1) await Failing(Samples.On(Guid.NewGuid(), 0, Samples.Opened(), Samples.Renamed(), Samples.Renamed()));
            if (i % 5 == 0)
            {
                // A stranger that rolls back leaves a real gap.
                await using var connection = await Node.Storage.Sessions.Application.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await InsertOpened(connection, Guid.NewGuid());
                await transaction.RollbackAsync();
            }
        }
        var last = await Write(Samples.New());
        await CaughtUp();
        var feed = await WholeFeed();
        Assert.Equal((await StoredIds()).Count, feed.Count);
        Assert.True(feed.Count == written + 1 && last.Position > feed.Count + 20, $"{feed.Count} events up to {last.Position}");
        Assert.All(feed, e => Assert.Equal(("sample", "sample_opened"), (e.StreamType, e.Type)));
        Assert.Equal(feed.Count, await Count("read.samples"));
        await EqualsAReplay();
        Assert.Equal(0, (await Node.Upkeep.States()).Single().LagEvents);
    }

    [Fact]
    public async Task A_last_number_that_was_rolled_back_does_not_make_the_read_models_look_late_for_ever()
    {
        await Write(Samples.New());
        await Failing(Samples.New());
        // What Marten stores for such a number comes a moment later.
        await Until(async () => await Owner("SELECT count(*) FROM claims.mt_events WHERE type = 'tombstone'") is 1L, "no tombstone");
        var state = (await Node.Upkeep.States()).Single();
        Assert.InRange(state.LagSeconds, 0, 3600);
        await Start();
        await CaughtUp();
        state = (await Node.Upkeep.States()).Single();
        Assert.Equal((0L, 0d), (state.LagEvents, state.LagSeconds));
    }

    [Theory]
    [InlineData("never_heard_of", """{"name":"x"}""")]
    [InlineData("sample_renamed", """{"nobody":"knows this"}""")]
    [InlineData("sample_opened", """{"name":"x","amount":"1.00","day":"yesterday","reference":"11111111-2222-3333-4444-555555555555"}""")]
    public async Task At_an_event_that_can_not_be_read_the_daemon_stops_and_says_so_and_goes_on_when_it_is_healed(string type, string data)
    {
        await Start();
        var (strange, later) = (Guid.NewGuid(), Guid.NewGuid());
        await Write(strange, 0, Samples.Opened());
        await CaughtUp();
        var before = await Position();
        await Application($"""
            WITH head AS (UPDATE claims.mt_streams SET version = 2 WHERE id = '{strange}')
            INSERT INTO claims.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp)
            VALUES (nextval('claims.mt_events_sequence'), '{Guid.NewGuid()}', '{strange}', 2, '{data}', '{type}',
                    'Somebody.Elses, Nowhere', clock_timestamp())
            """);
        for (var i = 0; i < 10; i++) await Write(Samples.New(i == 0 ? later : null));

        await Until(() => Task.FromResult(Node.Log.HasErrors), "nothing is logged");
        await Node.Upkeep.WaitFor(before + 11, TimeSpan.FromSeconds(2));
        Assert.Equal(before, await Position());
        Assert.Equal(1, await Count("read.samples"));
        Assert.Equal(11, (await Node.Upkeep.States()).Single().LagEvents);

        await Owner($$"""
            UPDATE claims.mt_events SET type = 'sample_renamed', data = '{"name":"healed"}' WHERE stream_id = '{{strange}}' AND version = 2
            """);
        await CaughtUp();
        Assert.Equal("healed", await Owner($"SELECT name FROM read.samples WHERE id = '{strange}' AND recorded_to = 'infinity'"));
        Assert.Equal(12, await Count("read.samples"));
        Assert.Empty(await Node.Upkeep.DeadLetters());
        await EqualsAReplay();
    }

    [Fact]
    public async Task A_table_that_refuses_a_row_stops_the_daemon_until_it_accepts_it()
    {
        await Start();
        await Write(Samples.New());
        await CaughtUp();
        await Owner("ALTER TABLE read.samples ADD CHECK (name <> 'refused')");
        await Write(Samples.On(Guid.NewGuid(), 0, Samples.Opened("refused")));
        for (var i = 0; i < 5; i++) await Write(Samples.New());
        await Until(() => Task.FromResult(Node.Log.HasErrors), "nothing is logged");
        Assert.Equal(1, await Count("read.samples"));
        await Owner("ALTER TABLE read.samples DROP CONSTRAINT samples_name_check");
        await CaughtUp();
        Assert.Equal(7, await Count("read.samples"));
        await EqualsAReplay();
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_daemon_goes_on_by_itself()
    {
        await Start();
        for (var i = 0; i < 5; i++)
        {
            await Write(Samples.New());
            // What every session hears when PostgreSQL is shut down in good order.
            await Owner("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await Write(Samples.New());
            await CaughtUp();
        }
        Assert.Equal(10, await Count("read.samples"));
        await EqualsAReplay();
    }

    [Fact]
    public async Task What_a_crash_of_the_server_took_back_is_projected_again()
    {
        await Start();
        for (var i = 0; i < 5; i++) await Write(Samples.New());
        await CaughtUp();
        // Rows and progress are committed without waiting for the disk; this is how they look when they did not reach it.
        await Node.Stop();
        await Owner("DELETE FROM read.samples; DELETE FROM claims.mt_event_progression");
        await Restart();
        await Write(Samples.New());
        await CaughtUp();
        Assert.Equal(6, await Count("read.samples"));
        await EqualsAReplay();
    }

    [Fact]
    public async Task A_page_that_lacks_an_event_is_refused()
    {
        for (var i = 0; i < 3; i++) await Write(Samples.New());
        await Failing(Samples.New());
        await Until(async () => await Owner("SELECT count(*) FROM claims.mt_events WHERE type = 'tombstone'") is 1L, "no tombstone");
        var last = (await Write(Samples.New())).Position;

        var token = await Owner("SELECT token FROM claims.read_models WHERE name = '*'");
        await Application($"SELECT claims.enter_page({token}, 0, {last}, 4)");   // what Marten puts in place of a failed event is none
        await Application($"SELECT claims.enter_page({token}, 1, {last}, 3)");
        foreach (var events in (int[])[3, 5])
            Assert.Equal("40001", (await Assert.ThrowsAsync<PostgresException>(() =>
                Application($"SELECT claims.enter_page({token}, 0, {last}, {events})"))).SqlState);
    }

    [Fact]
    public async Task Waiting_ends_when_time_is_up()
    {
        var written = await Write(Samples.New());
        Assert.False(await Node.Upkeep.WaitFor(written.Position, TimeSpan.FromMilliseconds(50)));
        var state = (await Node.Upkeep.States()).Single();
        Assert.Equal(1, state.LagEvents);
        Assert.True(state.LagSeconds > 0);
        await Start();
        Assert.True(await Node.Upkeep.WaitFor(written.Position, Patience));
        Assert.Equal(0, (await Node.Upkeep.States()).Single().LagEvents);
    }

    /// <summary>It fails after its numbers have been drawn: the reply, which comes last, cannot be stored.</summary>
    private async Task Failing(Decision decision)
    {
        var write = Samples.Write(decision);
        write.Reply = new StoredReply("li", $"{Guid.NewGuid()}", "no text:\0", 200, Guid.Empty, 0);
        await Assert.ThrowsAnyAsync<Exception>(() => Try(write));
    }

    private async Task Restart()
    {
        await Node.Stop();
        Node = await Open();
        await Start();
    }

    private async Task<long> Position() =>
        (long)(await Owner("SELECT last_seq_id FROM claims.mt_event_progression WHERE name = 'read-models:All'"))!;

    private static async Task InsertOpened(NpgsqlConnection connection, Guid stream)
    {
        foreach (var sql in (string[])
            [
                $"INSERT INTO mt_streams (id, type, version) VALUES ('{stream}', 'sample', 1)",
                $$"""
                INSERT INTO mt_events (seq_id, id, stream_id, version, data, type, timestamp)
                VALUES (nextval('mt_events_sequence'), '{{Guid.NewGuid()}}', '{{stream}}', 1,
                  '{"name":"plain","amount":"1.00","day":"2025-10-20","reference":"11111111-2222-3333-4444-555555555555"}',
                  'sample_opened', clock_timestamp())
                """,
            ])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}

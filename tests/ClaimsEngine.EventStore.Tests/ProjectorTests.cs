using ClaimsEngine.Ports;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class ProjectorTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ManualResetEventSlim gate = new(true);
    private bool poisonous = true;

    protected override IReadOnlyList<IReadModel> ReadModels =>
    [
        Samples.Model(() =>
        {
            gate.Wait();
            return poisonous;
        }),
        Samples.Model(() => false, "tolerant"),
    ];

    [Fact]
    public async Task A_failing_event_parks_its_stream_and_others_go_on_until_replay_heals_it()
    {
        Database.Projector.Start();
        var sick = Guid.NewGuid();
        var well = Guid.NewGuid();
        await Write(Samples.Append(sick, 0, Samples.Opened(), Samples.Renamed("before")));
        var poisoned = await Write(Samples.Append(sick, 2, Samples.Poisoned()));
        await Write(Samples.Append(well, 0, Samples.Opened()));
        await Write(Samples.Append(sick, 3, Samples.Renamed("after")));
        var last = await Write(Samples.Append(well, 1, Samples.Renamed("well")));
        Assert.True(await Database.Projector.WaitFor("samples", last.Position, Patience));

        Assert.Equal("well", await NameOf(well));
        Assert.Equal("before", await NameOf(sick));
        var letter = Assert.Single(await Database.Projector.DeadLetters());
        Assert.Equal(("samples", sick, poisoned.Position, poisoned.Position.Sequence, 3), (letter.ReadModel, letter.Stream, letter.Position, letter.Sequence, letter.Attempts));
        Assert.Contains("cannot digest this", letter.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Database.Projector.States()).Single(state => state.ReadModel == "samples").DeadLetters);
        Assert.Equal("after", await NameOf(sick, "tolerant"));

        // A rebuild meets the same event and holds the same stream back.
        Assert.True((await Database.Verify("samples")).Equal);
        Assert.False(await Database.Projector.Replay("samples", sick));
        Assert.Equal(6, Assert.Single(await Database.Projector.DeadLetters()).Attempts);

        poisonous = false;
        Assert.True(await Database.Projector.Replay("samples", sick));
        Assert.Empty(await Database.Projector.DeadLetters());
        Assert.Equal("after", await NameOf(sick));

        var next = await Write(Samples.Append(sick, 4, Samples.Renamed("healthy")));
        Assert.True(await Database.Projector.WaitFor("samples", next.Position, Patience));
        Assert.Equal("healthy", await NameOf(sick));
        Assert.True((await Database.Verify("samples")).Equal);
    }

    [Fact]
    public async Task A_rebuild_heals_streams_that_are_digestible_again()
    {
        Database.Projector.Start();
        var sick = Guid.NewGuid();
        var last = await Write(Samples.Append(sick, 0, Samples.Opened(), Samples.Poisoned(), Samples.Renamed("after")));
        Assert.True(await Database.Projector.WaitFor("samples", last.Position, Patience));
        Assert.Single(await Database.Projector.DeadLetters());
        poisonous = false;
        await Database.Rebuild("samples");
        Assert.Empty(await Database.Projector.DeadLetters());
        Assert.Equal("after", await NameOf(sick));
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_parks_its_stream_only()
    {
        Database.Projector.Start();
        var strange = Guid.NewGuid();
        await Write(Samples.Append(strange, 0, Samples.Opened()));
        await Application($"INSERT INTO claims.mt_events (seq_id, id, stream_id, version, data, type) VALUES (nextval('claims.mt_events_sequence'), '{Guid.NewGuid()}', '{strange}', 2, '{{}}', 'never_heard_of')");
        var last = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.True(await Database.Projector.WaitFor("samples", last.Position, Patience));
        Assert.Contains("never_heard_of", (await Database.Projector.DeadLetters())[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_the_table_refuses_parks_its_stream()
    {
        Database.Projector.Start();
        var first = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.True(await Database.Projector.WaitFor("samples", first.Position, Patience));
        await Owner("ALTER TABLE read.samples ADD CHECK (name <> 'refused')");
        var refused = Guid.NewGuid();
        var others = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(others[..10].Select(id => Write(Samples.Append(id, 0, Samples.Opened()))));
        await Write(Samples.Append(refused, 0, Samples.Opened("refused")));
        await Task.WhenAll(others[10..].Select(id => Write(Samples.Append(id, 0, Samples.Opened()))));
        var last = await Write(Samples.Append(refused, 1, Samples.Renamed("too late")));
        Assert.True(await Database.Projector.WaitFor("samples", last.Position, Patience));
        Assert.Equal(refused, Assert.Single(await Database.Projector.DeadLetters()).Stream);
        Assert.Equal(21L, await Owner("SELECT count(*) FROM read.samples"));
    }

    [Fact]
    public async Task A_paused_owner_that_was_replaced_can_not_write()
    {
        var stream = Guid.NewGuid();
        await using var second = await ClaimsDatabase.Open(Options, Samples.Types, [Samples.Model(() => false), Samples.Model(() => false, "tolerant")]);
        Database.Projector.Start();
        var first = await Write(Samples.Append(stream, 0, Samples.Opened()));
        Assert.True(await Database.Projector.WaitFor("samples", first.Position, Patience));
        var owner = (await Database.Projector.States()).Single(state => state.ReadModel == "samples").Owner;
        Assert.NotNull(owner);

        // The owner stands still in the middle of a batch for longer than its lease.
        gate.Reset();
        poisonous = false;
        var poisoned = await Write(Samples.Append(stream, 1, Samples.Poisoned(), Samples.Renamed("by whom?")));
        await Task.Delay(50);
        second.Projector.Start();
        Assert.True(await second.Projector.WaitFor("samples", poisoned.Position, Patience));
        var heir = (await second.Projector.States()).Single(state => state.ReadModel == "samples").Owner;
        Assert.NotEqual(owner, heir);
        var token = await Owner("SELECT token FROM claims.projections WHERE read_model = 'samples'");

        gate.Set();
        var next = await Write(Samples.Append(stream, 3, Samples.Renamed("last")));
        Assert.True(await Database.Projector.WaitFor("samples", next.Position, Patience));   // asks the cursor that the heir moves
        await Task.Delay(300);
        Assert.Equal(heir, (await second.Projector.States()).Single(state => state.ReadModel == "samples").Owner);
        Assert.Equal(token, await Owner("SELECT token FROM claims.projections WHERE read_model = 'samples'"));
        Assert.Equal(3L, await Owner("SELECT count(*) FROM read.samples"));
        Assert.True((await second.Verify("samples")).Equal);
    }

    [Fact]
    public async Task A_token_of_yesterday_is_refused_by_the_database()
    {
        await Owner("UPDATE claims.projections SET token = 7");
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            Application("SELECT claims.move_cursor('samples', 6, 0::smallint, '0'::xid8, 0, 1::smallint, '5'::xid8, 5, interval '5s')"));
        Assert.Equal("CE006", refused.SqlState);
    }

    [Fact]
    public async Task What_a_crash_of_the_server_took_back_is_projected_again()
    {
        Database.Projector.Start();
        var first = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.True(await Database.Projector.WaitFor("samples", first.Position, Patience));
        // Rows and cursor are committed without waiting for the disk; this is how they look when they did not reach it.
        await Owner("DELETE FROM read.samples; UPDATE claims.projections SET epoch = 0, tx_id = '0', seq_id = 0 WHERE read_model = 'samples'");
        await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        for (var tries = 0; tries < 500 && await Owner("SELECT count(*) FROM read.samples") is not 2L; tries++) await Task.Delay(10);
        Assert.True((await Database.Verify("samples")).Equal);
        Assert.Equal(2L, await Owner("SELECT count(*) FROM read.samples"));
    }

    [Fact]
    public async Task When_the_owner_stops_another_process_takes_over_at_once()
    {
        await using var second = await Open();
        Database.Projector.Start();
        await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        second.Projector.Start();
        await Database.Projector.StopAsync();
        var next = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.True(await Database.Projector.WaitFor("samples", next.Position, Patience));
        Assert.True(await second.Projector.WaitFor("samples", next.Position, Patience));
        Assert.Equal(2L, await Owner("SELECT count(*) FROM read.samples"));
    }

    [Fact]
    public async Task Waiting_ends_when_time_is_up()
    {
        var written = await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        Assert.False(await Database.Projector.WaitFor("samples", written.Position, TimeSpan.FromMilliseconds(50)));
        await Settle();
        var state = (await Database.Projector.States()).Single(state => state.ReadModel == "samples");
        Assert.Equal((1L, null), (state.LagEvents, state.Owner));
        Assert.True(state.LagSeconds > 0);
        Database.Projector.Start();
        Assert.True(await Database.Projector.WaitFor("samples", written.Position, Patience));
        Assert.Equal(0, (await Database.Projector.States()).Single(state => state.ReadModel == "samples").LagEvents);
    }

    private async Task<object?> NameOf(Guid stream, string table = "samples") =>
        await Owner($"SELECT name FROM read.{table} WHERE id = '{stream}' AND recorded_to = 'infinity'");
}

using ClaimsEngine.Ports;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class LostReplyTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();
    private CuttingProxy proxy = null!;
    private ClaimsDatabase direct = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        direct = Database;
        var connection = new NpgsqlConnectionStringBuilder(Options.ConnectionString);
        proxy = new CuttingProxy(connection.Port);
        connection.Port = proxy.Port;
        Database = await ClaimsDatabase.Open(Options with { ConnectionString = connection.ConnectionString }, Samples.Types, ReadModels);
        for (var i = 0; i < 3; i++) await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));   // until the call is prepared
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await direct.DisposeAsync();
        proxy.Dispose();
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task An_append_whose_reply_was_lost_is_written_once_and_answered_normally(string cut)
    {
        var append = Samples.Append(stream, 0, Samples.Opened(), Samples.Renamed()) with
        {
            Keys = [new KeyChange(new UniqueKey("k", "1"), stream, true)],
            Places = [new PlaceChange("pool", 1, 1)],
            Outbox = [new OutboxMessage(Guid.NewGuid(), "payment", "{}")],
            Reply = new StoredReply("li", "key", "hash", 201, Guid.CreateVersion7(), 2),
        };
        proxy.CutNext(Enum.Parse<Cut>(cut));
        var written = await Write(append);

        Assert.Equal(1, proxy.Cuts);
        var events = await Events.ReadStream(stream);
        Assert.Equal(append.Streams[0].Events.Select(e => e.Id), events.Select(e => e.Id));
        Assert.Equal((events[^1].Position, events[^1].RecordedAt), (written.Position, written.RecordedAt));
        Assert.Equal(written.Position, (await Events.FindReply("li", "key"))!.Position);
        Assert.Equal(1L, await Owner("SELECT taken FROM claims.places"));
        Assert.Equal(1L, await Owner("SELECT count(*) FROM claims.outbox"));
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task A_large_append_whose_reply_was_lost_is_written_once_and_answered_normally(string cut)
    {
        var events = Enumerable.Range(0, 300).Select(i => i == 0 ? Samples.Opened() : Samples.Renamed($"{i}")).ToArray();
        proxy.CutNext(Enum.Parse<Cut>(cut));
        var written = await Write(Samples.Append(stream, 0, events) with { Places = [new PlaceChange("pool", 1, 1)] });

        Assert.Equal(1, proxy.Cuts);
        var stored = await Events.ReadStream(stream);
        Assert.Equal(events.Select(e => e.Id), stored.Select(e => e.Id));
        Assert.Equal((stored[^1].Position, stored[^1].RecordedAt), (written.Position, written.RecordedAt));
        Assert.Equal(1L, await Owner("SELECT taken FROM claims.places"));
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task A_reply_or_a_message_without_events_is_stored_once(string cut)
    {
        var reply = new StoredReply("li", "key", "hash", 200, Guid.CreateVersion7(), 3);
        proxy.CutNext(Enum.Parse<Cut>(cut));
        Assert.Equal(FeedPosition.Start, (await Write(new Append([], [], [], [], reply))).Position);
        for (var i = 0; i < 3; i++) await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened()));
        proxy.CutNext(Enum.Parse<Cut>(cut));
        await Write(new Append([], [], [], [new OutboxMessage(Guid.NewGuid(), "payment", "{}")]));
        Assert.Equal(2, proxy.Cuts);
        Assert.Equal(2L, await Owner("SELECT (SELECT count(*) FROM claims.outbox) + (SELECT count(*) FROM claims.requests)"));
    }

    [Fact]
    public async Task It_is_recognised_even_when_the_stream_has_moved_on()
    {
        await Write(Samples.Append(stream, 0, Samples.Opened()));
        proxy.Refusing = true;
        proxy.CutNext(Cut.AfterCommit);
        var lost = Events.Append(Samples.Append(stream, 1, Samples.Renamed("mine")));
        AppendOutcome other;
        do other = await direct.Events.Append(Samples.Append(stream, 2, Samples.Renamed("another's")));
        while (other is VersionConflict);
        proxy.Refusing = false;

        var written = Assert.IsType<Appended>(await lost);
        Assert.Equal(written.Position, (await Events.ReadStream(stream))[1].Position);
        Assert.Equal(3, (await Events.ReadStream(stream)).Count);
    }

    [Fact]
    public async Task A_stranger_in_its_place_is_a_conflict()
    {
        await Write(Samples.Append(stream, 0, Samples.Opened()));
        proxy.Refusing = true;
        proxy.CutNext(Cut.BeforeServer);
        var lost = Events.Append(Samples.Append(stream, 1, Samples.Renamed("mine")));
        while (proxy.Cuts == 0) await Task.Delay(1);
        Assert.IsType<Appended>(await direct.Events.Append(Samples.Append(stream, 1, Samples.Renamed("another's"))));
        proxy.Refusing = false;
        Assert.Equal(new VersionConflict(stream), await lost);
        Assert.Equal(2, (await Events.ReadStream(stream)).Count);
    }

    [Fact]
    public async Task All_that_shared_a_lost_commit_are_resolved()
    {
        var appends = Enumerable.Range(0, 200).Select(_ => Samples.Append(Guid.NewGuid(), 0, Samples.Opened())).ToArray();
        var before = await Owner("SELECT count(*) FROM claims.mt_events");
        proxy.CutNext(Cut.AfterCommit);
        var outcomes = await Task.WhenAll(appends.Select(append => Events.Append(append)));
        Assert.All(outcomes, outcome => Assert.IsType<Appended>(outcome));
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal((long)before! + 200, await Owner("SELECT count(*) FROM claims.mt_events"));
    }

    [Fact]
    public async Task The_writer_gives_up_when_PostgreSQL_stays_away_and_goes_on_when_it_is_back()
    {
        await using var impatient = await ClaimsDatabase.Open(
            Options with { ConnectionString = new NpgsqlConnectionStringBuilder(Options.ConnectionString) { Port = proxy.Port }.ConnectionString, Reconnect = TimeSpan.FromMilliseconds(200) },
            Samples.Types, []);
        Assert.IsType<Appended>(await impatient.Events.Append(Samples.Append(Guid.NewGuid(), 0, Samples.Opened())));
        proxy.Refusing = true;
        proxy.CutNext(Cut.BeforeServer);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => impatient.Events.Append(Samples.Append(stream, 0, Samples.Opened())));
        proxy.Refusing = false;
        Assert.IsType<Appended>(await impatient.Events.Append(Samples.Append(stream, 0, Samples.Opened())));
    }
}

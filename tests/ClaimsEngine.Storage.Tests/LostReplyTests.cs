using Npgsql;

namespace ClaimsEngine.Storage.Tests;

public sealed class LostReplyTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();
    private CuttingProxy proxy = null!;
    private Node direct = null!;

    protected override IReadOnlyList<IReadModel> ReadModels => [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        direct = Node;
        proxy = new CuttingProxy(new NpgsqlConnectionStringBuilder(Options.ConnectionString).Port);
        Node = await Open(ThroughProxy(Options));
        for (var i = 0; i < 3; i++) await Write(Samples.New());   // until the statements are prepared
    }

    public override async ValueTask DisposeAsync()
    {
        proxy.Refusing = false;
        await base.DisposeAsync();
        proxy.Dispose();
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task A_write_whose_reply_was_lost_is_stored_once_and_answered_normally(string cut)
    {
        var other = Guid.NewGuid();
        var write = Samples.Write(Samples.On(stream, 0, Samples.Opened(), Samples.Renamed()).And(Samples.New(other))
            .Taking(new UniqueKey("k", "1"), stream).With(new PlaceChange("pool", 1, 1), Samples.Refused));
        write.Reply = new StoredReply("li", "key", "hash", 201, Guid.CreateVersion7(), 2);
        proxy.CutNext(Enum.Parse<Cut>(cut));
        var written = await Write(write);

        Assert.Equal(1, proxy.Cuts);
        var events = await Events.ReadStream(stream);
        Assert.Equal(write.Streams.First().Events.Select(e => e.Id), events.Select(e => e.Id));
        var last = Math.Max(events[^1].Position, Assert.Single(await Events.ReadStream(other)).Position);
        Assert.Equal(last, written.Position);
        Assert.Equal(last, (await Keys.FindReply("li", "key"))!.Position);
        Assert.Equal(1L, await Owner("SELECT taken FROM claims.places"));
        Assert.Equal(stream, await Keys.OwnerOf(new UniqueKey("k", "1")));
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task Wherever_the_connection_is_cut_within_a_write_it_is_stored_once(string cut)
    {
        // BeforeServer cuts the n-th message to the server: BEGIN, the batch, COMMIT and whatever comes between.
        for (var message = 1; message <= 4; message++)
        {
            var one = Guid.NewGuid();
            var write = Samples.Write(Samples.On(one, 0, Samples.Opened(), Samples.Renamed()).Taking(new UniqueKey("n", $"{message}"),
                one));
            proxy.CutNext(Enum.Parse<Cut>(cut), after: message - 1);
            Assert.IsType<Stored>(await Node.Write(write));
            proxy.CutNext(Cut.None);
            Assert.Equal(write.Streams.Single().Events.Select(e => e.Id), (await Events.ReadStream(one)).Select(e => e.Id));
        }
        if (cut == "AfterCommit") Assert.Equal(1, proxy.Cuts);
        else Assert.InRange(proxy.Cuts, 2, 4);
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task A_write_in_bulk_whose_reply_was_lost_is_stored_once_and_answered_normally(string cut)
    {
        var write = Samples.Write(Samples.On(stream, 0,
            [.. Enumerable.Range(0, 300).Select(object (i) => i == 0 ? Samples.Opened() : Samples.Renamed($"{i}"))])
            .With(new PlaceChange("pool", 1, 1), Samples.Refused));
        proxy.CutNext(Enum.Parse<Cut>(cut));
        var written = Assert.IsType<Stored>(await Node.WriteInBulk(write));

        Assert.Equal(1, proxy.Cuts);
        var stored = await Events.ReadStream(stream);
        Assert.Equal(write.Streams.Single().Events.Select(e => e.Id), stored.Select(e => e.Id));
        Assert.Equal(stored[^1].Position, written.Position);
        Assert.Equal(1L, await Owner("SELECT taken FROM claims.places"));
    }

    [Theory]
    [InlineData("AfterCommit")]
    [InlineData("BeforeServer")]
    public async Task A_reply_without_events_is_stored_once(string cut)
    {
        var reply = new StoredReply("li", "key", "hash", 200, Guid.CreateVersion7(), 3);
        proxy.CutNext(Enum.Parse<Cut>(cut));
        Assert.Equal(new Stored(0), await Try(new PendingWrite { Reply = reply }));
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(1, await Count("claims.requests"));
        Assert.Equal(reply, await Keys.FindReply("li", "key"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_recognised_even_when_the_stream_has_moved_on(bool inBulk)
    {
        await Write(stream, 0, Samples.Opened());
        proxy.Refusing = true;
        proxy.CutNext(Cut.AfterCommit);
        var mine = Samples.Append(stream, 1, Samples.Renamed("mine"));
        var lost = inBulk ? Node.WriteInBulk(mine) : Node.Write(mine);
        await Until(async () => await direct.Write(Samples.Append(stream, 2, Samples.Renamed("another's"))) is Stored,
            "the first write has not reached the server");
        proxy.Refusing = false;

        var events = await direct.Events.ReadStream(stream);
        var written = Assert.IsType<Stored>(await lost);
        Assert.Equal(events[1].Position, written.Position);
        Assert.Equal(["mine", "another's"], events.Skip(1).Select(e => ((SampleRenamed)e.Data).Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stranger_in_its_place_is_a_conflict(bool inBulk)
    {
        await Write(stream, 0, Samples.Opened());
        proxy.Refusing = true;
        proxy.CutNext(Cut.BeforeServer);
        var mine = Samples.Append(stream, 1, Samples.Renamed("mine"));
        var lost = inBulk ? Node.WriteInBulk(mine) : Node.Write(mine);
        await Until(() => Task.FromResult(proxy.Cuts == 1), "the connection is not cut");
        Assert.IsType<Stored>(await direct.Write(Samples.Append(stream, 1, Samples.Renamed("another's"))));
        proxy.Refusing = false;
        Assert.Equal(new Conflict(), await lost);
        Assert.Equal(2, (await Events.ReadStream(stream)).Count);
    }

    [Fact]
    public async Task All_that_are_on_their_way_when_a_connection_is_lost_are_resolved()
    {
        var before = await Count("claims.mt_events");
        proxy.CutNext(Cut.AfterCommit);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Try(Samples.New())));
        Assert.All(outcomes, outcome => Assert.IsType<Stored>(outcome));
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(before + 100, await Count("claims.mt_events"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_writer_gives_up_when_PostgreSQL_stays_away_and_goes_on_when_it_is_back(bool inBulk)
    {
        var impatient = await Open(ThroughProxy(Options) with { Reconnect = TimeSpan.FromMilliseconds(200) });
        Task<WriteOutcome> Attempt(Guid of) => inBulk ? impatient.WriteInBulk(Samples.Append(of, 0, Samples.Opened()))
            : impatient.Write(Samples.Append(of, 0, Samples.Opened()));
        Assert.IsType<Stored>(await Attempt(Guid.NewGuid()));
        proxy.Refusing = true;
        proxy.CutNext(Cut.BeforeServer);
        Assert.True(Storage.Postgres.IsGone(await Assert.ThrowsAnyAsync<Exception>(() => Attempt(stream))));
        proxy.Refusing = false;
        Assert.IsType<Stored>(await Attempt(stream));
    }

    private StorageOptions ThroughProxy(StorageOptions options) => options with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Port = proxy.Port }.ConnectionString,
    };
}

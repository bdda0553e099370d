using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Storage.Tests;

public sealed class FeedTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly Guid stream = Guid.NewGuid();

    protected override IReadOnlyList<IReadModel> ReadModels => [];

    [Fact]
    public async Task It_goes_on_after_a_position_and_keeps_to_the_limit()
    {
        await Start();
        for (var i = 0; i < 5; i++) await Write(Guid.NewGuid(), 0, Samples.Opened($"{i}"), Samples.Renamed());
        var all = await WholeFeed();
        Assert.Equal(10, all.Count);
        Assert.Equal(all.Skip(3).Take(4).Select(e => e.Id), (await Events.ReadFeed(all[2].Position, 4)).Select(e => e.Id));
        Assert.Empty(await Events.ReadFeed(all[^1].Position, 4));
    }

    [Fact]
    public async Task It_shows_nothing_beyond_the_mark()
    {
        await Write(Samples.New());
        Assert.Empty(await Events.ReadFeed(0, 10));
        await Start();
        Assert.Single(await WholeFeed());
    }

    [Fact]
    public async Task It_is_narrowed_by_stream_type_user_time_and_region()
    {
        await Start();
        Task<Stored> In(string? region, string user) => Write(Samples.Write(Samples.New(), Samples.By(user, region)));
        await Write(Samples.Write(Samples.On(stream, 0, Samples.Opened(), Samples.Renamed()), Samples.By("li", "6206")));
        await In("620602", "li");
        await Task.Delay(2);
        var third = await In("11", "wang");
        await In(null, "wang");
        await In("", "wang");
        var at = (await WholeFeed()).Single(e => e.Position == third.Position).RecordedAt;

        async Task<int> Count(FeedFilter filter) => (await WholeFeed(filter)).Count;
        Assert.Equal(6, await Count(new FeedFilter()));
        Assert.Equal(2, await Count(new FeedFilter(Stream: stream)));
        Assert.Equal(1, await Count(new FeedFilter(Type: "sample_renamed")));
        Assert.Equal(3, await Count(new FeedFilter(User: "li")));
        Assert.Equal(3, await Count(new FeedFilter(From: at)));
        Assert.Equal(3, await Count(new FeedFilter(Before: at)));
        Assert.Equal(4, await Count(new FeedFilter(Region: RegionCode.Of("62"))));
        Assert.Equal(2, await Count(new FeedFilter(Region: RegionCode.Of("620602"))));
        Assert.Equal(1, await Count(new FeedFilter(Region: RegionCode.Of("62"), User: "li", Type: "sample_renamed", Stream: stream,
            From: at - Duration.FromMinutes(1), Before: at)));
    }

    [Fact]
    public async Task It_shows_what_Marten_inserts_by_itself()
    {
        await Start();
        await using (var session = Node.Store.LightweightSession())
        {
            (session.CorrelationId, session.CausationId, session.LastModifiedBy) = ("co", "ca", "li");
            session.SetHeader("n", 1);
            session.SetHeader("region", "62");
            session.Events.StartStream<Sample>(stream, Samples.Opened("Marten"));
            await session.SaveChangesAsync();
        }
        var read = Assert.Single(await WholeFeed());
        Assert.Equal(Samples.Opened("Marten"), read.Data);
        Assert.Equal(("co", "ca", "li", "1", "62"), (read.Metadata.Correlation, read.Metadata.Causation, read.Metadata.User,
            read.Metadata.Headers["n"], read.Metadata.Headers["region"]));
        Assert.Equal((stream, "sample", 1L), (read.Stream, read.StreamType, read.Version));
        await Write(stream, 1, Samples.Renamed());
    }
}

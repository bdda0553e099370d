using ClaimsEngine.Ports;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

/// <summary>An append of hundreds of events takes another way into the tables; nobody who reads or writes can tell.</summary>
public sealed class BulkAppendTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const int Many = 300;

    private static readonly UniqueKey Key = new("sample", "一");

    private readonly Guid stream = Guid.NewGuid();

    [Fact]
    public async Task It_writes_streams_that_begin_and_go_on_with_keys_and_places()
    {
        await Write(Samples.Append(stream, 0, Samples.Opened("eldest")) with { Keys = [new KeyChange(Key, stream, true)] });
        var append = Large(new StreamAppend(stream, "sample", 1, [Samples.Renamed(), Samples.Renamed("third")], Samples.By("li", "6206")));
        var heir = append.Streams[0].Stream;
        var written = await Write(append with
        {
            Keys = [new KeyChange(Key, stream, false), new KeyChange(Key, heir, true)], Places = [new PlaceChange("pool", 2, 3), new PlaceChange("pool", 1, 3)],
        });

        var events = await Events.ReadStream(stream);
        Assert.Equal([1L, 2L, 3L], events.Select(e => e.Version));
        Assert.Equal(("li", "6206"), (events[2].Metadata.User, events[2].Metadata.Headers[EventMetadata.RegionHeader]));
        Assert.Equal(Many + 3, (await WholeFeed()).Count);
        Assert.Equal((await WholeFeed())[^1].Position, written.Position);
        Assert.Equal(heir, await Events.OwnerOf(Key));
        Assert.Equal(3, (await Events.PlacesTaken(["pool"]))["pool"]);
    }

    [Fact]
    public async Task It_is_refused_for_what_any_append_is_refused_for_and_leaves_nothing_behind()
    {
        await Write(Samples.Append(stream, 0, Samples.Opened()) with { Keys = [new KeyChange(Key, stream, true)], Places = [new PlaceChange("pool", 2, 3)] });
        var other = Large();
        Assert.Equal(new VersionConflict(stream), await Events.Append(Large(new StreamAppend(stream, "sample", 0, [Samples.Opened()], Samples.By()))));
        Assert.Equal(new VersionConflict(stream), await Events.Append(Large(new StreamAppend(stream, "sample", 2, [], Samples.By()))));
        Assert.Equal(new KeyTaken(Key), await Events.Append(other with { Keys = [new KeyChange(Key, other.Streams[0].Stream, true)] }));
        Assert.Equal(new PlacesExhausted("pool"), await Events.Append(other with { Places = [new PlaceChange("pool", 2, 3)] }));
        await Owner($"UPDATE claims.mt_streams SET is_archived = true WHERE id = '{stream}'");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Events.Append(Large(new StreamAppend(stream, "sample", 1, [Samples.Renamed()], Samples.By()))));

        Assert.Single(await WholeFeed());
        Assert.Equal(1L, await Owner("SELECT count(*) FROM claims.mt_streams"));
        Assert.Equal(2, (await Events.PlacesTaken(["pool"]))["pool"]);
    }

    [Fact]
    public async Task Of_many_at_once_that_want_the_same_places_so_many_get_them_as_there_are()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            Events.Append((i % 2 == 0 ? Large() : Samples.Append(Guid.NewGuid(), 0, Samples.Opened())) with { Places = [new PlaceChange("pool", 1, 5)] }))));
        Assert.Equal(5, outcomes.Count(outcome => outcome is Appended));
        Assert.Equal(3, outcomes.Count(outcome => outcome is PlacesExhausted));
        Assert.Equal(5, (await Events.PlacesTaken(["pool"]))["pool"]);
    }

    [Fact]
    public async Task Of_many_at_once_that_want_the_same_key_one_gets_it()
    {
        var appends = Enumerable.Range(0, 6).Select(_ => Large()).Select(append => append with { Keys = [new KeyChange(Key, append.Streams[0].Stream, true)] }).ToArray();
        var outcomes = await Task.WhenAll(appends.Select(append => Task.Run(() => Events.Append(append))));
        var winner = Assert.Single(Enumerable.Range(0, 6), i => outcomes[i] is Appended);
        Assert.Equal(appends[winner].Streams[0].Stream, await Events.OwnerOf(Key));
        Assert.Equal(Many, (await WholeFeed()).Count);
    }

    [Fact]
    public async Task A_read_model_sees_the_events_of_this_process_and_of_another_alike()
    {
        await using var elsewhere = await Open();
        Database.Projector.Start();
        var last = FeedPosition.Start;
        for (var round = 0; round < 5; round++)
        {
            await Write(Large());
            Assert.IsType<Appended>(await elsewhere.Events.Append(Large()));
            last = (await Write(Samples.Append(Guid.NewGuid(), 0, Samples.Opened("small"), Samples.Renamed()))).Position;
        }
        Assert.True(await Database.Projector.WaitFor("samples", last, TimeSpan.FromSeconds(30)));
        Assert.Equal(10L * Many + 5, await Application("SELECT count(*) FROM read.samples WHERE recorded_to = 'infinity'"));
        Assert.True((await Database.Verify("samples")).Equal);
    }

    private static Append Large(params IReadOnlyList<StreamAppend> further) =>
        new([.. Enumerable.Range(0, Many).Select(i => new StreamAppend(Guid.NewGuid(), "sample", 0, [Samples.Opened($"{i}号")], Samples.By())), .. further], [], [], []);
}

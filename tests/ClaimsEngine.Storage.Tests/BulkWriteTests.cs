using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>A write of hundreds of events takes another way into the tables; nobody who reads or writes can tell.</summary>
public sealed class BulkWriteTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const int Many = 300;

    private static readonly UniqueKey Key = new("sample", "一");

    private readonly Guid stream = Guid.NewGuid();

    [Fact]
    public async Task It_writes_streams_that_begin_and_go_on_with_keys_and_places()
    {
        await Write(Samples.On(stream, 0, Samples.Opened("eldest")).Taking(Key, stream));
        var heir = Guid.NewGuid();
        var write = Large(Samples.New(heir).Releasing(Key, stream).Taking(Key, heir)
            .With(new PlaceChange("pool", 2, 3), Samples.Refused).With(new PlaceChange("pool", 1, 3), Samples.Refused));
        write.Add(Samples.On(stream, 1, Samples.Renamed(), Samples.Renamed("third")), _ => Samples.By("li", "6206"));
        var written = Assert.IsType<Stored>(await Node.WriteInBulk(write));

        var events = await Events.ReadStream(stream);
        Assert.Equal([1L, 2L, 3L], events.Select(e => e.Version));
        Assert.Equal(("li", "6206"), (events[2].Metadata.User, events[2].Metadata.Headers[EventMetadata.RegionHeader]));
        Assert.Equal(Many + 4, await Count("claims.mt_events"));
        Assert.Equal(await Owner("SELECT max(seq_id) FROM claims.mt_events"), written.Position);
        Assert.Equal(heir, await Keys.OwnerOf(Key));
        Assert.Equal(3, (await Keys.PlacesTaken(["pool"]))["pool"]);
    }

    [Fact]
    public async Task It_is_refused_for_what_any_write_is_refused_for_and_leaves_nothing_behind()
    {
        await Write(Samples.New(stream).Taking(Key, stream).With(new PlaceChange("pool", 2, 3), Samples.Refused));
        var drawn = await Owner("SELECT last_value FROM claims.mt_events_sequence");
        Task<WriteOutcome> Bulk(Decision decision) => Node.WriteInBulk(Large(decision));
        Assert.Equal(new Conflict(), await Bulk(Samples.New(stream)));
        Assert.Equal(new Conflict(), await Bulk(Samples.On(stream, 2)));
        Assert.Equal(new Conflict(), await Bulk(Samples.On(stream, 2, Samples.Renamed())));
        Assert.Equal(new KeyTaken(Key), await Bulk(Samples.New().Taking(Key, Guid.NewGuid())));
        Assert.Equal(new PlacesExhausted("pool"), await Bulk(Samples.New().With(new PlaceChange("pool", 2, 3), Samples.Refused)));
        await Owner($"UPDATE claims.mt_streams SET is_archived = true WHERE id = '{stream}'");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Bulk(Samples.On(stream, 1, Samples.Renamed())));

        // A number that is drawn and not used would hold the read models up.
        Assert.Equal(drawn, await Owner("SELECT last_value FROM claims.mt_events_sequence"));
        Assert.Equal(1, await Count("claims.mt_events"));
        Assert.Equal(1, await Count("claims.mt_streams"));
        Assert.Equal(2, (await Keys.PlacesTaken(["pool"]))["pool"]);
    }

    [Fact]
    public async Task Of_many_at_once_that_want_the_same_places_so_many_get_them_as_there_are()
    {
        var place = new PlaceChange("pool", 1, 5);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            i % 2 == 0 ? Node.WriteInBulk(Large(Samples.New().With(place, Samples.Refused)))
                : Try(Samples.New().With(place, Samples.Refused)))));
        Assert.Equal(5, outcomes.Count(outcome => outcome is Stored));
        Assert.Equal(3, outcomes.Count(outcome => outcome is PlacesExhausted));
        Assert.Equal(5, (await Keys.PlacesTaken(["pool"]))["pool"]);
    }

    [Fact]
    public async Task Of_many_at_once_that_want_the_same_key_one_gets_it()
    {
        Guid[] holders = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];
        var outcomes = await Task.WhenAll(holders.Select(holder =>
            Task.Run(() => Node.WriteInBulk(Large(Samples.New(holder).Taking(Key, holder))))));
        var winner = Assert.Single(Enumerable.Range(0, 6), i => outcomes[i] is Stored);
        Assert.Equal(5, outcomes.Count(outcome => outcome is KeyTaken));
        Assert.Equal(holders[winner], await Keys.OwnerOf(Key));
        Assert.Equal(Many + 1, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task What_belongs_into_its_transaction_is_stored_with_it_or_not_at_all()
    {
        var tries = 0;
        await Assert.ThrowsAsync<InvalidDataException>(() => Node.Bulk.Write(Large(Samples.New()), CancellationToken.None,
            _ => throw new InvalidDataException()));
        Assert.Equal(0, await Count("claims.mt_events"));
        Assert.IsType<Stored>(await Node.Bulk.Write(Large(Samples.New()), CancellationToken.None, _ =>
        {
            tries++;
            return Task.CompletedTask;
        }));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Should_the_feed_have_passed_over_its_numbers_it_is_stored_under_later_ones_and_reaches_the_read_models()
    {
        await Start();
        await Write(Samples.New().With(new PlaceChange("pool", 1, 9), Samples.Refused));
        await CaughtUp();

        // The write draws its numbers and then waits for the pool. Meanwhile the mark is moved, as the daemon would move it over a gap.
        await using var holder = new NpgsqlConnection(Options.ConnectionString);
        await holder.OpenAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT taken FROM claims.places FOR UPDATE", holder)) await hold.ExecuteScalarAsync();
        var before = (long)(await Owner("SELECT last_value FROM claims.mt_events_sequence"))!;
        var writing = Node.WriteInBulk(Large(Samples.New().With(new PlaceChange("pool", 1, 9), Samples.Refused)));
        await Until(async () => (long)(await Owner("SELECT last_value FROM claims.mt_events_sequence"))! == before + Many + 1,
            "no numbers are drawn");
        await Owner($"SELECT claims.mt_mark_event_progression('HighWaterMark', {before + Many + 1})");
        await holding.RollbackAsync();

        var written = Assert.IsType<Stored>(await writing);
        Assert.Equal(before + (2 * (Many + 1)), written.Position);
        await CaughtUp();
        Assert.Equal(Many + 2, await Count("read.samples"));
        Assert.Equal(2, (await Keys.PlacesTaken(["pool"]))["pool"]);
        await EqualsAReplay();
    }

    private static PendingWrite Large(Decision further)
    {
        var write = new PendingWrite();
        for (var i = 0; i < Many; i++) write.Add(Samples.On(Guid.NewGuid(), 0, Samples.Opened($"{i}号")), _ => Samples.By());
        write.Add(further, _ => Samples.By());
        return write;
    }
}

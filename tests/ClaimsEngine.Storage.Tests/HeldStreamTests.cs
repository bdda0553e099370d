namespace ClaimsEngine.Storage.Tests;

/// <summary>A fold that throws holds its stream and nothing else, until one call heals it.</summary>
public sealed class HeldStreamTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private volatile bool poisonous = true;

    protected override IReadOnlyList<IReadModel> ReadModels => [Samples.Model(() => poisonous), Samples.Model(() => false, "tolerant")];

    [Fact]
    public async Task An_event_that_fails_holds_its_stream_and_others_go_on_until_a_replay_heals_it()
    {
        await Start();
        var (sick, well) = (Guid.NewGuid(), Guid.NewGuid());
        await Write(sick, 0, Samples.Opened(), Samples.Renamed("before"));
        var poisoned = await Write(sick, 2, Samples.Poisoned("陈静 had this"));
        await Write(well, 0, Samples.Opened());
        await Write(sick, 3, Samples.Renamed("after"));
        await Write(well, 1, Samples.Renamed("well"));
        await CaughtUp();

        Assert.Equal("well", await NameOf(well));
        Assert.Equal("before", await NameOf(sick));
        var letter = Assert.Single(await Node.Upkeep.DeadLetters());
        Assert.Equal(("samples", sick, poisoned.Position), (letter.ReadModel, letter.Stream, letter.Position));
        Assert.Contains("cannot digest this", letter.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("陈静", letter.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Node.Upkeep.States()).Single(state => state.ReadModel == "samples").DeadLetters);
        Assert.Equal(0, (await Node.Upkeep.States()).Single(state => state.ReadModel == "tolerant").DeadLetters);
        Assert.Equal("after", await NameOf(sick, "tolerant"));

        // A rebuild meets the same event and holds the same stream back.
        await EqualsAReplay();
        Assert.False(await Node.Upkeep.Replay("samples", sick));
        Assert.Equal(letter.Attempts + 1, Assert.Single(await Node.Upkeep.DeadLetters()).Attempts);

        // Later events of the held stream are not put on the stale row.
        await Write(sick, 4, Samples.Renamed("later"));
        await CaughtUp();
        Assert.Equal("before", await NameOf(sick));

        poisonous = false;
        Assert.True(await Node.Upkeep.Replay("samples", sick));
        Assert.Empty(await Node.Upkeep.DeadLetters());
        Assert.Equal("later", await NameOf(sick));
        Assert.True(await Node.Upkeep.Replay("samples", sick));
        Assert.True(await Node.Upkeep.Replay("samples", well));

        await Write(sick, 5, Samples.Renamed("healthy"));
        await CaughtUp();
        Assert.Equal("healthy", await NameOf(sick));
        await EqualsAReplay();
    }

    [Fact]
    public async Task A_stream_is_healed_while_appends_to_it_and_to_others_go_on()
    {
        await Start();
        var sick = Guid.NewGuid();
        await Write(sick, 0, Samples.Opened(), Samples.Poisoned());
        await CaughtUp();
        Assert.Single(await Node.Upkeep.DeadLetters());

        using var stop = new CancellationTokenSource();
        var version = 2L;
        var writers = Enumerable.Range(0, 3).Select(w => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                if (w > 0) await Write(Guid.NewGuid(), 0, Samples.Opened(), Samples.Renamed());
                else await Write(sick, version++, Samples.Renamed($"version {version}"));
        })).ToArray();
        await Until(() => Task.FromResult(version > 10), "nothing is written");
        for (var i = 0; i < 3; i++) Assert.False(await Node.Upkeep.Replay("samples", sick));
        poisonous = false;
        Assert.True(await Node.Upkeep.Replay("samples", sick));
        var healed = version;
        await Until(() => Task.FromResult(version > healed + 5), "nothing is written any more");
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        await CaughtUp();
        Assert.Empty(await Node.Upkeep.DeadLetters());
        Assert.Equal($"version {version}", await NameOf(sick));
        await EqualsAReplay();
        await EqualsAReplay("tolerant");
    }

    [Fact]
    public async Task A_rebuild_heals_streams_that_are_digestible_again()
    {
        await Start();
        var sick = Guid.NewGuid();
        await Write(sick, 0, Samples.Opened(), Samples.Poisoned(), Samples.Renamed("after"));
        await CaughtUp();
        Assert.Single(await Node.Upkeep.DeadLetters());
        await Node.Upkeep.Rebuild("samples");
        Assert.Single(await Node.Upkeep.DeadLetters());
        poisonous = false;
        await Node.Upkeep.Rebuild("samples");
        Assert.Empty(await Node.Upkeep.DeadLetters());
        Assert.Equal("after", await NameOf(sick));
    }

    [Fact]
    public async Task A_rebuild_alone_finds_the_same_streams_to_hold_as_the_daemon_did()
    {
        await Start();
        Guid[] sick = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
        foreach (var stream in sick) await Write(stream, 0, Samples.Opened(), Samples.Renamed("before"), Samples.Poisoned(),
            Samples.Renamed("after"));
        for (var i = 0; i < 20; i++) await Write(Samples.New());
        await CaughtUp();
        var letters = (await Node.Upkeep.DeadLetters()).Select(letter => (letter.Stream, letter.Position)).ToHashSet();
        Assert.Equal(sick.ToHashSet(), letters.Select(letter => letter.Stream).ToHashSet());
        await Owner("DELETE FROM claims.dead_letters");
        await Node.Upkeep.Rebuild("samples", workers: 3);
        Assert.Equal(letters, (await Node.Upkeep.DeadLetters()).Select(letter => (letter.Stream, letter.Position)).ToHashSet());
        Assert.All(await Task.WhenAll(sick.Select(stream => NameOf(stream))), name => Assert.Equal("before", name));
    }

    private async Task<object?> NameOf(Guid stream, string table = "samples") =>
        await Owner($"SELECT name FROM read.{table} WHERE id = '{stream}' AND recorded_to = 'infinity'");
}

using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Seeds are played through the same pipeline as requests, once.</summary>
public sealed class SeedingTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Playing_the_demo_twice_changes_nothing()
    {
        var before = await Api.Ledger();
        for (var again = 0; again < 2; again++)
            await Api.Services.GetRequiredService<SeedPlayer>().Play(SeedLevel.Demo, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(before, await Api.Ledger());
    }

    [Fact]
    public async Task Each_level_adds_what_it_names_to_an_empty_database()
    {
        var connection = await Api.NewDatabase();
        Assert.Empty(await EventsAfter(SeedLevel.None));
        var reference = await EventsAfter(SeedLevel.Reference);
        Assert.Equal(
        [
            .. SeedFiles.Plans.SelectMany(_ => (string[])["plan_version_proposed", "plan_version_published"]),
            .. SeedFiles.Programmes.SelectMany(programme => (string[])["programme_opened", .. programme.Allocations.Select(_ => "places_allocated")]),
        ], reference);
        Assert.Equal(reference, await EventsAfter(SeedLevel.Reference));
        var demo = await EventsAfter(seed: null);   // the default of the Development environment
        Assert.Equal(SeedFiles.Scenarios.Count(), demo.Count(type => type == "payout_settled"));
        Assert.Equal(demo, await EventsAfter(SeedLevel.Demo));

        async Task<List<string>> EventsAfter(SeedLevel? seed)
        {
            await using var host = await ClaimsHost.Create(ApiFixture.ArgumentsFor(connection), seed, TestContext.Current.CancellationToken);
            return [.. (await AllOf(host)).Select(recorded => recorded.Type)];
        }
    }

    [Fact]
    public async Task Two_hosts_that_start_at_once_on_an_empty_database_seed_it_once()
    {
        var connection = await Api.NewDatabase();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ClaimsHost.Create(ApiFixture.ArgumentsFor(connection), SeedLevel.Demo, TestContext.Current.CancellationToken)));
        try
        {
            var events = await AllOf(hosts[0]);
            Assert.Equal(SeedFiles.Scenarios.Count(), events.Count(recorded => recorded.Type == "payout_settled"));
            Assert.Equal(events.Count, events.Select(recorded => (recorded.Stream, recorded.Version)).Distinct().Count());
            foreach (var model in Engine.ReadModels)
                Assert.True((await hosts[1].App.Services.GetRequiredService<ClaimsDatabase>().Verify(model.Table, cancellation: TestContext.Current.CancellationToken)).Equal, model.Table);
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
        }
    }

    /// <summary>Everything that is stored. The feed waits for every transaction of the cluster that began before, another database's statistics too.</summary>
    private static async Task<IReadOnlyList<RecordedEvent>> AllOf(ClaimsHost host)
    {
        await using var count = host.App.Services.GetRequiredService<ClaimsDatabase>().Application.CreateCommand("SELECT count(*) FROM claims.mt_events");
        var stored = (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        for (; ; await Task.Delay(10, TestContext.Current.CancellationToken))
            if (await host.App.Services.GetRequiredService<IEventStore>().ReadFeed(FeedPosition.Start, 1000, cancellation: TestContext.Current.CancellationToken) is var events
                && events.Count == Math.Min(stored, 1000)) return events;
    }
}

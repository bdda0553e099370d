using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using ClaimsEngine.Ports;
using ClaimsEngine.Programmes;
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

    [Theory]
    [InlineData("seed/programmes/" + Sample.SeededPlan)]
    [InlineData("a key of long ago")]
    public async Task A_programme_that_was_seeded_before_it_had_a_budget_stays_as_it_is_and_the_rest_is_played(string key)
    {
        var connection = await Api.NewDatabase();
        await using (var earlier = await ClaimsHost.Create(ApiFixture.ArgumentsFor(connection), SeedLevel.None, TestContext.Current.CancellationToken))
        {
            var plan = SeedFiles.Plans.Single(plan => plan.Code == Sample.SeededPlan);
            var programme = SeedFiles.Programmes.Single(seed => (string)seed.Programme["code"]! == Sample.SeededPlan).Programme.DeepClone().AsObject();
            Assert.True(programme.Remove("budget"));
            var proposal = new JsonObject { ["effectiveFrom"] = plan.EffectiveFrom.ToString("uuuu-MM-dd", null), ["card"] = JsonSerializer.SerializeToNode(plan.Card) };
            await Send("seed-plan-admin", typeof(ProposePlanVersion), PlanVersion(plan.Code), proposal, "p");
            await Send("seed-plan-admin-2", typeof(ConfirmPlanVersion), PlanVersion(plan.Code), [], "c");
            await Send("seed-plan-admin", typeof(OpenProgramme), [], programme, key);

            async Task Send(string user, Type command, Dictionary<string, string> route, JsonObject body, string under) => Assert.IsType<Done>(
                await earlier.App.Services.GetRequiredService<CommandPipeline>().Execute(new CommandRequest(
                    Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == command), "/", route,
                    JsonSerializer.SerializeToUtf8Bytes(body), new Actor(user, [Role.PlanAdmin], RegionCode.National), VersionMatch.Any, under, under), TestContext.Current.CancellationToken));
        }

        await using var host = await ClaimsHost.Create(ApiFixture.ArgumentsFor(connection), SeedLevel.Demo, TestContext.Current.CancellationToken);
        var events = await AllOf(host);
        Assert.Null(events.Select(recorded => recorded.Data).OfType<ProgrammeOpened>().Single(opened => opened.Programme == Sample.SeededPlan).Budget);
        Assert.Equal(SeedFiles.Scenarios.Count(), events.Count(recorded => recorded.Type == "payout_settled"));

        static Dictionary<string, string> PlanVersion(string plan) => new() { ["plan"] = plan, ["version"] = "1" };
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

using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Seeds are played through the same pipeline as requests, once.</summary>
public sealed class SeedingTests(ApiFixture api) : ApiTest(api)
{
    /// <summary>As many as the scenarios tell of: the benefit of one of them goes to several heirs.</summary>
    private static int SettledPayouts => SeedFiles.Scenarios.SelectMany(scenario => scenario.Steps)
        .SelectMany(step => step.Body?["lines"]?.AsArray() ?? []).Count(line => (string)line!["outcome"]! == "settled");

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
        var connection = await Api.EmptyDatabase();
        List<string> reference;
        await using (var host = await Api.StartHost(connection))
        {
            Assert.Empty(await TypesOf(host));
            await Play(host, SeedLevel.Reference);
            reference = await TypesOf(host);
            Assert.Equal(
            [
                .. SeedFiles.Plans.SelectMany(_ => (string[])["plan_version_proposed", "plan_version_published"]),
                .. SeedFiles.Programmes.SelectMany(programme => (string[])["programme_opened",
                    .. programme.Allocations.Select(_ => "places_allocated")]),
            ], reference);
        }
        await using (var host = await Api.StartHost(connection, SeedLevel.Reference)) Assert.Equal(reference, await TypesOf(host));
        await using (var host = await Api.StartHost(connection, seed: null))   // the default of the Development environment
        {
            var demo = await TypesOf(host);
            Assert.Equal(reference, demo[..reference.Count]);
            Assert.Equal(SettledPayouts, demo.Count(type => type == "payout_settled"));
            await Play(host, SeedLevel.Demo);
            Assert.Equal(demo, await TypesOf(host));
        }

        static Task Play(ClaimsHost host, SeedLevel level) =>
            host.App.Services.GetRequiredService<SeedPlayer>().Play(level, progress: null, TestContext.Current.CancellationToken);

        static async Task<List<string>> TypesOf(ClaimsHost host) => [.. (await AllOf(host)).Select(recorded => recorded.Type)];
    }

    [Theory]
    [InlineData("seed/programmes/" + Sample.SeededPlan)]
    [InlineData("a key of long ago")]
    public async Task A_programme_that_was_seeded_before_it_had_a_budget_stays_as_it_is_and_the_rest_is_played(string key)
    {
        var connection = await Api.NewDatabase();
        await using (var earlier = await Api.StartHost(connection))
        {
            var plan = SeedFiles.Plans.Single(plan => plan.Code == Sample.SeededPlan);
            var programme =
                SeedFiles.Programmes.Single(seed => (string)seed.Programme["code"]! == Sample.SeededPlan).Programme.DeepClone().AsObject();
            Assert.True(programme.Remove("budget"));
            var proposal = new JsonObject { ["effectiveFrom"] = plan.EffectiveFrom.ToString("uuuu-MM-dd", null),
                ["card"] = JsonSerializer.SerializeToNode(plan.Card) };
            await Send("seed-plan-admin", typeof(ProposePlanVersion), PlanVersion(plan.Code), proposal, "p");
            await Send("seed-plan-admin-2", typeof(ConfirmPlanVersion), PlanVersion(plan.Code), [], "c");
            await Send("seed-plan-admin", typeof(OpenProgramme), [], programme, key);

            async Task Send(string user, Type command, Dictionary<string, string> route, JsonObject body, string under) =>
                Assert.IsType<Done>(
                await earlier.App.Services.GetRequiredService<CommandDesk>().Execute(new CommandRequest(
                    Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == command), "/", route,
                    JsonSerializer.SerializeToUtf8Bytes(body), new Actor(user, [Role.PlanAdmin], RegionCode.National), VersionMatch.Any,
                        under, under), TestContext.Current.CancellationToken));
        }

        await using var host = await Api.StartHost(connection, SeedLevel.Demo);
        var events = await AllOf(host);
        var openings = events.Select(recorded => recorded.Data).OfType<ProgrammeOpened>();
        Assert.Null(openings.Single(opened => opened.Programme == Sample.SeededPlan).Budget);
        Assert.Equal(SettledPayouts, events.Count(recorded => recorded.Type == "payout_settled"));

        static Dictionary<string, string> PlanVersion(string plan) => new() { ["plan"] = plan, ["version"] = "1" };
    }

    [Fact]
    public async Task Two_hosts_that_start_at_once_on_an_empty_database_seed_it_once()
    {
        var connection = await Api.EmptyDatabase();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Api.StartHost(connection, SeedLevel.Demo)));
        try
        {
            var events = await AllOf(hosts[0]);
            Assert.Equal(SettledPayouts, events.Count(recorded => recorded.Type == "payout_settled"));
            Assert.Equal(events.Count, events.Select(recorded => (recorded.Stream, recorded.Version)).Distinct().Count());
            foreach (var model in Engine.ReadModels)
                Assert.True((await hosts[1].App.Services.GetRequiredService<ClaimsStorage>()
                    .Upkeep.Verify(model.Table, cancellation: TestContext.Current.CancellationToken)).Equal, model.Table);
        }
        finally
        {
            foreach (var host in hosts) await host.DisposeAsync();
        }
    }

    /// <summary>Everything that is stored, once the feed has got there: it waits for every transaction that may still add
    /// something.</summary>
    private static async Task<IReadOnlyList<RecordedEvent>> AllOf(ClaimsHost host)
    {
        const int most = 1000;
        var services = host.App.Services;
        await using var count = services.GetRequiredService<ClaimsStorage>()
            .Sessions.Application.CreateCommand("SELECT count(*) FROM claims.mt_events WHERE type <> 'tombstone'");
        var stored = (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        return await Wait.For(
            () => services.GetRequiredService<EventReader>().ReadFeed(0, most, cancellation: TestContext.Current.CancellationToken),
            events => events.Count == Math.Min(stored, most), $"the feed does not hold the {stored} events that are stored");
    }
}

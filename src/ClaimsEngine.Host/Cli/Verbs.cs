using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>The verbs that run without a web server. Long ones show their progress.</summary>
public static class Verbs
{
    public static Task<int> Seed(string[] args, SeedLevel level, CancellationToken cancellation) => With(args, async engine =>
    {
        await engine.Start(cancellation);
        var played = 0;
        await AnsiConsole.Status().StartAsync("seeding", async status => played =
            await engine.Get<SeedDesk>().Play(level, new Progress<string>(name => status.Status(Markup.Escape(name))), cancellation));
        AnsiConsole.WriteLine($"Seeded: {level}. {SeedPlayer.Words(played)}");
        return 0;
    }, cancellation, mayMake: true);

    public static Task<int> Rebuild(string[] args, string readModel, CancellationToken cancellation) => With(args, async engine =>
    {
        var table = new Table().AddColumns("read model", "events", "rows", "seconds", "events/s", "differs from before");
        await AnsiConsole.Status().StartAsync("rebuilding", async status =>
        {
            var progress = new Progress<RebuildProgress>(now => status.Status($"{now.Table}: {now.Phase}, {now.Events:N0} events"));
            foreach (var name in Engine.ReadModels.Select(model => model.Table).Where(name => readModel == "all" || readModel == name))
            {
                var report = await engine.Database.Storage.Upkeep.Rebuild(name, progress, cancellation: cancellation);
                var seconds = report.Elapsed.TotalSeconds;
                table.AddRow(name, $"{report.Events:N0}", $"{report.Rows:N0}", $"{seconds:0.00}",
                    $"{report.Events / Math.Max(seconds, 0.001):N0}", report.LiveDigest == report.RebuiltDigest ? "no" : "yes");
            }
        });
        AnsiConsole.Write(table);
        return 0;
    }, cancellation);

    public static Task<int> Verify(string[] args, CancellationToken cancellation) => With(args, async engine =>
    {
        var wrong = 0;
        var table = new Table().AddColumns("what", "events", "rows", "result");
        await AnsiConsole.Status().StartAsync("verifying", async status =>
        {
            foreach (var name in Engine.ReadModels.Select(model => model.Table))
            {
                status.Status(name);
                var report = await engine.Database.Storage.Upkeep.Verify(name, cancellation: cancellation);
                if (!report.Equal) wrong++;
                table.AddRow(name, $"{report.Events:N0}", $"{report.Rows:N0}",
                    report.Equal ? "equals its replay" : "[red]DIFFERS from its replay[/]");
            }
            status.Status("books");
            var (entries, closings, faults) = await BookVerification.Of(engine.Database.Storage, engine.Get<EventReader>(), cancellation);
            wrong += faults.Count;
            table.AddRow("books", $"{entries:N0}", "", faults.Count == 0
                ? $"every entry is in balance, and {closings:N0} closings are identical when recomputed"
                : $"[red]{Markup.Escape(string.Join("; ", faults))}[/]");
            var (assessments, differing) = await Decisions(engine.Get<EventReader>(), status, cancellation);
            wrong += differing.Count;
            table.AddRow("assessments", $"{assessments:N0}", "", differing.Count == 0
                ? "identical when recomputed" : $"[red]{differing.Count} DIFFER: {string.Join(", ", differing)}[/]");
        });
        AnsiConsole.Write(table);
        return wrong == 0 ? 0 : 1;
    }, cancellation);

    public static Task<int> Token(string[] args, string user, string[] roles, RegionCode region, CancellationToken cancellation) =>
        With(args, async engine =>
        {
            var key = await ClaimsHost.TokenKeyFor(engine.Database, cancellation);
            var known = roles.Select(name => RoleNames.TryParse(name, out var role) ? role : default);
            System.Console.WriteLine(DevelopmentTokens.Issue(key, user, known, region, SystemClock.Instance.GetCurrentInstant()).Token);
            return 0;
        }, cancellation);

    /// <summary>Every claim that was assessed, computed again (promise P13).</summary>
    private static async Task<(long Assessed, List<string> Differing)> Decisions(
        EventReader events, StatusContext status, CancellationToken cancellation)
    {
        var (plans, differing, seen) = (new Dictionary<Guid, Plan>(), new List<string>(), new HashSet<Guid>());
        var filter = new FeedFilter(Type: EventTypes.NameFor(typeof(ClaimAssessed)));
        for (var after = 0L; ;)
        {
            var page = await events.ReadFeed(after, 1000, filter, cancellation);
            var claims = await StatesOf<Claim>(page.Select(recorded => recorded.Stream).Where(seen.Add));
            var unread = claims.Values.Select(PlanOf).Where(id => !plans.ContainsKey(id));
            foreach (var (id, plan) in await StatesOf<Plan>(unread)) plans[id] = plan;
            differing.AddRange(claims.Values.Where(claim => DecisionReplay.Of(claim, plans[PlanOf(claim)]) is { Identical: false })
                .Select(claim => claim.Number));
            status.Status($"assessments: {seen.Count:N0}");
            if (page.Count < 1000) return (seen.Count, differing);
            after = page[^1].Position;
        }

        static Guid PlanOf(Claim claim) => PlanId.Of(claim.Plan).Value;

        async Task<Dictionary<Guid, T>> StatesOf<T>(IEnumerable<Guid> streams) where T : AggregateState, IAggregate<T> =>
            (await events.ReadStreams([.. streams], cancellation)).ToDictionary(
                stream => stream.Key, stream => Fold.Of<T>(stream.Value.Select(recorded => recorded.Data))!);
    }

    /// <inheritdoc cref="EngineProcess.Open" path="/param"/>
    internal static async Task<int> With(
        string[] args, Func<EngineProcess, Task<int>> verb, CancellationToken cancellation, bool mayMake = false)
    {
        await using var engine = await EngineProcess.Open(args, mayMake, cancellation);
        return await verb(engine);
    }
}

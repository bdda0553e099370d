using ClaimsEngine.Claims;
using ClaimsEngine.EventStore.Projections;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>The verbs that run without a web server. Long ones show their progress.</summary>
public static class Verbs
{
    public static Task<int> Seed(string[] args, SeedLevel level, CancellationToken cancellation) => With(args, async storage =>
    {
        var player = new SeedPlayer(await ClaimsHost.PipelineFor(storage.Database, cancellation));
        await AnsiConsole.Status().StartAsync("seeding", async status =>
            await player.Play(level, new Progress<string>(name => status.Status(Markup.Escape(name))), cancellation));
        AnsiConsole.WriteLine($"Seeded: {level}.");
        return 0;
    }, cancellation);

    public static Task<int> Rebuild(string[] args, string readModel, CancellationToken cancellation) => With(args, async storage =>
    {
        var table = new Table().AddColumns("read model", "events", "rows", "seconds", "events/s", "differs from before");
        await AnsiConsole.Status().StartAsync("rebuilding", async status =>
        {
            var progress = new Progress<RebuildProgress>(now => status.Status($"{now.Table}: {now.Phase}, {now.Events:N0} events"));
            foreach (var name in Engine.ReadModels.Select(model => model.Table).Where(name => readModel == "all" || readModel == name))
            {
                var report = await storage.Database.Rebuild(name, progress, cancellation: cancellation);
                table.AddRow(name, $"{report.Events:N0}", $"{report.Rows:N0}", $"{report.Elapsed.TotalSeconds:0.00}",
                    $"{report.Events / Math.Max(report.Elapsed.TotalSeconds, 0.001):N0}", report.LiveDigest == report.RebuiltDigest ? "no" : "yes");
            }
        });
        AnsiConsole.Write(table);
        return 0;
    }, cancellation);

    public static Task<int> Verify(string[] args, CancellationToken cancellation) => With(args, async storage =>
    {
        var wrong = 0;
        var table = new Table().AddColumns("what", "events", "rows", "result");
        await AnsiConsole.Status().StartAsync("verifying", async status =>
        {
            foreach (var name in Engine.ReadModels.Select(model => model.Table))
            {
                status.Status(name);
                var report = await storage.Database.Verify(name, cancellation: cancellation);
                if (!report.Equal) wrong++;
                table.AddRow(name, $"{report.Events:N0}", $"{report.Rows:N0}", report.Equal ? "equals its replay" : "[red]DIFFERS from its replay[/]");
            }
            var (assessments, differing) = await Decisions(storage, status, cancellation);
            wrong += differing.Count;
            table.AddRow("assessments", $"{assessments:N0}", "", differing.Count == 0 ? "identical when recomputed" : $"[red]{differing.Count} DIFFER: {string.Join(", ", differing)}[/]");
        });
        AnsiConsole.Write(table);
        return wrong == 0 ? 0 : 1;
    }, cancellation);

    public static Task<int> Token(string[] args, string user, string[] roles, string region, CancellationToken cancellation) => With(args, async storage =>
    {
        var place = RegionCode.TryParse(region, out var known, out var error) ? known : throw new InvalidOperationException(error);
        var key = await ClaimsHost.TokenKeyFor(storage.Database, cancellation);
        var token = DevelopmentTokens.Issue(key, user, roles.Select(name => RoleNames.TryParse(name, out var role) ? role : default), place, SystemClock.Instance.GetCurrentInstant());
        Console.WriteLine(token.Token);
        return 0;
    }, cancellation);

    /// <summary>Every claim that was assessed, computed again (promise P13).</summary>
    private static async Task<(long Assessed, List<string> Differing)> Decisions(Storage storage, StatusContext status, CancellationToken cancellation)
    {
        var store = storage.Database.Events;
        var plans = new Dictionary<string, Plan>();
        var differing = new List<string>();
        var assessed = 0L;
        var after = FeedPosition.Start;
        for (var seen = new HashSet<Guid>(); ;)
        {
            var page = await store.ReadFeed(after, 1000, new FeedFilter(Type: EventTypes.NameFor(typeof(ClaimAssessed))), cancellation);
            foreach (var stream in page.Select(recorded => recorded.Stream).Where(seen.Add))
            {
                var claim = Fold<Claim>(await store.ReadStream(stream, cancellation: cancellation));
                if (!plans.TryGetValue(claim.Plan, out var plan))
                    plans[claim.Plan] = plan = Fold<Plan>(await store.ReadStream(PlanId.Of(claim.Plan).Value, cancellation: cancellation));
                if (!DecisionReplay.Of(claim, plan).Identical) differing.Add(claim.Number);
                status.Status($"assessments: {++assessed:N0}");
            }
            if (page.Count < 1000) return (assessed, differing);
            after = page[^1].Position;
        }
    }

    private static T Fold<T>(IReadOnlyList<RecordedEvent> events) where T : class, IAggregate<T> =>
        events.Select(recorded => recorded.Data).Aggregate((T?)null, T.Evolve)!;

    internal static async Task<int> With(string[] args, Func<Storage, Task<int>> verb, CancellationToken cancellation)
    {
        await using var storage = await Storage.Open(CommandLine.Configuration(args), cancellation);
        return await verb(storage);
    }
}

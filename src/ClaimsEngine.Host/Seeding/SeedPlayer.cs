using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Storage.Commands;
using Microsoft.AspNetCore.Routing.Template;

namespace ClaimsEngine.Host.Seeding;

/// <summary>
/// Plays the seeds through the desk that every command passes. Each step has an Idempotency-Key of its own, so playing twice
/// changes nothing, and a play that was cut off goes on where it stopped.
/// </summary>
public sealed partial class SeedPlayer(CommandDesk desk, IClock clock)
{
    private static readonly Actor Administrator = new("seed-plan-admin", [Role.PlanAdmin], RegionCode.National);
    private static readonly Actor SecondAdministrator = new("seed-plan-admin-2", [Role.PlanAdmin], RegionCode.National);

    /// <summary>What says that the thing is there already, perhaps in another form: somebody's data is never overwritten by a
    /// seed.</summary>
    private static readonly RefusalCode[] ThereAlready =
        [Refuse.PlanVersionImmutable, Refuse.ProposalPending, Refuse.ProgrammeExists, Refuse.AllocationExists, Refuse.KeyReused];

    /// <param name="progress">is told which seed is being played and which one is left out</param>
    /// <returns>how many commands of the seeds were stored now; 0 if all of them had been before</returns>
    /// <exception cref="SeedRefusedException">A seed was refused; the message says which and why.</exception>
    public async Task<int> Play(SeedLevel level, IProgress<string>? progress, CancellationToken cancellation)
    {
        var tally = new Tally(progress);
        if (level >= SeedLevel.Reference) await PlayReference(tally, cancellation);
        if (level == SeedLevel.Demo)
            foreach (var scenario in SeedFiles.Scenarios)
            {
                tally.Tell(scenario.Name);
                await PlayScenario(scenario, tally, cancellation);
            }
        return tally.Played;
    }

    /// <summary>Plays scenarios that are no files.</summary>
    /// <returns>how many commands were stored now, and of each scenario the answers that it keeps</returns>
    internal async Task<(int Played, IReadOnlyList<IReadOnlyDictionary<string, JsonObject>> Kept)> Play(
        IEnumerable<SeedFiles.Scenario> scenarios, CancellationToken cancellation)
    {
        var (tally, kept) = (new Tally(null), new List<IReadOnlyDictionary<string, JsonObject>>());
        foreach (var scenario in scenarios) kept.Add(await PlayScenario(scenario, tally, cancellation));
        return (tally.Played, kept);
    }

    /// <summary>One command of a seed.</summary>
    /// <exception cref="SeedRefusedException">It was refused.</exception>
    internal async Task<JsonObject> Do(Actor by, string send, JsonObject? body, string key, CancellationToken cancellation) =>
        await TryDo(by, send, body, key, cancellation)
            ?? throw new SeedRefusedException($"the seed '{key}' was played before in another form");

    /// <summary>The same; null where the seed was played before in another form.</summary>
    /// <exception cref="SeedRefusedException">It was refused.</exception>
    internal Task<JsonObject?> TryDo(Actor by, string send, JsonObject? body, string key, CancellationToken cancellation) =>
        Send(by, send, body, key, new Tally(null), cancellation);

    /// <summary>What a play did, for whoever started it.</summary>
    /// <param name="played">what <see cref="Play(SeedLevel, IProgress{string}, CancellationToken)"/> returned</param>
    public static string Words(int played) => played == 0
        ? "Nothing changed: all of it was there already." : $"Commands stored now: {played}.";

    private async Task PlayReference(Tally tally, CancellationToken cancellation)
    {
        foreach (var plan in SeedFiles.Plans)
        {
            tally.Tell($"{plan.Code} version {plan.Version}");
            var version = $"/api/plans/{plan.Code}/versions/{plan.Version}";
            var key = $"seed/plans/{plan.Code}/{plan.Version}";
            var proposal = new JsonObject
            {
                ["effectiveFrom"] = plan.EffectiveFrom.ToString("uuuu-MM-dd", null), ["card"] = JsonSerializer.SerializeToNode(plan.Card),
            };
            if (await Send(Administrator, $"PUT {version}", proposal, key, tally, cancellation) is not null)
                await Send(SecondAdministrator, $"POST {version}/confirmation", null, $"{key}/confirmation", tally, cancellation);
        }
        foreach (var seed in SeedFiles.Programmes)
        {
            var code = (string)seed.Programme["code"]!;
            tally.Tell($"programme {code}");
            await Send(Administrator, "POST /api/programmes", seed.Programme, $"seed/programmes/{code}", tally, cancellation);
            foreach (var allocation in seed.Allocations)
                await Send(Administrator, $"POST /api/programmes/{code}/allocations", allocation,
                    $"seed/programmes/{code}/{allocation["region"]}", tally, cancellation);
        }
    }

    /// <returns>the answers that the scenario keeps, as far as it was played</returns>
    private async Task<IReadOnlyDictionary<string, JsonObject>> PlayScenario(
        SeedFiles.Scenario scenario, Tally tally, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, JsonObject>();
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            var roles = step.As.Roles.Select(name => RoleNames.TryParse(name, out var role) ? role
                : throw new InvalidDataException($"{name} is no role"));
            var limits = HandlingRules.For(step.As.Region, step.On ?? clock.GetCurrentInstant().Date()).Limits;
            var actor = new Actor(step.As.User, [.. roles], step.As.Region, limits.For(step.As.Region));
            var body = step.Body is null ? null : JsonNode.Parse(Fill(step.Body.ToJsonString(), kept))!.AsObject();
            var answer = await Send(actor, Fill(step.Send, kept), body, $"seed/cases/{scenario.Name}/{i + 1}", tally, cancellation,
                mayBeRefused: true, on: step.On);
            if (answer is null) return kept;   // played in an earlier form, or somebody's own data is in its way: both stay as they are
            if (step.Keep is { } name) kept[name] = answer;
        }
        return kept;
    }

    /// <summary>The answer, or null if what is asked for is there already in another form, or may be refused and was.</summary>
    private async Task<JsonObject?> Send(
        Actor by, string send, JsonObject? body, string key, Tally tally, CancellationToken cancellation,
        bool mayBeRefused = false, LocalDate? on = null)
    {
        if (send.Split(' ') is not [var method, var path]) throw new InvalidDataException($"'{send}' is no method and address");
        var (useCase, values) = Engine.Modules.SelectMany(module => module.UseCases)
            .Where(candidate => candidate.Method == method && !candidate.IsInside)
            .Select(candidate => (candidate, Match(candidate.Route, path))).FirstOrDefault(match => match.Item2 is not null);
        if (values is null) throw new InvalidDataException($"no use case has the route '{send}'");

        var bytes = body is null ? default(ReadOnlyMemory<byte>) : JsonSerializer.SerializeToUtf8Bytes(body);
        var answer = await desk.Execute(new CommandRequest(useCase, path, values, bytes, by, VersionMatch.Any, key, key, on, Quiet: true),
            cancellation);
        switch (answer)
        {
            case Done done:
                if (!done.Repeated && done.Position > 0) tally.Played++;
                return JsonNode.Parse(done.Body)!.AsObject();
            case NotDone no when mayBeRefused || ThereAlready.Contains(no.Rule):
                tally.Tell($"{key} is left out: {no.Rule.Code}");
                return null;
            case NotDone no:
                throw new SeedRefusedException($"the seed '{key}' was refused: {no.Rule.Code}: {no.Detail}");
            default:
                throw new InvalidOperationException($"the seed '{key}' had no answer");
        }
    }

    private static Dictionary<string, string>? Match(string route, string path)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(path, values)
            ? values.ToDictionary(pair => pair.Key, pair => (string)pair.Value!) : null;
    }

    private static string Fill(string text, Dictionary<string, JsonObject> kept) =>
        Placeholder().Replace(text, match => (string)match.Groups[2].Value.Split('.').Aggregate(
            (JsonNode)kept[match.Groups[1].Value], (node, part) => node is JsonArray list ? list[int.Parse(part)]! : node[part]!)!);

    private sealed class Tally(IProgress<string>? progress)
    {
        public int Played { get; set; }

        public void Tell(string text) => progress?.Report(text);
    }

    [GeneratedRegex(@"\{(\w+)\.(\w+(?:\.\w+)*)\}")]
    private static partial Regex Placeholder();
}

/// <summary>A seed does not fit what is in the database.</summary>
public sealed class SeedRefusedException(string message) : Exception(message);

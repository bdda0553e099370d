using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;

namespace ClaimsEngine.Host.Seeding;

/// <summary>
/// Plays the seeds through the pipeline that every request goes through. Each step has an Idempotency-Key of its own, so playing twice
/// changes nothing, and a play that was cut off goes on where it stopped.
/// </summary>
public sealed partial class SeedPlayer(CommandPipeline pipeline)
{
    private static readonly Actor Administrator = new("seed-plan-admin", [Role.PlanAdmin], RegionCode.National);
    private static readonly Actor SecondAdministrator = new("seed-plan-admin-2", [Role.PlanAdmin], RegionCode.National);

    /// <summary>What says that the thing is there already, perhaps in another form: somebody's data is never overwritten by a seed.</summary>
    private static readonly RefusalCode[] ThereAlready =
        [Refuse.PlanVersionImmutable, Refuse.ProposalPending, Refuse.ProgrammeExists, Refuse.AllocationExists, Refuse.KeyReused];

    /// <exception cref="InvalidOperationException">A seed was refused; the message says which and why.</exception>
    public async Task Play(SeedLevel level, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (level >= SeedLevel.Reference) await PlayReference(progress, cancellation);
        if (level >= SeedLevel.Demo)
            foreach (var scenario in SeedFiles.Scenarios)
            {
                progress?.Report(scenario.Name);
                await PlayScenario(scenario, progress, cancellation);
            }
    }

    private async Task PlayReference(IProgress<string>? progress, CancellationToken cancellation)
    {
        foreach (var plan in SeedFiles.Plans)
        {
            progress?.Report($"{plan.Code} version {plan.Version}");
            var version = $"/api/plans/{plan.Code}/versions/{plan.Version}";
            var proposed = await Send(Administrator, $"PUT {version}",
                new JsonObject { ["effectiveFrom"] = plan.EffectiveFrom.ToString("uuuu-MM-dd", null), ["card"] = JsonSerializer.SerializeToNode(plan.Card) },
                $"seed/plans/{plan.Code}/{plan.Version}", progress, cancellation);
            if (proposed is not null)
                await Send(SecondAdministrator, $"POST {version}/confirmation", null, $"seed/plans/{plan.Code}/{plan.Version}/confirmation", progress, cancellation);
        }
        foreach (var seed in SeedFiles.Programmes)
        {
            var code = (string)seed.Programme["code"]!;
            progress?.Report($"programme {code}");
            await Send(Administrator, "POST /api/programmes", seed.Programme, $"seed/programmes/{code}", progress, cancellation);
            foreach (var allocation in seed.Allocations)
                await Send(Administrator, $"POST /api/programmes/{code}/allocations", allocation, $"seed/programmes/{code}/{allocation["region"]}", progress, cancellation);
        }
    }

    private async Task PlayScenario(SeedFiles.Scenario scenario, IProgress<string>? progress, CancellationToken cancellation)
    {
        var kept = new Dictionary<string, JsonObject>();
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            var roles = step.As.Roles.Select(name => RoleNames.TryParse(name, out var role) ? role : throw new InvalidDataException($"{name} is no role"));
            var actor = new Actor(step.As.User, [.. roles], step.As.Region, ApprovalLimits.Assumed.For(step.As.Region));
            var body = step.Body is null ? null : JsonNode.Parse(Fill(step.Body.ToJsonString(), kept))!.AsObject();
            var answer = await Send(actor, Fill(step.Send, kept), body, $"seed/cases/{scenario.Name}/{i + 1}", progress, cancellation, mayBeRefused: true);
            if (answer is null) return;   // played in an earlier form, or somebody's own data is in its way: both stay as they are
            if (step.Keep is { } name) kept[name] = answer;
        }
    }

    /// <summary>The answer, or null if what is asked for is there already in another form, or may be refused and was.</summary>
    private async Task<JsonObject?> Send(
        Actor by, string send, JsonObject? body, string key, IProgress<string>? progress, CancellationToken cancellation, bool mayBeRefused = false)
    {
        var (method, path) = send.Split(' ') is [var verb, var address] ? (verb, address) : throw new InvalidDataException($"'{send}' is no method and address");
        var (useCase, values) = Engine.Modules.SelectMany(module => module.UseCases)
            .Select(candidate => (Candidate: candidate, Values: candidate.Method == method ? Match(candidate.Route, path) : null))
            .Where(match => match.Values is not null).Select(match => (match.Candidate, match.Values!)).FirstOrDefault();
        if (useCase is null) throw new InvalidDataException($"no use case has the route '{send}'");

        var answer = await pipeline.Execute(
            new CommandRequest(useCase, path, values, body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body), by, VersionMatch.Any, key, key), cancellation);
        switch (answer)
        {
            case Done done:
                return JsonNode.Parse(done.Body)!.AsObject();
            case NotDone no when mayBeRefused || ThereAlready.Contains(no.Rule):
                progress?.Report($"{key} is left out: {no.Rule.Code}");
                return null;
            case NotDone no:
                throw new InvalidOperationException($"the seed '{key}' was refused: {no.Rule.Code}: {no.Detail}");
            default:
                throw new InvalidOperationException($"the seed '{key}' had no answer");
        }
    }

    private static Dictionary<string, string>? Match(string route, string path)
    {
        string[] pattern = route.Split('/'), parts = path.Split('/');
        if (pattern.Length != parts.Length) return null;
        var values = new Dictionary<string, string>();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i].StartsWith('{')) values[pattern[i].Trim('{', '}').Split(':')[0]] = parts[i];
            else if (pattern[i] != parts[i]) return null;
        }
        return values;
    }

    private static string Fill(string text, Dictionary<string, JsonObject> kept) =>
        Placeholder().Replace(text, match => (string)kept[match.Groups[1].Value][match.Groups[2].Value]!);

    [GeneratedRegex(@"\{(\w+)\.(\w+)\}")]
    private static partial Regex Placeholder();
}

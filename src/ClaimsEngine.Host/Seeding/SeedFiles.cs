using System.Text.Json.Nodes;
using System.Text.Json;

namespace ClaimsEngine.Host.Seeding;

/// <summary>The files of <c>seeds/</c>, as they were compiled into the host.</summary>
public static class SeedFiles
{
    /// <summary>A version of a plan, under its code.</summary>
    public sealed record PlanSeed(string Code, int Version, LocalDate EffectiveFrom, JsonElement Card);

    /// <summary>A programme as it would be sent, and its allocations.</summary>
    public sealed record ProgrammeSeed(JsonObject Programme, IReadOnlyList<JsonObject> Allocations);

    /// <summary>A case told as requests. <paramref name="Name"/> is part of every Idempotency-Key, so a scenario is played once.</summary>
    public sealed record Scenario(string Name, string About, IReadOnlyList<ScenarioStep> Steps);

    /// <param name="As">who sends it</param>
    /// <param name="Send">method and address; <c>{claim.id}</c> stands for a member of an answer that was kept,
    /// <c>{decided.payouts.0}</c> for an item of a list in it</param>
    /// <param name="Keep">the name under which the answer is kept</param>
    /// <param name="On">the past day by whose rules it is decided, as in an import: certificates of past years; null is today</param>
    public sealed record ScenarioStep(
        ScenarioActor As, string Send, JsonObject? Body = null, string? Keep = null, LocalDate? On = null);

    public sealed record ScenarioActor(string User, IReadOnlyList<string> Roles, RegionCode Region);

    public static IEnumerable<PlanSeed> Plans =>
        Read<PlanSeed>("seeds/plans/").OrderBy(plan => plan.Code, StringComparer.Ordinal).ThenBy(plan => plan.Version);

    public static IEnumerable<ProgrammeSeed> Programmes => Read<ProgrammeSeed>("seeds/programmes/");

    public static IEnumerable<Scenario> Scenarios => Read<Scenario>("seeds/cases/");

    private static IEnumerable<T> Read<T>(string folder)
    {
        var assembly = typeof(SeedFiles).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<T>(stream, ClaimsJson.Options) ?? throw new InvalidDataException($"{name} is empty");
        }
    }
}

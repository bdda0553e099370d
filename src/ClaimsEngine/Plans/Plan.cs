namespace ClaimsEngine.Plans;

/// <summary>A plan of mutual aid and all versions of its rules.</summary>
public sealed record Plan(string Code, IReadOnlyList<PlanVersion> Versions) : IAggregate<Plan>
{
    public static string StreamType => "plan";

    public Guid StreamId => PlanId.Of(Code).Value;
    public RegionCode? Scope => null;
    public PlanVersion Latest => Versions[^1];

    public PlanVersion? Version(int number) => number >= 1 && number <= Versions.Count ? Versions[number - 1] : null;

    /// <summary>The version whose rules bind a cover that begins on this day: the last one effective by then.</summary>
    public PlanVersion? EffectiveOn(LocalDate day) => Versions.LastOrDefault(version => version.EffectiveFrom <= day);

    public static Plan? Evolve(Plan? state, object @event) => @event switch
    {
        PlanVersionPublished e => new Plan(e.Plan,
        [
            .. state?.Versions ?? [],
            new PlanVersion(e.Version, e.EffectiveFrom, e.Card, StrictJson.Read<PlanCard>(e.Card).Value!, e.RuleHash, e.By),
        ]),
        _ => state,
    };
}

public sealed record PlanVersion(int Number, LocalDate EffectiveFrom, System.Text.Json.JsonElement Json, PlanCard Card, string RuleHash, string PublishedBy);

using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>A plan of mutual aid: all published versions of its rules, and the next one while it waits for its confirmation.</summary>
public sealed record Plan(string Code, IReadOnlyList<PlanVersion> Versions, PlanProposal? Proposal = null)
    : AggregateState, IAggregate<Plan>
{
    public static string StreamType => "plan";

    public override Guid StreamId => PlanId.Of(Code).Value;
    public override RegionCode? Scope => null;

    /// <summary>Null while the first version waits for its confirmation.</summary>
    public PlanVersion? Latest => Versions.Count == 0 ? null : Versions[^1];

    public PlanVersion? Version(int number) => number >= 1 && number <= Versions.Count ? Versions[number - 1] : null;

    /// <summary>The version whose rules bind a cover that begins on this day: the last one effective by then.</summary>
    public PlanVersion? EffectiveOn(LocalDate day) => Versions.LastOrDefault(version => version.EffectiveFrom <= day);

    /// <summary>The version that binds a certificate or a claim.</summary>
    public static async Task<PlanVersion> BoundVersion(IRecords records, string plan, int version) =>
        (await records.Get<Plan>(PlanId.Of(plan).Value)).Version(version)!;

    public static Plan? Evolve(Plan? state, object @event) => @event switch
    {
        PlanVersionProposed e => (state ?? new Plan(e.Plan, [])) with
        {
            Proposal = new PlanProposal(e.Version, e.EffectiveFrom, e.Card, CardReading.OfRecord(e.Card), e.RuleHash, e.By),
        },
        PlanVersionPublished e => new Plan(e.Plan,
        [
            .. state?.Versions ?? [],
            new PlanVersion(e.Version, e.EffectiveFrom, e.Card, CardReading.OfRecord(e.Card), e.RuleHash, e.By, e.ConfirmedBy),
        ]),
        PlanVersionRejected when state is not null => state with { Proposal = null },
        _ => state,
    };
}

/// <param name="PublishedBy">who proposed it</param>
/// <param name="ConfirmedBy">the second person; null for versions of before confirmations were asked for</param>
public sealed record PlanVersion(
    int Number, LocalDate EffectiveFrom, JsonElement Json, PlanCard Card, string RuleHash, string PublishedBy, string? ConfirmedBy = null);

/// <summary>A version that a second plan administrator has yet to confirm. It binds nobody.</summary>
public sealed record PlanProposal(int Number, LocalDate EffectiveFrom, JsonElement Json, PlanCard Card, string RuleHash, string ProposedBy);

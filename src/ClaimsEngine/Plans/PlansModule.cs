using System.Text.Json;

namespace ClaimsEngine.Plans;

public static class PlansModule
{
    public static Module Create() => new Module("plans")
        .Stores<Plan>(typeof(PlanVersionProposed), typeof(PlanVersionPublished), typeof(PlanVersionRejected))
        .Creates<ProposePlanVersion, Plan>("/api/plans/{plan}/versions/{version:int}", Role.PlanAdmin,
            "Propose an immutable version of a plan's rules; "
                + "a second plan administrator's confirmation, or the same sent by one, publishes it", method: "PUT")
        .On<ConfirmPlanVersion, Plan>("/api/plans/{plan}/versions/{version:int}/confirmation", Role.PlanAdmin, c => PlanId.Of(c.Plan).Value,
            "Confirm a proposed version as a second person: it is published")
        .On<RejectPlanVersion, Plan>("/api/plans/{plan}/versions/{version:int}/rejection", Role.PlanAdmin, c => PlanId.Of(c.Plan).Value,
            "Reject a proposed version")
        .Shows<Plan, PlanView>("/api/plans/{plan}", code => PlanId.Of(code).Value, plan => $"/api/plans/{plan.Code}", PlanView.Of,
            "A plan with all its versions")
        .Projects(PlanCatalogue.Model)
        .Offers(new ListRoute("/api/plans", PlanCatalogue.Model, RegionColumn: null, "The plans", [],
            new ListFilter("organiser", nameof(PlanRow.Organiser))));
}

/// <summary>How a plan is shown: each version's card as it was published, and what is proposed.</summary>
/// <param name="Name">of the newest card; null after the first proposal was rejected</param>
/// <param name="LatestVersion">0 while nothing is published</param>
public sealed record PlanView(string Code, LocalName? Name, string? Organiser, int LatestVersion, IReadOnlyList<PlanVersionView> Versions,
    PlanVersionView? Proposal = null)
{
    public static Task<PlanView> Of(Plan plan, IRecords records)
    {
        var card = plan.Latest?.Card ?? plan.Proposal?.Card;
        return Task.FromResult(new PlanView(plan.Code, card?.Name, card?.Organiser, plan.Versions.Count,
            [.. plan.Versions.Select(version => PlanVersionView.Of(plan, version))],
            plan.Proposal is null ? null : PlanVersionView.Of(plan, plan.Proposal)));
    }
}

/// <param name="Assumed">what the card assumes because it was not published; empty when all is published</param>
/// <param name="NotPublished">rules that the source does not publish, by path: asking for them is refused</param>
/// <param name="Readings">how the text is read now where it leaves room: the card's own readings, and the interpreter's in their
/// place</param>
/// <param name="Differences">from the version before; empty for the first</param>
public sealed record PlanVersionView(
    string Plan, int Version, PlanVersionStatus Status, LocalDate EffectiveFrom, string RuleHash, string Interpreter,
    IReadOnlyList<Assumption> Assumed, IReadOnlyList<string> NotPublished, IReadOnlyList<Reading> Readings, JsonElement Card,
    IReadOnlyList<FieldDifference> Differences, string PublishedBy, string? ConfirmedBy = null)
{
    public static PlanVersionView Of(Plan plan, PlanVersion version) => new(
        plan.Code, version.Number, PlanVersionStatus.Published, version.EffectiveFrom, version.RuleHash,
        Adjudication.InterpreterFor(version.Card), version.Card.Assumed ?? [], version.Card.NotPublished ?? [],
        Plans.Readings.Of(version.Card), version.Json,
        Since(plan, version.Number, version.Json), version.PublishedBy, version.ConfirmedBy);

    public static PlanVersionView Of(Plan plan, PlanProposal proposal) => new(
        plan.Code, proposal.Number, PlanVersionStatus.Proposed, proposal.EffectiveFrom, proposal.RuleHash,
        Adjudication.InterpreterFor(proposal.Card), proposal.Card.Assumed ?? [], proposal.Card.NotPublished ?? [],
        Plans.Readings.Of(proposal.Card), proposal.Json,
        Since(plan, proposal.Number, proposal.Json), proposal.ProposedBy);

    private static IReadOnlyList<FieldDifference> Since(Plan plan, int number, JsonElement json) =>
        plan.Version(number - 1) is { } before ? FieldDifference.Between(before.Json, json) : [];
}

public enum PlanVersionStatus { Proposed, Published }

namespace ClaimsEngine.Plans;

/// <summary>A second plan administrator confirms a proposed version, and with that publishes it. Four eyes: never who proposed it.</summary>
/// <param name="RuleHash">of the card that was read; another card proposed meanwhile is then not confirmed unseen, even with <c>If-Match: *</c></param>
public sealed record ConfirmPlanVersion(string Plan, int Version, string? RuleHash = null);

public static class ConfirmPlanVersionHandler
{
    public static async Task<Decision> Run(ConfirmPlanVersion command, IUseCaseContext context) =>
        await context.Find<Plan>(PlanId.Of(command.Plan).Value) is { } plan ? Handle(command, plan, context.By) : Refuse.NotFound("plan");

    public static Decision Handle(ConfirmPlanVersion command, Plan plan, Actor by)
    {
        if (plan.Version(command.Version) is not null) return Decision.Nothing;
        if (plan.Proposal is not { } proposal || proposal.Number != command.Version) return Refuse.NotFound("proposed version");
        if (command.RuleHash is { } read && read != proposal.RuleHash)
            return new Refusal(Refuse.ProposalPending, $"{proposal.ProposedBy} proposes another card now: {proposal.RuleHash}", "ruleHash");
        if (proposal.ProposedBy == by.Id) return Refuse.SamePerson(by, "proposed the version", "confirm it");
        if (!Governance.Holds(by, proposal.Card, plan))
            return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name}; the plan reaches further", "card.eligibility.regions");
        return Publish(plan, proposal, by);
    }

    internal static Decision Publish(Plan plan, PlanProposal proposal, Actor by) => Decision.On<Plan>(plan.StreamId, new PlanVersionPublished(
        plan.Code, proposal.Number, proposal.EffectiveFrom, proposal.Json, proposal.RuleHash, proposal.ProposedBy, by.Id));
}

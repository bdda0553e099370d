namespace ClaimsEngine.Plans;

/// <summary>A second plan administrator publishes a proposed version. Four eyes: never who proposed it.</summary>
/// <param name="RuleHash">of the card that was read, so that no other is confirmed unseen, even with <c>If-Match: *</c></param>
public sealed record ConfirmPlanVersion(string Plan, int Version, string? RuleHash = null) : Command;

public static class ConfirmPlanVersionHandler
{
    public static Task<Plan> LoadAsync(ConfirmPlanVersion command, IUseCaseContext context) =>
        context.Get<Plan>(PlanId.Of(command.Plan).Value);

    public static Decision Handle(ConfirmPlanVersion command, Plan plan, Actor by)
    {
        if (plan.Version(command.Version) is { } published) return Again(command, published, plan, by);
        if (plan.Proposal is not { } proposal || proposal.Number != command.Version) return Refuse.NotFound("proposed version");
        if (command.RuleHash is { } read && read != proposal.RuleHash)
            return new Refusal(Refuse.ProposalPending, $"{proposal.ProposedBy} proposes another card now: {proposal.RuleHash}", "ruleHash");
        if (proposal.ProposedBy == by.Id) return Refuse.SamePerson(by, "proposed the version", "confirm it");
        if (Governance.Broken(by, proposal.Card, plan) is { } refusal) return refusal;
        return Publish(plan, proposal, by);
    }

    /// <summary>It is published already: nothing changes, and what this person may not do is refused all the same.</summary>
    private static Decision Again(ConfirmPlanVersion command, PlanVersion published, Plan plan, Actor by)
    {
        if (command.RuleHash is { } read && read != published.RuleHash)
            return new Refusal(Refuse.PlanVersionImmutable,
                $"version {published.Number} was published with {published.RuleHash}", "ruleHash");
        if (published.PublishedBy == by.Id) return Refuse.SamePerson(by, "proposed the version", "confirm it");
        return Governance.Broken(by, published.Card, plan) is { } refusal ? refusal : Decision.Nothing;
    }

    internal static Decision Publish(Plan plan, PlanProposal proposal, Actor by) => Decision.On(plan, new PlanVersionPublished(
        plan.Code, proposal.Number, proposal.EffectiveFrom, proposal.Json, proposal.RuleHash, proposal.ProposedBy, by.Id));
}

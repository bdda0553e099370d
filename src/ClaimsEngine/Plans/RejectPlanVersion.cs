using FluentValidation;

namespace ClaimsEngine.Plans;

/// <summary>A proposed version is not to be published; another card may then be proposed for it. Who proposed it may take it back.</summary>
public sealed record RejectPlanVersion(string Plan, int Version, string Reason)
{
    public sealed class Validator : AbstractValidator<RejectPlanVersion>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class RejectPlanVersionHandler
{
    public static async Task<Decision> Run(RejectPlanVersion command, IUseCaseContext context) =>
        await context.Find<Plan>(PlanId.Of(command.Plan).Value) is { } plan ? Handle(command, plan, context.By) : Refuse.NotFound("plan");

    public static Decision Handle(RejectPlanVersion command, Plan plan, Actor by)
    {
        if (plan.Version(command.Version) is not null)
            return new Refusal(Refuse.PlanVersionImmutable, $"version {command.Version} of {plan.Code} is published", "version");
        if (plan.Proposal is not { } proposal || proposal.Number != command.Version) return Refuse.NotFound("proposed version");
        if (!Governance.Holds(by, proposal.Card, plan))
            return new Refusal(Refuse.OutsideRegion, $"{by.Id} acts for {by.Region.Name}; the plan reaches further", "card.eligibility.regions");
        return Decision.On<Plan>(plan.StreamId, new PlanVersionRejected(plan.Code, proposal.Number, proposal.RuleHash, command.Reason, by.Id));
    }
}

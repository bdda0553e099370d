using FluentValidation;

namespace ClaimsEngine.Plans;

/// <summary>A proposed version is not to be published, and another may be proposed. Who proposed it may take it back.</summary>
public sealed record RejectPlanVersion(string Plan, int Version, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<RejectPlanVersion>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class RejectPlanVersionHandler
{
    public static Task<Plan> LoadAsync(RejectPlanVersion command, IUseCaseContext context) =>
        context.Get<Plan>(PlanId.Of(command.Plan).Value);

    public static Decision Handle(RejectPlanVersion command, Plan plan, Actor by)
    {
        if (plan.Version(command.Version) is not null)
            return new Refusal(Refuse.PlanVersionImmutable, $"version {command.Version} of {plan.Code} is published", "version");
        if (plan.Proposal is not { } proposal || proposal.Number != command.Version) return Refuse.NotFound("proposed version");
        if (Governance.Broken(by, proposal.Card, plan) is { } refusal) return refusal;
        return Decision.On(plan, new PlanVersionRejected(plan.Code, proposal.Number, proposal.RuleHash, command.Reason, by.Id));
    }
}

using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A second person approves an assessed claim. Four eyes: never who submitted it, never who assessed it. Claim, enrolment and payout move together.</summary>
/// <param name="Amount">at most what was assessed, at most the approver's limit; 0.00 only where nothing is payable and the claim counts toward a deductible</param>
public sealed record ApproveClaim(ClaimId Claim, Money Amount, string Reason)
{
    public sealed class Validator : AbstractValidator<ApproveClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount >= Money.Zero).WithMessage("an approved amount is not below 0.00");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ApproveClaimHandler
{
    public static async Task<Decision> Run(ApproveClaim command, IUseCaseContext context)
    {
        if (await context.Find<Claim>(command.Claim.Value) is not { } claim) return Refuse.NotFound("claim");
        if (await context.FindAnywhere<Enrolment>(claim.Enrolment.Value) is not { } enrolment) return Refuse.NotFound("enrolment");
        var plan = await context.Find<Plan>(PlanId.Of(claim.Plan).Value);
        var account = await context.FindAnywhere<BenefitAccount>(BenefitAccount.IdOf(claim.Member));
        return Handle(command, claim, enrolment, account, plan!.Version(claim.PlanVersion)!.Card, context.By, context.Now.Date(), new PayoutId(context.NewId()));
    }

    public static Decision Handle(
        ApproveClaim command, Claim claim, Enrolment enrolment, BenefitAccount? account, PlanCard card, Actor by, LocalDate today, PayoutId payout) => claim switch
    {
        { Status: ClaimStatus.Approved } when claim.Outcome!.Amount == command.Amount => Decision.Nothing,   // deciding twice changes nothing
        { Status: not ClaimStatus.Assessed } => Refuse.WrongStateOf("claim", claim.Status, "assessed"),
        _ when claim.WasHandledBy(by) => Refuse.SamePerson(by, "submitted or assessed the claim", "decide it"),
        _ when !enrolment.Covers(claim.Incident.Date) => Enrolment.NotInForce(enrolment),
        _ when command.Amount > by.ApprovalLimit => new Refusal(Refuse.OverLimit, $"{by.Id} may approve up to {by.ApprovalLimit} yuan", "amount"),
        _ when claim.Assessment!.ReviewLevel is { } level && by.Region.Level > (int)level =>
            new Refusal(Refuse.OverLimit, $"by the plan this amount is decided by the {level.ToString().ToLowerInvariant()} union or above", "amount"),
        _ when !AssessClaimHandler.FactsOf(claim, enrolment, account, card).SameAs(claim.Assessment.Facts) =>
            new Refusal(Refuse.AssessmentOutdated, $"{enrolment.Used} yuan is used now; the assessment reckoned with {claim.Assessment.Facts.Used} or with other counters"),
        _ when command.Amount > claim.Assessment.Amount => new Refusal(Refuse.AboveAssessed, $"{claim.Assessment.Amount} yuan was assessed", "amount"),
        _ when !command.Amount.IsPositive && (claim.Assessment.Amount.IsPositive || claim.Assessment.Consumed is not { Counts: true }) =>
            new Refusal(Refuse.NothingToApprove, "nothing is payable and nothing counts on: refuse the claim with its grounds", "amount"),
        _ when !command.Amount.IsPositive => Granted(command, claim, enrolment, card, by, null),
        _ => Granted(command, claim, enrolment, card, by, payout)
            .And(Decision.On<Payout>(payout.Value, new PayoutOrdered(
                payout, claim.Id, claim.Number, enrolment.Id, claim.Plan, claim.Programme, claim.Region, claim.Incident.Kind, command.Amount,
                claim.Payee, claim.Account, today, by.Id)))
            .Taking(Payout.LiveKey(claim.Id, claim.Incident.Kind), payout.Value, new Refusal(Refuse.PayoutLive, "this benefit has a live payout")),
    };

    private static Decision Granted(ApproveClaim command, Claim claim, Enrolment enrolment, PlanCard card, Actor by, PayoutId? payout)
    {
        var kind = claim.Incident.Kind;
        return Decision.On<Claim>(claim.StreamId, new ClaimApproved(command.Amount, payout, by.Id, command.Reason))
            .And(Decision.On<Enrolment>(enrolment.StreamId, new BenefitUsed(claim.Id, payout, command.Amount, by.Id, kind, claim.Assessment!.Consumed)))
            .And(Decision.On<BenefitAccount>(BenefitAccount.IdOf(claim.Member),
                new BenefitCounted(claim.Member, claim.Id, claim.Plan, card.Caps?.AcrossPlans?.Group, kind, command.Amount, by.Id)).Within(claim.Region));
    }
}

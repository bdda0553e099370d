using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A second person approves an assessed claim. Four eyes: never who submitted it, never who assessed it. Claim, enrolment and payout move together.</summary>
/// <param name="Amount">at most what was assessed, at most the approver's limit</param>
public sealed record ApproveClaim(ClaimId Claim, Money Amount, string Reason)
{
    public sealed class Validator : AbstractValidator<ApproveClaim>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("an approved amount is more than 0.00");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ApproveClaimHandler
{
    public static async Task<Decision> Run(ApproveClaim command, IUseCaseContext context) =>
        await context.Find<Claim>(command.Claim.Value) is not { } claim ? Refuse.NotFound("claim")
        : await context.FindAnywhere<Enrolment>(claim.Enrolment.Value) is not { } enrolment ? Refuse.NotFound("enrolment")
        : Handle(command, claim, enrolment, context.By, context.Now.Date(), new PayoutId(context.NewId()));

    public static Decision Handle(ApproveClaim command, Claim claim, Enrolment enrolment, Actor by, LocalDate today, PayoutId payout) => claim switch
    {
        { Status: ClaimStatus.Approved } when claim.Outcome!.Amount == command.Amount => Decision.Nothing,   // deciding twice changes nothing
        { Status: not ClaimStatus.Assessed } => Refuse.WrongStateOf("claim", claim.Status, "assessed"),
        _ when claim.WasHandledBy(by) => Refuse.SamePerson(by, "submitted or assessed the claim", "decide it"),
        _ when command.Amount > by.ApprovalLimit => new Refusal(Refuse.OverLimit, $"{by.Id} may approve up to {by.ApprovalLimit} yuan", "amount"),
        _ when claim.Assessment!.Facts.Used != enrolment.Used =>
            new Refusal(Refuse.AssessmentOutdated, $"{enrolment.Used} yuan is used now; the assessment reckoned with {claim.Assessment.Facts.Used}"),
        _ when command.Amount > claim.Assessment.Amount => new Refusal(Refuse.AboveAssessed, $"{claim.Assessment.Amount} yuan was assessed", "amount"),
        _ => Decision.On<Claim>(claim.StreamId, new ClaimApproved(command.Amount, payout, by.Id, command.Reason))
            .And(Decision.On<Enrolment>(enrolment.StreamId, new BenefitUsed(claim.Id, payout, command.Amount, by.Id)))
            .And(Decision.On<Payout>(payout.Value, new PayoutOrdered(
                payout, claim.Id, claim.Number, enrolment.Id, claim.Plan, claim.Programme, claim.Region, claim.Incident.Kind, command.Amount,
                claim.Payee, claim.Account, today, by.Id)))
            .Taking(Payout.LiveKey(claim.Id, claim.Incident.Kind), payout.Value, new Refusal(Refuse.PayoutLive, "this benefit has a live payout")),
    };
}

using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Takes a certificate back: before its cover begins, or within its term unless the plan pays nothing back, which leaves no exit (CCEIA 2011, accident: 中途不得退保).
/// Never after a benefit was granted. What the payers get back is recorded with it; no payment of it is built.
/// </summary>
public sealed record CancelEnrolment(EnrolmentId Enrolment, string Reason)
{
    public sealed class Validator : AbstractValidator<CancelEnrolment>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class CancelEnrolmentHandler
{
    public static async Task<Decision> Run(CancelEnrolment command, IUseCaseContext context)
    {
        if (await context.Find<Enrolment>(command.Enrolment.Value) is not { } enrolment) return Refuse.NotFound("enrolment");
        var plan = await context.Find<Plan>(PlanId.Of(enrolment.Plan).Value);
        return Handle(command, enrolment, plan!.Version(enrolment.PlanVersion)!.Card, context.By, context.Now.Date());
    }

    public static Decision Handle(CancelEnrolment command, Enrolment enrolment, PlanCard card, Actor by, LocalDate today) => enrolment switch
    {
        { Status: EnrolmentStatus.Cancelled } => Decision.Nothing,
        { Status: not (EnrolmentStatus.Pending or EnrolmentStatus.InForce) } => Refuse.WrongStateOf("enrolment", enrolment.Status, "pending", "inForce"),
        { Benefits: > 0 } => new Refusal(Refuse.BenefitDrawn, $"{enrolment.Used} yuan was granted"),
        _ when enrolment.Status == EnrolmentStatus.Pending || today < enrolment.CoverFrom =>
            enrolment.EndedBy(new EnrolmentCancelled(command.Reason, null, by.Id, Refunds(enrolment, today))),
        _ when card.Refund == RefundKind.None => new Refusal(Refuse.NoExit, $"cover began on {enrolment.CoverFrom:uuuu-MM-dd} and the plan pays nothing back"),
        _ when today > enrolment.CoverTo => new Refusal(Refuse.NoExit, $"cover ended on {enrolment.CoverTo:uuuu-MM-dd}"),
        // what a plan of refunded units promises it pays at expiry, not before (Shanghai 2006, 410 yuan); of any other nothing is published that is paid back
        _ when card.Refund == RefundKind.AtExpiry && Price.IsRefunded(card, enrolment.CoverTier, enrolment.Contribution, enrolment.Units) =>
            enrolment.EndedBy(new EnrolmentCancelled(command.Reason, today, by.Id, Refunds(enrolment, enrolment.CoverTo.PlusDays(1)))),
        _ => enrolment.EndedBy(new EnrolmentCancelled(command.Reason, today, by.Id)),
    };

    /// <summary>All that was paid, to whom it came from; null if nothing was.</summary>
    private static IReadOnlyList<Refund>? Refunds(Enrolment enrolment, LocalDate dueOn) => enrolment.Paid.Count == 0 ? null
        : [.. enrolment.Paid.Select(paid => paid.Payer).Distinct().Select(payer => new Refund(payer, enrolment.PaidBy(payer), dueOn))];
}

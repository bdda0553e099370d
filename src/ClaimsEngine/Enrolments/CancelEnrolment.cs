using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Takes a certificate back: before its cover begins, or within its term unless the plan pays nothing back, which leaves no exit (CCEIA
/// 2011, accident: 中途不得退保). Never after a benefit was granted. What the payers get back is recorded with it; finance orders
/// its payment (<c>OrderRefunds</c>).
/// </summary>
public sealed record CancelEnrolment(EnrolmentId Enrolment, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<CancelEnrolment>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class CancelEnrolmentHandler
{
    /// <returns>the certificate, and the card of the plan version that binds it</returns>
    public static async Task<(Enrolment, PlanCard)> LoadAsync(CancelEnrolment command, IUseCaseContext context)
    {
        var enrolment = await context.Get<Enrolment>(command.Enrolment.Value);
        return (enrolment, (await Plan.BoundVersion(context, enrolment.Plan, enrolment.PlanVersion)).Card);
    }

    public static Decision Handle(CancelEnrolment command, Enrolment enrolment, PlanCard card, Actor by, LocalDate today)
    {
        if (enrolment.Status == EnrolmentStatus.Cancelled) return Decision.Nothing;
        if (!enrolment.IsLive) return enrolment.NotLive();
        if (enrolment.Benefits > 0) return new Refusal(Refuse.BenefitDrawn, $"{enrolment.Used} yuan was granted");
        if (enrolment.Status == EnrolmentStatus.Pending || today < enrolment.CoverFrom)
            return enrolment.EndedBy(new EnrolmentCancelled(command.Reason, null, by.Id, Refunds(enrolment, today)));
        if (card.Refund == RefundKind.None)
            return new Refusal(Refuse.NoExit, $"cover began on {enrolment.CoverFrom:uuuu-MM-dd} and the plan pays nothing back");
        if (today > enrolment.CoverTo) return new Refusal(Refuse.NoExit, $"cover ended on {enrolment.CoverTo:uuuu-MM-dd}");

        // refunded units are paid back at expiry, not before (Shanghai 2006, 410 yuan); of any other no source publishes a refund
        var refunded = card.Refund == RefundKind.AtExpiry
            && Price.IsRefunded(card, enrolment.CoverTier, enrolment.Contribution, enrolment.Units);
        return enrolment.EndedBy(new EnrolmentCancelled(
            command.Reason, today, by.Id, refunded ? Refunds(enrolment, enrolment.CoverTo.PlusDays(1)) : null));
    }

    /// <summary>All that was paid, to whom it came from; null if nothing was.</summary>
    private static IReadOnlyList<Refund>? Refunds(Enrolment enrolment, LocalDate dueOn) => enrolment.Paid.Count == 0 ? null
        : [.. enrolment.Paid.Select(paid => paid.Payer).Distinct().Select(payer => new Refund(payer, enrolment.PaidBy(payer), dueOn))];
}

using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Takes a certificate back: before its cover begins, or within its term unless the plan pays nothing back, which leaves no exit (CCEIA 2011, accident: 中途不得退保).
/// Never after a benefit was granted.
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
        _ when enrolment.Status == EnrolmentStatus.Pending || today < enrolment.CoverFrom => enrolment.EndedBy(new EnrolmentCancelled(command.Reason, null, by.Id)),
        _ when card.Refund == RefundKind.None => new Refusal(Refuse.NoExit, $"cover began on {enrolment.CoverFrom:uuuu-MM-dd} and the plan pays nothing back"),
        _ when today > enrolment.CoverTo => new Refusal(Refuse.NoExit, $"cover ended on {enrolment.CoverTo:uuuu-MM-dd}"),
        _ => enrolment.EndedBy(new EnrolmentCancelled(command.Reason, today, by.Id)),
    };
}

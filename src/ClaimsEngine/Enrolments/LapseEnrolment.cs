using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>A pending certificate whose due share was never paid in full: finance gives it up, and its place is free. One that is paid and
/// waits for the plan's ratio is cancelled instead, which says what the payers get back.</summary>
public sealed record LapseEnrolment(EnrolmentId Enrolment, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<LapseEnrolment>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class LapseEnrolmentHandler
{
    public static Task<Enrolment> LoadAsync(LapseEnrolment command, IUseCaseContext context) =>
        context.Get<Enrolment>(command.Enrolment.Value);

    public static Decision Handle(LapseEnrolment command, Enrolment enrolment, Actor by) => enrolment.Status switch
    {
        EnrolmentStatus.Lapsed => Decision.Nothing,
        EnrolmentStatus.Pending when !enrolment.AwaitsPayment =>
            new Refusal(Refuse.WrongState, "no share is due; a certificate that waits for the plan's ratio may be cancelled"),
        EnrolmentStatus.Pending => enrolment.EndedBy(new EnrolmentLapsed(command.Reason, by.Id)),
        var status => Refuse.WrongStateOf("enrolment", status, "pending"),
    };
}

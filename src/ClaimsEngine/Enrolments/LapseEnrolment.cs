using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>A pending certificate whose due share was never paid: finance gives it up, and its place is free.</summary>
public sealed record LapseEnrolment(EnrolmentId Enrolment, string Reason)
{
    public sealed class Validator : AbstractValidator<LapseEnrolment>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class LapseEnrolmentHandler
{
    public static async Task<Decision> Run(LapseEnrolment command, IUseCaseContext context) =>
        await context.Find<Enrolment>(command.Enrolment.Value) is { } enrolment ? Handle(command, enrolment, context.By) : Refuse.NotFound("enrolment");

    public static Decision Handle(LapseEnrolment command, Enrolment enrolment, Actor by) => enrolment.Status switch
    {
        EnrolmentStatus.Lapsed => Decision.Nothing,
        EnrolmentStatus.Pending => enrolment.EndedBy(new EnrolmentLapsed(command.Reason, by.Id)),
        var status => Refuse.WrongStateOf("enrolment", status, "pending"),
    };
}

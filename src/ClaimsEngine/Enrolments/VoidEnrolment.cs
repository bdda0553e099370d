using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>A certificate beyond those that its person may hold, such as a second one by another employer, is void from the beginning. Never after a benefit was granted.</summary>
/// <param name="DuplicateOf">the same person's certificate that stands, wherever it was made</param>
public sealed record VoidEnrolment(EnrolmentId Enrolment, string Reason, EnrolmentId? DuplicateOf = null)
{
    public sealed class Validator : AbstractValidator<VoidEnrolment>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.DuplicateOf).Must((c, of) => of != c.Enrolment).WithMessage("a certificate is no duplicate of itself");
        }
    }
}

public static class VoidEnrolmentHandler
{
    public static async Task<Decision> Run(VoidEnrolment command, IUseCaseContext context) =>
        await context.Find<Enrolment>(command.Enrolment.Value) is { } enrolment
            ? Handle(command, enrolment, command.DuplicateOf is { } named ? await context.FindAnywhere<Enrolment>(named.Value) : null, context.By)
            : Refuse.NotFound("enrolment");

    /// <param name="other">the certificate that is named as the one that stands</param>
    public static Decision Handle(VoidEnrolment command, Enrolment enrolment, Enrolment? other, Actor by)
    {
        if (enrolment.Status == EnrolmentStatus.Void) return Decision.Nothing;
        if (enrolment.Status is not (EnrolmentStatus.Pending or EnrolmentStatus.InForce))
            return Refuse.WrongStateOf("enrolment", enrolment.Status, "pending", "inForce");
        if (enrolment.Benefits > 0) return new Refusal(Refuse.BenefitDrawn, $"{enrolment.Used} yuan was granted");
        // another person's certificate is as unknown as none, so that nobody learns whose it is
        if (command.DuplicateOf is not null
            && (other is null || other.Member != enrolment.Member || other.Status is not (EnrolmentStatus.Pending or EnrolmentStatus.InForce)))
            return new Refusal(Refuse.UnknownEnrolment, "the person has no such certificate that stands", "duplicateOf");
        return enrolment.EndedBy(new EnrolmentVoided(command.Reason, command.DuplicateOf, by.Id));
    }
}

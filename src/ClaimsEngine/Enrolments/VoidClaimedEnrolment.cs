using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// An approver voids a certificate under which a claim is open: the claim can then only be refused or withdrawn. Four eyes: never who
/// submitted such a claim. After a benefit was granted nobody voids the certificate.
/// </summary>
/// <param name="Reason">the approver's own, recorded with the voidance</param>
/// <param name="DuplicateOf">the same person's certificate of the same plan that stands, wherever it was made</param>
public sealed record VoidClaimedEnrolment(EnrolmentId Enrolment, string Reason, EnrolmentId? DuplicateOf = null) : Command
{
    public sealed class Validator : AbstractValidator<VoidClaimedEnrolment>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
            RuleFor(c => c.DuplicateOf).Must((c, of) => of != c.Enrolment).WithMessage("a certificate is no duplicate of itself");
        }
    }
}

public static class VoidClaimedEnrolmentHandler
{
    public static Task<Voidance> LoadAsync(VoidClaimedEnrolment command, IUseCaseContext context) =>
        Voidance.Of(command.Enrolment, command.DuplicateOf, context);

    public static Decision Handle(VoidClaimedEnrolment command, Voidance found, Actor by) =>
        found.Decided(command.Reason, command.DuplicateOf, by, found.Enrolment.OpenClaims.Any(claim => by.ActsAs(claim.By))
            ? Refuse.SamePerson(by, "submitted a claim under the certificate", "void it") : null);
}

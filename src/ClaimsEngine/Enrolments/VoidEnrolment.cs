using FluentValidation;

namespace ClaimsEngine.Enrolments;

/// <summary>A certificate beyond those that its person may hold, such as a second one by another employer, is void from the beginning.
/// Never after a benefit was granted. While a claim is open it takes an approver (<see cref="VoidClaimedEnrolment"/>).</summary>
/// <param name="DuplicateOf">the same person's certificate of the same plan that stands, wherever it was made</param>
public sealed record VoidEnrolment(EnrolmentId Enrolment, string Reason, EnrolmentId? DuplicateOf = null) : Command
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
    public static Task<Voidance> LoadAsync(VoidEnrolment command, IUseCaseContext context) =>
        Voidance.Of(command.Enrolment, command.DuplicateOf, context);

    public static Decision Handle(VoidEnrolment command, Voidance found, Actor by) =>
        found.Decided(command.Reason, command.DuplicateOf, by, found.Enrolment.OpenClaims.Count == 0 ? null
            : new Refusal(Refuse.ClaimsOpen, $"open claims: {found.Enrolment.OpenClaims.Count}; an approver may void the certificate"));
}

/// <summary>What a voidance rests on, whoever decides it.</summary>
/// <param name="Other">the certificate that is named as the one that stands; null if none is named, or there is none</param>
public sealed record Voidance(Enrolment Enrolment, Enrolment? Other)
{
    public static async Task<Voidance> Of(EnrolmentId id, EnrolmentId? duplicateOf, IUseCaseContext context)
    {
        if (duplicateOf is not { } named) return new Voidance(await context.Get<Enrolment>(id.Value), null);
        await context.Look(id.Value, named.Value);
        return new Voidance(await context.Get<Enrolment>(id.Value), await context.FindAnywhere<Enrolment>(named.Value));
    }

    /// <param name="notHis">why this person may not decide it; null if they may</param>
    internal Decision Decided(string reason, EnrolmentId? duplicateOf, Actor by, Refusal? notHis)
    {
        // who may not decide it is told so, even where it is so already
        if (Enrolment.Status == EnrolmentStatus.Void) return notHis is null ? Decision.Nothing : notHis;
        if (!Enrolment.IsLive) return Enrolment.NotLive();
        if (Enrolment.Benefits > 0) return new Refusal(Refuse.BenefitDrawn, $"{Enrolment.Used} yuan was granted");
        if (notHis is not null) return notHis;
        // another person's certificate is as unknown as none, so that nobody learns whose it is
        if (duplicateOf is not null && (Other is not { IsLive: true } || Other.Member != Enrolment.Member))
            return new Refusal(Refuse.UnknownEnrolment, "the person has no such certificate that stands", "duplicateOf");
        if (Other?.Excludes(Enrolment) == false)
            return new Refusal(Refuse.NoDuplicate, "the one that stands is of another plan, or of other days", "duplicateOf");
        var voided = Enrolment.EndedBy(new EnrolmentVoided(reason, duplicateOf, by.Id, by.OnBehalfOf));
        return Other is null ? voided : voided.RestingOn(Other);   // of two that name each other one stands
    }
}

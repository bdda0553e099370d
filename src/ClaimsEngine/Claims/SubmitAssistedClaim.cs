using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// An office takes a claim in for the office of another place: a member of Shaanxi was injured in Yunnan (workflow.md, 2). The certificate
/// is found by its number with the member's name and identity number, since the assisting office sees no register of another place. The
/// home office assesses and decides; the assisting office sees the claim and passes papers and wishes on.
/// </summary>
/// <param name="CertificateNumber">of the member's certificate, as it is printed there</param>
/// <param name="Member">as the certificate names the member</param>
/// <param name="Incident">as in a claim at home; so are the members that follow</param>
public sealed record SubmitAssistedClaim(
    string CertificateNumber, NamedMember Member, Incident Incident, ClaimantDetails Claimant, IReadOnlyList<HeirDetails>? Heirs = null,
    IReadOnlyList<string>? Receipts = null, Applicant? Applicant = null) : Command
{
    public sealed class Validator : AbstractValidator<SubmitAssistedClaim>
    {
        private static readonly SubmitClaim.Validator AtHome = new();

        public Validator()
        {
            RuleFor(c => c.CertificateNumber).NotEmpty().MaximumLength(40);
            RuleFor(c => c.Member.Name).PlainText(60);
            RuleFor(c => c).Custom((command, context) =>
            {
                foreach (var fault in AtHome.Validate(command.For(default)).Errors)
                    context.AddFailure(fault.PropertyName, fault.ErrorMessage);
            });
        }
    }

    internal SubmitClaim For(EnrolmentId enrolment) => new(enrolment, Incident, Claimant, Heirs, null, Receipts, Applicant);
}

public sealed record NamedMember(string Name, IdentityNumber IdNumber);

public static class SubmitAssistedClaimHandler
{
    /// <returns>null where no certificate has this number, name and identity number</returns>
    public static async Task<SubmitClaimHandler.Case?> LoadAsync(SubmitAssistedClaim command, IUseCaseContext context)
    {
        if (await context.OwnerOf(new UniqueKey(Enrolment.NumberScope, command.CertificateNumber)) is not { } owner
            || await context.FindAnywhere<Enrolment>(owner) is not { } enrolment) return null;
        var member = await context.Get<Person>(enrolment.Member.Value);
        if (member.IdNumber != command.Member.IdNumber || member.Name != command.Member.Name) return null;
        var found = await SubmitClaimHandler.CaseOf(command.For(enrolment.Id), enrolment, context);
        return found with { Assisting = context.By.Sees(enrolment.Region) ? null : context.By.Region };
    }

    /// <summary>Whatever does not fit, the answer is the same: nobody finds out with it who has which certificate.</summary>
    public static Decision Handle(SubmitAssistedClaim command, SubmitClaimHandler.Case? found, Actor by, LocalDate today)
    {
        if (found is null)
            return new Refusal(
                Refuse.UnknownEnrolment, "no certificate has this number, name and identity number together", "certificateNumber");
        var decision = SubmitClaimHandler.Handle(command.For(found.Enrolment.Id), found, by, today);
        return decision.Refusal is { Field: "enrolmentId" } no ? no with { Field = "certificateNumber" } : decision;
    }
}

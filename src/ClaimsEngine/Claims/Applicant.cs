using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>Who came to the office with a claim (workflow.md, 1).</summary>
public enum ApplicantKind
{
    /// <summary>The member, who is the claimant.</summary>
    Member,

    /// <summary>A relative or beneficiary, who is the claimant (为他人申请).</summary>
    Relative,

    /// <summary>The employer's agent (代办员), for the claimant.</summary>
    Agent,

    /// <summary>Nobody came: an officer applies on behalf of the claimant.</summary>
    Officer,
}

/// <param name="Name">of the employer's agent, and of nobody else; it is kept with the claimant's personal data</param>
/// <param name="Phone">of the agent; null for none</param>
public sealed record Applicant(ApplicantKind Kind, string? Name = null, string? Phone = null)
{
    public sealed class Validator : AbstractValidator<Applicant>
    {
        public Validator()
        {
            RuleFor(a => a.Kind).IsInEnum();
            RuleFor(a => a.Name!).NotEmpty().PlainText(60).When(a => a.Kind == ApplicantKind.Agent);
            RuleFor(a => a.Name).Null().When(a => a.Kind != ApplicantKind.Agent)
                .WithMessage("only the employer's agent is named: the claimant and the officer are known");
            RuleFor(a => a.Phone).Null().When(a => a.Kind != ApplicantKind.Agent).WithMessage("only the agent's phone is kept");
            RuleFor(a => a.Phone).Matches("^\\+?[0-9 -]{5,20}\\z").WithMessage("a telephone number has 5 to 20 digits");
        }
    }

    /// <summary>Why this cannot be who came with a claim of such a claimant; null where it can.</summary>
    /// <param name="relation">of the claimant to the member</param>
    public Refusal? Contradicts(Relation relation) => Kind switch
    {
        ApplicantKind.Member when relation != Relation.Self =>
            new Refusal(Refuse.RelationMismatch, "the claimant is not the member", "applicant.kind"),
        ApplicantKind.Relative when relation == Relation.Self =>
            new Refusal(Refuse.RelationMismatch, "the claimant is the member", "applicant.kind"),
        _ => null,
    };
}

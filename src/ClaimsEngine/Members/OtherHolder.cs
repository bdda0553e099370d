using FluentValidation;

namespace ClaimsEngine.Members;

/// <summary>Why money goes to an account whose holder is not the payee. Payment to one's own account under the real name is the rule
/// (facts.md, F36). No public text lists the exceptions: the list is ours, assumed.</summary>
public enum HolderGround
{
    /// <summary>The payee is under 18; a guardian holds the account.</summary>
    GuardianOfMinor,

    /// <summary>The payee is of age and cannot act for himself; a guardian holds the account.</summary>
    GuardianOfAdult,

    /// <summary>The heirs have named one of them, or another person, to receive the money.</summary>
    HeirsRepresentative,

    /// <summary>The bank opens no account for the payee, or has closed or blocked it.</summary>
    NoOwnAccount,
}

/// <summary>The recorded reason for an account that is another person's. A second person accepts it before anything is paid to
/// it.</summary>
/// <param name="Reason">in words: who the holder is to the payee, and what paper shows it. Finance reads it, so nothing of the incident or
/// an illness belongs here. It stands with the person, as the account does</param>
public sealed record OtherHolder(HolderGround Ground, string Reason)
{
    /// <summary>The kind of document that a claim or an application for relief then needs too (assumed).</summary>
    public const string Paper = "accountHolderProof";

    /// <summary>Until the day before this birthday a person is a minor (Civil Code, article 17).</summary>
    internal const int OfAge = 18;

    public sealed class Validator : AbstractValidator<OtherHolder>
    {
        public Validator() => RuleFor(h => h.Reason).PlainText(200);
    }
}

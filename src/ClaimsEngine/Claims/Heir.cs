using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>One of several people who are paid after a death.</summary>
/// <param name="Relation">of the heir to the member</param>
/// <param name="Share">of the approved amount; the shares of a claim sum to one</param>
public sealed record Heir(PersonId Person, AccountId Account, Relation Relation, Share Share);

/// <summary>What an approval gives one of several heirs.</summary>
/// <param name="Amount">the share of the approved amount in whole fen; the amounts of all heirs sum to it</param>
/// <param name="Payout">null where the amount is 0.00: then nothing is paid</param>
public sealed record HeirPayout(PersonId Heir, Money Amount, PayoutId? Payout);

/// <summary>An heir as a request names one.</summary>
/// <param name="Relation">of the heir to the member</param>
/// <param name="Account">the heir's own, or another person's with the reason</param>
/// <param name="Share">of the approved amount</param>
public sealed record HeirDetails(string Name, IdentityNumber IdNumber, Relation Relation, AccountDetails Account, Share Share)
{
    public sealed class Validator : AbstractValidator<HeirDetails>
    {
        public Validator()
        {
            RuleFor(h => h.Name).PlainText(60);
            RuleFor(h => h.Account).SetValidator(new AccountDetails.Validator());
            RuleFor(h => h.Share.Numerator).InclusiveBetween(1, Share.Most);
            RuleFor(h => h.Share.Denominator).InclusiveBetween(1, Share.Most);
        }
    }
}

/// <summary>What is asked of the heirs of a claim.</summary>
public static class HeirRules
{
    public const int Fewest = 2, Most = 10;

    public static bool AreAFew(IReadOnlyList<HeirDetails>? heirs) => heirs is { Count: >= Fewest and <= Most };

    /// <summary>Nobody is an heir twice. An heir who claims is the same person in both places, with one account.</summary>
    public static IEnumerable<(string Field, string Reason)> Contradictions(ClaimantDetails claimant, IReadOnlyList<HeirDetails> heirs)
    {
        for (var i = 0; i < heirs.Count; i++)
        {
            if (heirs.Take(i).Any(other => other.IdNumber.Value == heirs[i].IdNumber.Value))
                yield return ($"heirs.{i}.idNumber", "a person is an heir once");
            if (heirs[i].IdNumber.Value != claimant.IdNumber.Value) continue;
            if (heirs[i].Name != claimant.Name) yield return ($"heirs.{i}.name", "this heir is the claimant, who has another name there");
            if (heirs[i].Relation != claimant.Relation)
                yield return ($"heirs.{i}.relation", "this heir is the claimant, who has another relation there");
            if (heirs[i].Account != claimant.Account)
                yield return ($"heirs.{i}.account", "this heir is the claimant, who has another account there");
        }
    }

    /// <summary>The first rule that the heirs break; null for none.</summary>
    public static Refusal? Broken(IReadOnlyList<HeirDetails> heirs, Person member, LocalDate today)
    {
        for (var i = 0; i < heirs.Count; i++)
        {
            if (heirs[i].IdNumber.Value == member.IdNumber.Value)
                return new Refusal(Refuse.RelationMismatch, "an heir is another person than the member", $"heirs.{i}.idNumber");
            if (heirs[i].Relation == Relation.Self)
                return new Refusal(Refuse.RelationMismatch, "an heir is not the member", $"heirs.{i}.relation");
            if (heirs[i].Account.NotPayableTo(heirs[i].Name, heirs[i].IdNumber, today, $"heirs.{i}.account") is { } notPayable)
                return notPayable;
        }
        return Share.SumToOne(heirs.Select(heir => heir.Share)) ? null
            : new Refusal(Refuse.SharesNotWhole, "the shares of the heirs sum to exactly one", "heirs");
    }
}

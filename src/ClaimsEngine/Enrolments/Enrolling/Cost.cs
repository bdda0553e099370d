using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments.Enrolling;

/// <summary>What a certificate costs, and who pays it.</summary>
/// <param name="Contribution">for all units</param>
/// <param name="Funding">adds up to the contribution</param>
/// <param name="Drawn">what the sponsor's budget gives of it; null where the programme has no budget, or there is no programme</param>
internal sealed record Cost(Money Contribution, IReadOnlyList<FundingShare> Funding, Money? Drawn)
{
    /// <summary>The cost, or why there is none.</summary>
    public static (Cost? Cost, Refusal? Refusal) Of(Enrol command, Programme? programme, Term term, int units)
    {
        var person = command.Person;
        var (price, unpriced) = Price.Of(term.Card, new PriceFacts(
            command.CoverTier, person.Occupation.IsHighRisk, command.UnionCard, term.IsRenewal,
            command.EmployerKind, person.IdNumber.Sex, term.Months), units);
        if (price is null) return (null, unpriced!);
        var funding = Payers(price, programme, units);
        return Money.Sum(funding.Select(share => share.Amount)) is var paid && paid != price.Amount
            ? (null, new Refusal(Refuse.FundingMismatch,
                $"the programme's payers give {paid}; this cover costs {price.Amount}", "programme"))
            : (new Cost(price.Amount, funding, programme is { Budget: not null } ? programme.SponsorsPart(funding) : null), null);
    }

    /// <summary>The programme's payers; without a programme those that the plan publishes, else the member.</summary>
    private static IReadOnlyList<FundingShare> Payers(Contribution price, Programme? programme, int units) =>
        programme is not null ? [.. programme.Funding.Select(share => share with { Amount = share.Amount * units })]
        : price.Shares.Count > 0 ? [.. price.Shares.Select(share => new FundingShare($"{share.Payer.En} ({share.Payer.Zh})", share.Amount))]
        : [new FundingShare("member", price.Amount)];
}

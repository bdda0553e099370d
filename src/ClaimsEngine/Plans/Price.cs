namespace ClaimsEngine.Plans;

/// <summary>What a price may depend on.</summary>
/// <param name="Months">length of the cover</param>
public sealed record PriceFacts(
    string? CoverTier = null, bool HighRisk = false, bool UnionCard = false, bool Renewing = false, EmployerKind? EmployerKind = null,
    Sex? Sex = null, int? Months = null);

/// <summary>The contribution that a card asks for.</summary>
public static class Price
{
    /// <summary>The contribution for these units, with who pays it where the shares are published; or why there is none.</summary>
    public static (Contribution? Contribution, Refusal? Refusal) Of(PlanCard card, PriceFacts facts, int units)
    {
        if (card.Prices is not { } lines)
            return (null, new Refusal(Refuse.NotPublished, "the plan's source does not publish prices", "prices"));
        var tier = card.TierOf(facts.CoverTier)?.Code;
        var asked = facts with { CoverTier = tier, Months = facts.Months ?? card.MonthsFor(tier) };
        if (lines.FirstOrDefault(line => Fits(line, asked)) is not { } found)
            return (null,
                new Refusal(Refuse.NotPublished, $"the plan's source does not publish a price for {Words(asked, lines)}", "prices"));
        var shares = SharesFor(card, asked);
        return (new Contribution(found.PerUnit * units, [.. shares.Select(share => share with { Amount = share.Amount * units })],
            found.Refunded), null);
    }

    /// <summary>Whether a contribution was paid for refunded units: whether a refunded line of the tier has its price.</summary>
    /// <param name="tier">that was chosen; null is the card's first</param>
    /// <param name="contribution">for all units</param>
    public static bool IsRefunded(PlanCard card, string? tier, Money contribution, int units) => (card.Prices ?? []).Any(line =>
        line.Refunded && (line.CoverTier is null || line.CoverTier == card.TierOf(tier)?.Code) && line.PerUnit * units == contribution);

    /// <summary>Who pays how much of a unit under these conditions; empty where no shares are published.</summary>
    internal static IReadOnlyList<FundingPart> SharesFor(PlanCard card, PriceFacts facts) =>
        [.. (card.Funding?.Shares ?? []).Where(share => (share.UnionCard is null || share.UnionCard == facts.UnionCard)
            && (share.Sex is null || share.Sex == facts.Sex) && (share.Months is null || share.Months == facts.Months))];

    private static bool Fits(PriceLine line, PriceFacts facts) =>
        (line.CoverTier is null || line.CoverTier == facts.CoverTier) && (line.HighRisk is null || line.HighRisk == facts.HighRisk)
        && (line.UnionCard is null || line.UnionCard == facts.UnionCard) && (line.Renewing is null || line.Renewing == facts.Renewing)
        && (line.EmployerKind is null || line.EmployerKind == facts.EmployerKind) && (line.Sex is null || line.Sex == facts.Sex)
        && (line.Months is null || line.Months == facts.Months);

    private static string Words(PriceFacts facts, IReadOnlyList<PriceLine> lines) => string.Join(", ", new[]
    {
        facts.CoverTier is { } tier ? $"tier {tier}" : null,
        facts.HighRisk ? "high-risk work" : null,
        facts.UnionCard ? "a union card" : "no union card",
        facts.Renewing ? "a renewal" : "a new entry",
        facts.EmployerKind?.ToString().ToLowerInvariant()
            ?? (lines.Any(line => line.EmployerKind is not null) ? "an employer whose kind is not told" : null),
        facts.Sex?.ToString().ToLowerInvariant() ?? (lines.Any(line => line.Sex is not null) ? "a member whose sex is not told" : null),
        facts.Months is { } months ? $"{months} months" : null,
    }.Where(word => word is not null));
}

/// <param name="Shares">empty where the source does not say who pays</param>
/// <param name="Refunded">paid back at expiry</param>
public sealed record Contribution(Money Amount, IReadOnlyList<FundingPart> Shares, bool Refunded);

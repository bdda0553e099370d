namespace ClaimsEngine.Plans.CardFaults;

/// <summary>What a plan costs, and who pays it.</summary>
internal static class PriceFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        if (card.Prices is { Count: 0 }) yield return ("prices", "names one price at least, or is absent and named in notPublished");
        if (card.Prices is null && !card.IsUnpublished("prices")) yield return ("prices", "is absent, and notPublished does not name it");
        for (var i = 0; i < (card.Prices?.Count ?? 0); i++)
        {
            var (line, at) = (card.Prices![i], $"prices.{i}");
            if (!line.PerUnit.IsPositive) yield return ($"{at}.perUnit", "the contribution is more than 0.00");
            if (line.CoverTier is not null && card.TierOf(line.CoverTier) is null)
                yield return ($"{at}.coverTier", "is no tier of the card");
            if (line.Months is < 1 or > 120) yield return ($"{at}.months", "cover lasts 1 to 120 months");
            else if (line.Months is { } term && card.Cover is { } cover && term != cover.Months
                && cover.OtherMonths?.Contains(term) != true)
                yield return ($"{at}.months", "is none of the cover's terms");
            if (line.Refunded && card.Refund != RefundKind.AtExpiry) yield return ($"{at}.refunded", "the card's refund is not atExpiry");
            for (var earlier = 0; earlier < i; earlier++)
                if (Hides(card.Prices[earlier], line)) yield return (at, $"is never reached: line {earlier + 1} holds whenever it does");
        }
        if (card.Refund == RefundKind.AtExpiry && !(card.Prices ?? []).Any(line => line.Refunded))
            yield return ("refund", "no price line is refunded");
        if (card.Funding is not { } funding) yield break;
        if (funding.Kinds.Count == 0) yield return ("funding.kinds", "names who may pay");
        for (var i = 0; i < (funding.Shares?.Count ?? 0); i++)
        {
            if (!funding.Shares![i].Amount.IsPositive) yield return ($"funding.shares.{i}.amount", "a share is more than 0.00");
            if (funding.Shares[i].Months is < 1 or > 120) yield return ($"funding.shares.{i}.months", "cover lasts 1 to 120 months");
        }
        if (funding.Shares is null) yield break;
        for (var i = 0; i < (card.Prices?.Count ?? 0); i++)
        {
            var line = card.Prices![i];
            var shares = Price.SharesFor(card, new PriceFacts(
                line.CoverTier, line.HighRisk ?? false, line.UnionCard ?? false, line.Renewing ?? false, line.EmployerKind,
                line.Sex, line.Months));
            if (Money.Sum(shares.Select(share => share.Amount)) is var sum && sum != line.PerUnit)
                yield return ("funding.shares", $"the shares for prices.{i} add up to {sum}, not to {line.PerUnit}");
        }
    }

    private static bool Hides(PriceLine earlier, PriceLine later) =>
        (earlier.CoverTier is null || earlier.CoverTier == later.CoverTier)
        && (earlier.HighRisk is null || earlier.HighRisk == later.HighRisk)
        && (earlier.UnionCard is null || earlier.UnionCard == later.UnionCard)
        && (earlier.Renewing is null || earlier.Renewing == later.Renewing)
        && (earlier.EmployerKind is null || earlier.EmployerKind == later.EmployerKind) && (earlier.Sex is null || earlier.Sex == later.Sex)
        && (earlier.Months is null || earlier.Months == later.Months);
}

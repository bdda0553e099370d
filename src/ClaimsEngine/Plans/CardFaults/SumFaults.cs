using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Benefits of a fixed sum: a lump sum, or a sum by grade; and the sums by cover tier of either.</summary>
internal static class SumFaults
{
    public static IEnumerable<(string Path, string Reason)> OfLumpSum(PlanCard card, LumpSumRule rule, IncidentKind kind, string at)
    {
        if (rule is { PerUnit: null, ByCoverTier: null })
            yield return ($"{at}.perUnit", $"is absent, and so is byCoverTier; name {kind.Path()} in notPublished instead of the form");
        if (rule.PerUnit is { IsPositive: false }) yield return ($"{at}.perUnit", "a benefit is more than 0.00");
        if (rule.Funeral is { IsPositive: false }) yield return ($"{at}.funeral", "a benefit is more than 0.00");
        foreach (var fault in OfTiers(card, rule.ByCoverTier, at)) yield return fault;
    }

    public static IEnumerable<(string Path, string Reason)> OfGrades(PlanCard card, GradeRule rule, string at)
    {
        if (GradeTable.Find(rule.Table) is null) yield return ($"{at}.table", $"there is no grade table '{rule.Table}'");
        if (rule is { PerUnit: null, ByCoverTier: null } && !card.IsUnpublished(IncidentKind.Disability.Path()))
            yield return ($"{at}.perUnit", "is absent, and notPublished does not name benefits.disability");
        if (rule.PerUnit is { IsPositive: false }) yield return ($"{at}.perUnit", "a benefit is more than 0.00");
        foreach (var fault in OfTiers(card, rule.ByCoverTier, at)) yield return fault;
    }

    private static IEnumerable<(string, string)> OfTiers(PlanCard card, IReadOnlyDictionary<string, Money>? sums, string at)
    {
        if (sums is { Count: 0 }) yield return ($"{at}.byCoverTier", "names one tier at least, or is absent");
        foreach (var (code, sum) in sums ?? new Dictionary<string, Money>())
        {
            if ((card.CoverTiers ?? []).All(tier => tier.Code != code)) yield return ($"{at}.byCoverTier.{code}", "is no tier of the card");
            if (!sum.IsPositive) yield return ($"{at}.byCoverTier.{code}", "a benefit is more than 0.00");
        }
    }
}

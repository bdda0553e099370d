using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Benefits for the cost of treatment.</summary>
internal static class MedicalFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card, Benefit benefit, MedicalRule rule, string at)
    {
        var forms = (rule.Tiers is null ? 0 : 1) + (rule.Percent is null ? 0 : 1) + (rule.ByAdmission is null ? 0 : 1);
        if (forms > 1 || (forms == 0 && !card.IsUnpublished($"{benefit.Kind.Path()}.tiers")))
            yield return (at, "has one of tiers, percent and byAdmission");
        if (rule.Deductible is { IsPositive: false }) yield return ($"{at}.deductible", "a deductible is more than 0.00");
        if (rule.Percent is < 1 or > 100) yield return ($"{at}.percent", "a ratio is 1 to 100 per cent");
        if (rule.ByAdmission is { Count: 0 }) yield return ($"{at}.byAdmission", "names the ratio of the first admission at least");
        if (rule.ByAdmission is not null && rule.Per != Per.Admission) yield return ($"{at}.per", "ratios by admission are per admission");
        for (var i = 0; i < (rule.ByAdmission?.Count ?? 0); i++)
            if (rule.ByAdmission![i] is < 1 or > 100) yield return ($"{at}.byAdmission.{i}", "a ratio is 1 to 100 per cent");
        foreach (var fault in OfTiers(rule, at)) yield return fault;
        if (rule.Deductible is not { } deductible) yield break;
        foreach (var (cap, path) in new[]
        {
            (benefit.Cap?.PerClaim, $"{at[..at.LastIndexOf('.')]}.cap.perClaim"),
            (benefit.Cap?.PerPeriod, $"{at[..at.LastIndexOf('.')]}.cap.perPeriod"),
            (card.Caps?.PerClaim, "caps.perClaim"), (card.Caps?.PerPeriod, "caps.perPeriod"),
            (card.Caps?.PerLifetime, "caps.perLifetime"), (card.Caps?.PerUnit, "caps.perUnit"),
            (card.Caps?.AcrossPlans?.Amount, "caps.acrossPlans.amount"),
        })
            if (cap < deductible) yield return (path, $"the cap lies below the deductible of {deductible}");
    }

    private static IEnumerable<(string, string)> OfTiers(MedicalRule rule, string at)
    {
        if (rule.Tiers is not { } tiers) yield break;
        if (tiers.Count == 0) yield return ($"{at}.tiers", "names one tier at least");
        var expected = rule.Deductible ?? Money.Zero;
        for (var i = 0; i < tiers.Count; i++)
        {
            var (tier, path) = (tiers[i], $"{at}.tiers.{i}");
            if (tier.Percent is < 1 or > 100) yield return ($"{path}.percent", "a ratio is 1 to 100 per cent");
            if (tier.From < expected)
                yield return ($"{path}.from", i == 0
                    ? $"lies below the deductible of {expected}" : $"overlaps the tier before it, which ends at {expected}");
            if (tier.From > expected)
                yield return ($"{path}.from", i == 0 ? $"the first tier begins at {expected}" : $"leaves a gap after {expected}");
            if (tier.To <= tier.From) yield return ($"{path}.to", "a tier ends above its beginning");
            if (tier.To is null && i < tiers.Count - 1) yield return ($"{path}.to", "only the last tier has no end");
            expected = tier.To ?? tier.From;
        }
    }
}

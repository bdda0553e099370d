using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Caps, and benefits that exclude each other.</summary>
internal static class CapFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        if (card.Caps is { } caps)
        {
            if (caps.PerClaim is { IsPositive: false }) yield return ("caps.perClaim", "a cap is more than 0.00");
            if (caps.PerPeriod is { IsPositive: false }) yield return ("caps.perPeriod", "a cap is more than 0.00");
            if (caps.PerUnit is { IsPositive: false }) yield return ("caps.perUnit", "a cap is more than 0.00");
            if (caps.PerLifetime is { IsPositive: false }) yield return ("caps.perLifetime", "a cap is more than 0.00");
            if (caps.AcrossPlans is { Amount.IsPositive: false }) yield return ("caps.acrossPlans.amount", "a cap is more than 0.00");
            if (caps.AcrossPlans is { Group.Length: 0 or > 60 })
                yield return ("caps.acrossPlans.group", "a group is named in 1 to 60 characters");
            if (caps.AcrossPlans?.Kinds is { } kinds && (kinds.Count == 0 || kinds.Any(kind => card.BenefitFor(kind) is null)))
                yield return ("caps.acrossPlans.kinds", "names benefits of the plan, or is absent");
            if (caps.PerClaim > caps.PerPeriod) yield return ("caps.perClaim", "lies above perPeriod");
            if (caps.PerPeriod > caps.PerLifetime) yield return ("caps.perPeriod", "lies above perLifetime");
        }
        for (var i = 0; i < (card.NotBoth?.Count ?? 0); i++)
        {
            var group = card.NotBoth![i];
            if (group.Distinct().Count() < 2) yield return ($"notBoth.{i}", "names two kinds at least");
            else if (group.Distinct().Count() < group.Count) yield return ($"notBoth.{i}", "names a kind twice");
            if (card.NotBoth.Take(i).Any(earlier => earlier.Intersect(group).Any()))
                yield return ($"notBoth.{i}", "a kind stands in one group only");
            foreach (var kind in group.Where(kind => card.BenefitFor(kind) is null))
                yield return ($"notBoth.{i}", $"the plan has no benefit for {kind.Code()}");
        }
    }
}

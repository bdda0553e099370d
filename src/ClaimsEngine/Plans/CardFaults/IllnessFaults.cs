using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Benefits for an illness.</summary>
internal static class IllnessFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card, IllnessRule rule, IncidentKind kind, string at)
    {
        var catalogue = rule.Catalogue is { } name ? IllnessCatalogue.Find(name) : null;
        if (rule.Catalogue is not null && catalogue is null)
            yield return ($"{at}.catalogue", $"there is no illness catalogue '{rule.Catalogue}'");
        if (rule.Amounts.Count == 0 && !card.IsUnpublished($"{kind.Path()}.amounts"))
            yield return ($"{at}.amounts", $"is empty, and notPublished does not name {kind.Path()}.amounts");
        for (var i = 0; i < rule.Amounts.Count; i++)
        {
            var (amount, path) = (rule.Amounts[i], $"{at}.amounts.{i}");
            if (!amount.PerUnit.IsPositive) yield return ($"{path}.perUnit", "a benefit is more than 0.00");
            if (amount.Class is not null && catalogue?.Class(amount.Class) is null)
                yield return ($"{path}.class", "is no class of the catalogue");
            if (amount.Severity is { } severity && rule.Excluded?.Contains(severity) == true)
                yield return ($"{path}.severity", "is excluded by the same benefit");
            // without severity is severe, wherever a severity is asked for
            if (rule.Amounts.Take(i).Any(earlier =>
                (earlier.Class is null || earlier.Class == amount.Class)
                && (earlier.Severity ?? Severity.Severe) == (amount.Severity ?? Severity.Severe)))
                yield return (path, "is never reached: an earlier line holds whenever it does");
        }
    }
}

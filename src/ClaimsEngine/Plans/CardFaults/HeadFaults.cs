using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>What a card is called, where it comes from, and the tiers that it offers.</summary>
internal static class HeadFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        foreach (var (text, path) in new[] { (card.Name.Zh, "name.zh"), (card.Name.En, "name.en"), (card.Organiser, "organiser") })
            if (string.IsNullOrWhiteSpace(text)) yield return (path, "is not empty");
        if (card.Sources.Count == 0 || card.Sources.Any(string.IsNullOrWhiteSpace))
            yield return ("sources", "a card cites where its numbers were published");
        if (card.Benefits.Count == 0) yield return ("benefits", "a plan has at least one benefit");
        foreach (var twice in card.Benefits.GroupBy(benefit => benefit.Kind).Where(group => group.Count() > 1))
            yield return ("benefits", $"two benefits for {twice.Key.Code()}");
        if (card.CoverTiers is { Count: 0 }) yield return ("coverTiers", "names one tier at least, or is absent");
        foreach (var twice in (card.CoverTiers ?? []).GroupBy(tier => tier.Code).Where(group => group.Count() > 1))
            yield return ("coverTiers", $"tier '{twice.Key}' stands twice");
        for (var i = 0; i < (card.CoverTiers?.Count ?? 0); i++)
        {
            var (tier, at) = (card.CoverTiers![i], $"coverTiers.{i}");
            if (tier.Code.Length is 0 or > 40) yield return ($"{at}.code", "a tier is named in 1 to 40 characters");
            if (tier.Months is { } months && months != card.Cover?.Months && card.Cover?.OtherMonths?.Contains(months) != true)
                yield return ($"{at}.months", "is none of the cover's terms");
        }
    }
}

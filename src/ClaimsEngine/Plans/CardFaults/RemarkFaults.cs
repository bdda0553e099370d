using System.Globalization;
using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Remarks on other parts of a card: what is assumed, how the source was read, and what it does not publish.</summary>
internal static class RemarkFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        foreach (var (remarks, name) in new[] { (card.Assumed, "assumed"), (card.Readings, "readings") })
            for (var i = 0; i < (remarks?.Count ?? 0); i++)
                if (Astray(card, remarks![i].Path) is { } reason) yield return ($"{name}.{i}.path", reason);
        for (var i = 0; i < (card.NotPublished?.Count ?? 0); i++)
            if (Astray(card, card.NotPublished![i], mayBeAbsent: true) is { } reason) yield return ($"notPublished.{i}", reason);
        foreach (var twice in (card.NotPublished ?? []).GroupBy(path => path).Where(group => group.Count() > 1))
            yield return ("notPublished", $"'{twice.Key}' stands twice");
        for (var i = 0; i < (card.NotPublished?.Count ?? 0); i++)
        {
            var path = card.NotPublished![i];
            var there = path switch
            {
                "prices" => card.Prices is not null,
                "cover" => card.Cover is not null,
                "caps" => card.Caps is not null,
                _ => card.Benefits.Any(benefit =>
                        (benefit.Kind.Path() == path && IsSaid(benefit))
                        || ($"{benefit.Kind.Path()}.tiers" == path && benefit.Medical is { HasRatios: true }))
                    || (card.Waiting ?? []).Where((waiting, place) =>
                        $"waiting.{place}.reducedPercent" == path && waiting.ReducedPercent is not null).Any(),
            };
            if (there) yield return ($"notPublished.{i}", $"{path} stands in the card");
        }
    }

    /// <summary>Why a path names nothing that a step or a refusal could name: a typo here would hide an assumption.</summary>
    private static string? Astray(PlanCard card, string path, bool mayBeAbsent = false)
    {
        var parts = path.Split('.');
        if (!Members.Contains(parts[0])) return $"'{parts[0]}' is no part of a card";
        if (parts[0] == "waiting" && parts.Length > 1)
            return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && place < (card.Waiting?.Count ?? 0)
                ? null : "there is no such waiting period";
        if (parts[0] != "benefits" || parts.Length == 1) return null;
        if (!mayBeAbsent && card.Benefits.All(benefit => benefit.Kind.Code() != parts[1]))
            return $"the plan has no benefit for '{parts[1]}'; benefits are named by their kind";
        if (mayBeAbsent && Enum.GetValues<IncidentKind>().All(kind => kind.Code() != parts[1]))
            return $"'{parts[1]}' is no kind of benefit";
        return parts.Length > 2 && parts[2] is "medical" or "illness" or "lumpSum" or "byGrade" or "allowance"
            ? "rules are named without their form: benefits.hospitalisation.percent" : null;
    }

    private static readonly HashSet<string> Members =
        [.. typeof(PlanCard).GetProperties().Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static bool IsSaid(Benefit benefit) => benefit.Forms > 0 && benefit.ByGrade is not { PerUnit: null, ByCoverTier: null };
}

namespace ClaimsEngine.Plans.CardFaults;

/// <summary>How long a plan covers.</summary>
internal static class CoverFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(PlanCard card)
    {
        if (card.Cover is null && !card.IsUnpublished("cover")) yield return ("cover", "is absent, and notPublished does not name it");
        if (card.Cover is not { } cover) yield break;
        if (cover.Months is < 1 or > 120) yield return ("cover.months", "cover lasts 1 to 120 months");
        for (var i = 0; i < (cover.OtherMonths?.Count ?? 0); i++)
        {
            if (cover.OtherMonths![i] is < 1 or > 120) yield return ($"cover.otherMonths.{i}", "cover lasts 1 to 120 months");
            if (cover.OtherMonths[i] == cover.Months || cover.OtherMonths.Take(i).Contains(cover.OtherMonths[i]))
                yield return ($"cover.otherMonths.{i}", "this term stands twice");
        }
        if (cover.Renewal is { GraceDays: < 0 or > 366 }) yield return ("cover.renewal.graceDays", "0 to 366 days");
    }
}

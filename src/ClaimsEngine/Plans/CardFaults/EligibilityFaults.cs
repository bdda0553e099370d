namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Whom a plan is for.</summary>
internal static class EligibilityFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(Eligibility eligibility)
    {
        if (eligibility.MaxUnits is < 1 or > 100) yield return ("eligibility.maxUnits", "a person may hold 1 to 100 units");
        if (eligibility is { ExcessUnits: ExcessUnits.Void, MaxUnits: null })
            yield return ("eligibility.excessUnits", "only units above maxUnits can be void");
        for (var i = 0; i < (eligibility.Ages?.Count ?? 0); i++)
        {
            var (age, at) = (eligibility.Ages![i], $"eligibility.ages.{i}");
            if (age is { From: null, To: null }) yield return (at, "names from, to or both");
            if (age.From is < 0 or > 150) yield return ($"{at}.from", "an age is 0 to 150");
            if (age.To is < 0 or > 150) yield return ($"{at}.to", "an age is 0 to 150");
            if (age.From > age.To) yield return ($"{at}.to", "lies below from");
        }
        if (eligibility.Occupations is { Count: 0 })
            yield return ("eligibility.occupations", "names one occupation at least, or is absent");
        if (eligibility.Regions is { Count: 0 }) yield return ("eligibility.regions", "names one region at least, or is absent");
        if (eligibility.Ages is { Count: 0 }) yield return ("eligibility.ages", "names one age rule at least, or is absent");
        if (eligibility.Participation is { Percent: < 1 or > 100 })
            yield return ("eligibility.participation.percent", "1 to 100 per cent take part");
        if (eligibility.Participation is { EveryoneBelow: < 1 or > 10_000_000 })
            yield return ("eligibility.participation.everyoneBelow", "1 to 10000000 people");
        if (eligibility.Entry is { LateJoinerDays: < 0 or > 3660 }) yield return ("eligibility.entry.lateJoinerDays", "0 to 3660 days");
        if (eligibility.Entry is { NewHireMonths: < 0 or > 120 }) yield return ("eligibility.entry.newHireMonths", "0 to 120 months");
    }
}

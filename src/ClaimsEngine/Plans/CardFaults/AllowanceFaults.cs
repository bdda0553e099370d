namespace ClaimsEngine.Plans.CardFaults;

/// <summary>Benefits for days in hospital.</summary>
internal static class AllowanceFaults
{
    public static IEnumerable<(string Path, string Reason)> Of(AllowanceRule rule, string at)
    {
        if (!rule.PerDay.IsPositive) yield return ($"{at}.perDay", "a benefit is more than 0.00");
        if (rule.FirstPaidDay is < 1 or > 366) yield return ($"{at}.firstPaidDay", "the first paid day is 1 to 366");
        if (rule.MaxDays is < 1 or > 3660) yield return ($"{at}.maxDays", "1 to 3660 days");
        if (rule.MaxDaysCount == DaysCounted.Stayed && rule.MaxDays < rule.FirstPaidDay)
            yield return ($"{at}.maxDays", "no day is ever paid: the stay's first paid day lies beyond");
    }
}

namespace ClaimsEngine.Figures;

/// <summary>How long money has been waiting, in calendar days: working days differ by year and place, and a bank's reminder counts
/// calendar days too (assumed).</summary>
public static class AgeBands
{
    /// <summary>The last day of each band but the last, which has no end. They are ours: no public text names any.</summary>
    private static readonly int[] LastDays = [5, 10, 30, 60];

    /// <summary>Names of the bands in order: <c>0-5</c>, <c>6-10</c>, <c>11-30</c>, <c>31-60</c>, <c>over 60</c>.</summary>
    public static readonly IReadOnlyList<string> Names =
        [.. LastDays.Select((last, place) => $"{(place == 0 ? 0 : LastDays[place - 1] + 1)}-{last}"), $"over {LastDays[^1]}"];

    /// <param name="since">the day of the order</param>
    /// <param name="day">on which it is asked</param>
    public static string Of(LocalDate since, LocalDate day)
    {
        var days = NodaTime.Period.DaysBetween(since, day);
        var place = Array.FindIndex(LastDays, last => days <= last);
        return place < 0 ? Names[^1] : Names[place];
    }
}

namespace ClaimsEngine.Plans;

/// <summary>
/// How every hospital of the country counts the days of a stay, by the rules for filling in the front page of the inpatient record: the day
/// of admission and the day of discharge count as one day. Who comes in on the 1st and leaves on the 5th stays 4 days.
/// </summary>
internal static class DischargeForm
{
    public const string Source = "国家住院病案首页填写说明: 入院日与出院日只计算一天";

    /// <summary>1 or more: who comes and leaves on one day was there on that day.</summary>
    public static int Days(LocalDate admitted, LocalDate discharged) => Math.Max(1, Period.DaysBetween(admitted, discharged));

    /// <summary>Whether the plan's text leaves the counting open: the card names none, or says that the one it names is a
    /// reading.</summary>
    public static bool Counts(PlanCard card, IncidentKind kind, AllowanceRule rule) =>
        rule.Counting is null || card.Readings?.Any(reading => reading.Path == PathOf(kind)) == true;

    public static string PathOf(IncidentKind kind) => $"{Rules.Names.Path(kind)}.days";
}

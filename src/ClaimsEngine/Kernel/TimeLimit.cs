namespace ClaimsEngine.Kernel;

/// <param name="Days">after the day on which the step begins, which does not count</param>
public sealed record TimeLimit(int Days, DayUnit Unit)
{
    /// <summary>The last day of a step that begins on a day.</summary>
    public LocalDate EndsOn(LocalDate begins) => Unit == DayUnit.WorkingDays ? WorkingDays.After(begins, Days) : begins.PlusDays(Days);

    /// <summary>What is left of a step that ends on a day; none if that day has passed.</summary>
    public int Left(LocalDate today, LocalDate endsOn) => Unit == DayUnit.WorkingDays ? WorkingDays.Between(today, endsOn)
        : Math.Max(0, Period.DaysBetween(today, endsOn));
}

public enum DayUnit { CalendarDays, WorkingDays }

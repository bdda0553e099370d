using System.Globalization;

namespace ClaimsEngine.Figures;

/// <summary>How long the periods of a development triangle are.</summary>
public enum Grain { Month, Quarter, Year }

/// <summary>A month, quarter or year of the calendar.</summary>
/// <param name="Number">periods since the year 0</param>
public readonly record struct CalendarPeriod(Grain Grain, int Number) : IComparable<CalendarPeriod>
{
    public static CalendarPeriod Of(Grain grain, YearMonth month) => new(grain, grain switch
    {
        Grain.Month => month.Year * 12 + month.Month - 1,
        Grain.Quarter => month.Year * 4 + (month.Month - 1) / 3,
        _ => month.Year,
    });

    /// <summary>The last period that is over on a day.</summary>
    public static CalendarPeriod LastBefore(Grain grain, LocalDate day) => Of(grain, day.ToYearMonth()).Plus(-1);

    public CalendarPeriod Plus(int periods) => this with { Number = Number + periods };

    public int CompareTo(CalendarPeriod other) => Number.CompareTo(other.Number);

    /// <summary><c>2025-03</c>, <c>2025-Q1</c>, <c>2025</c>.</summary>
    public override string ToString() => Grain switch
    {
        Grain.Month => string.Create(CultureInfo.InvariantCulture, $"{Number / 12:0000}-{Number % 12 + 1:00}"),
        Grain.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Number / 4:0000}-Q{Number % 4 + 1}"),
        _ => Number.ToString("0000", CultureInfo.InvariantCulture),
    };
}

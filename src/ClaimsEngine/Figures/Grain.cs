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

    /// <summary>Reads what <see cref="ToString"/> writes; null for a text that is none of this grain.</summary>
    public static CalendarPeriod? Parse(Grain grain, string text)
    {
        if (text.Length < 4 || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 1)
            return null;
        var periods = grain switch { Grain.Month => 12, Grain.Quarter => 4, _ => 1 };
        var first = new CalendarPeriod(grain, year * periods);
        return Enumerable.Range(0, periods).Select(first.Plus).Where(period => period.ToString() == text)
            .Select(period => (CalendarPeriod?)period).FirstOrDefault();
    }

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

using System.Collections.Frozen;
using System.Text.Json;

namespace ClaimsEngine.Kernel;

/// <summary>
/// Working days of China: Monday to Friday without the holidays, and the weekend days that the State Council's arrangement of a year makes
/// working days. One data file a year (<c>seeds/calendars</c>). A year without a file has its weekends alone.
/// </summary>
public static class WorkingDays
{
    private static readonly FrozenDictionary<int, HolidayYear> Years = EmbeddedData.Names("calendars/")
        .Select(name => JsonSerializer.Deserialize<HolidayYear>(EmbeddedData.Text(name), ClaimsJson.Options)!)
        .ToFrozenDictionary(year => year.Year);

    /// <summary>The years that have data, oldest first.</summary>
    public static IReadOnlyList<HolidayYear> Known { get; } = [.. Years.Values.OrderBy(year => year.Year)];

    public static bool Is(LocalDate day)
    {
        var isWeekend = day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
        if (!Years.TryGetValue(day.Year, out var year)) return !isWeekend;
        return isWeekend ? year.WorkingWeekends.Contains(day) : !year.Holidays.Contains(day);
    }

    /// <summary>The working day of this number after a day, which itself does not count.</summary>
    /// <param name="count">0 or more; 0 is the day itself, working or not</param>
    public static LocalDate After(LocalDate day, int count)
    {
        for (; count > 0; count--)
            do day = day.PlusDays(1);
            while (!Is(day));
        return day;
    }

    /// <summary>Working days after one day up to and with another; 0 if that is not later.</summary>
    public static int Between(LocalDate after, LocalDate until)
    {
        var count = 0;
        for (var day = after.PlusDays(1); day <= until; day = day.PlusDays(1))
            if (Is(day)) count++;
        return count;
    }

    /// <summary>Which data says so: <c>cn-2026/1</c>, or <c>weekends-2030</c> where there is none.</summary>
    public static string CalendarOf(int year) => Years.TryGetValue(year, out var known) ? $"cn-{year}/{known.Version}" : $"weekends-{year}";
}

/// <summary>The holidays of a year as the State Council arranges them.</summary>
/// <param name="Source">the published arrangement, or the regulation that it follows</param>
/// <param name="Holidays">days off, weekends within a holiday included</param>
/// <param name="WorkingWeekends">Saturdays and Sundays that are worked</param>
/// <param name="Assumed">what was not published when the data was made; null for nothing</param>
public sealed record HolidayYear(
    int Year, int Version, string Source, IReadOnlyList<LocalDate> Holidays, IReadOnlyList<LocalDate> WorkingWeekends,
    string? Assumed = null);

using System.Globalization;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Rosters;

/// <summary>Dates as sheets hold them: as text in several forms, or as a number of days.</summary>
internal static partial class SheetDate
{
    private const int LastSerial = 2_958_465;   // 31 December 9999

    /// <summary>
    /// A date stored as a number: days since the end of 1899 or since 1 January 1904; a time of day is dropped. A number of eight digits is
    /// a date written without separators. Null if it is neither.
    /// </summary>
    public static LocalDate? OfSerial(string number, bool from1904)
    {
        if (number.Length == 8 && OfText(number) is { } written) return written;
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            || days is < 1 or >= LastSerial + 1) return null;
        var whole = (int)Math.Floor(days);
        if (from1904) return whole > LastSerial - 1462 ? null : new LocalDate(1904, 1, 1).PlusDays(whole);
        // the 1900 calendar has a 29 February 1900 (day 60) that never was
        return whole == 60 ? null : new LocalDate(1899, 12, 30).PlusDays(whole < 60 ? whole + 1 : whole);
    }

    /// <summary>2025-10-20, 2025/10/20, 2025.10.20, 2025年10月20日, 20251020, with or without 0:00; or the number of days in the 1900
    /// calendar, five digits.</summary>
    public static LocalDate? OfText(string text)
    {
        var match = Written().Match(text);
        if (!match.Success) match = Digits().Match(text);
        if (!match.Success) return Serial().IsMatch(text) ? OfSerial(text, from1904: false) : null;
        int Part(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        var (year, month, day) = (Part("y"), Part("m"), Part("d"));
        return year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day) : null;
    }

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?:(?<s>[-/.])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2})|年(?<m>[0-9]{1,2})月(?<d>[0-9]{1,2})日?)"
        + @"(?:[ T]0?0:00(?::00(?:\.0+)?)?Z?)?\z")]
    private static partial Regex Written();

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[0-9]{5}\z")]
    private static partial Regex Serial();
}

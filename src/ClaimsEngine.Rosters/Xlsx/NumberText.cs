using System.Globalization;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>A number cell as its digits: whole numbers without exponent, others to the 15 digits that spreadsheets keep.</summary>
internal static class NumberText
{
    public static string Of(string stored)
    {
        // the usual case, as programs write it
        if (stored.Length is > 0 and <= 15 && !stored.AsSpan().ContainsAnyExceptInRange('0', '9')
            && (stored.Length == 1 || stored[0] != '0')) return stored;
        if (!double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)) return stored;
        return number == Math.Truncate(number) && Math.Abs(number) < 1e28
            ? ((decimal)number).ToString("0", CultureInfo.InvariantCulture)
            : number.ToString("G15", CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Console.Words;

/// <summary>How values are written on a page.</summary>
public static partial class Show
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    /// <summary>Yuan with thousands separators: <c>120,000.00</c>.</summary>
    public static string Money(Money? amount) => amount is { } some ? Money(some.ToString()) : "—";

    /// <summary>The same of the API's decimal text.</summary>
    public static string Money(string? amount) =>
        decimal.TryParse(amount, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("#,##0.00", CultureInfo.InvariantCulture) : amount ?? "—";

    public static string Number(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Date(LocalDate? date) => date?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    /// <summary>A recorded time in Asia/Shanghai: <c>2026-11-27 22:45:52</c>.</summary>
    public static string Moment(Instant? at) =>
        at?.InZone(Shanghai).ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "—";

    public static string Region(RegionCode region, Language language) =>
        region.Value.Length == 0 ? language.Of("全国", "China") : region.FullName;

    /// <summary>A place as somebody of another place calls it: 凉州区 in Wuwei, 武威市凉州区 in Gansu. For tables, where the whole name of each
    /// row would say the same.</summary>
    public static string Place(RegionCode region, RegionCode from, Language language)
    {
        var (whole, above) = (Region(region, language), from.Level > 0 ? from.FullName : "");
        return region == from && above.Length > 0 ? region.Name
            : whole.StartsWith(above, StringComparison.Ordinal) ? whole[above.Length..] : whole;
    }

    /// <summary><c>620602********0027</c>: enough to compare with a paper, not enough to use.</summary>
    public static string Masked(string identityNumber) => identityNumber.Length < 12
        ? new string('*', identityNumber.Length)
        : $"{identityNumber[..6]}{new string('*', identityNumber.Length - 10)}{identityNumber[^4..]}";

    /// <summary>The last four characters; who needs the others opens them with a reason.</summary>
    public static string MaskedPhone(string phone) =>
        phone.Length <= 4 ? new string('*', phone.Length) : new string('*', phone.Length - 4) + phone[^4..];

    /// <summary>The word for an enum's value.</summary>
    public static string Word<T>(T value, Language language) where T : struct, Enum =>
        Word(typeof(T), JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), language);

    /// <summary>The word for the API's name of an enum's value.</summary>
    public static string Word(Type names, string value, Language language)
    {
        if (language == Language.English) return Spaced(value);
        try
        {
            return Headings.WordsOf(names).GetValueOrDefault(value) ?? Texts.Chinese(value) ?? value;
        }
        catch (KeyNotFoundException)
        {
            return Texts.Chinese(value) ?? value;
        }
    }

    /// <summary>The heading of a list's column.</summary>
    public static string Heading(string table, string column, Language language)
    {
        if (language == Language.English) return column is "nameEn" or "nameZh" ? "Name" : Spaced(column);
        try
        {
            return Headings.Of(table, column);
        }
        catch (KeyNotFoundException)
        {
            return Texts.Chinese(column) ?? column;
        }
    }

    /// <summary><c>certificateNumber</c> → <c>Certificate number</c>.</summary>
    public static string Spaced(string name)
    {
        if (name.Length == 0) return name;
        var words = Humps().Replace(name, match => " " + match.Value.ToLowerInvariant()).Replace('-', ' ').Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Humps();
}

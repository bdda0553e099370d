using Microsoft.AspNetCore.WebUtilities;
using NodaTime.Text;

namespace ClaimsEngine.Console.Words;

/// <summary>What stands in the query of a page's address.</summary>
public static class Query
{
    /// <returns>null where it is absent or empty</returns>
    public static string? Of(string address, string name) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text
            ? name == "asOf" ? Moment(text) : text : null;

    /// <summary>
    /// A moment as the API takes it. A day is its end and <c>2026-01-31T16:00</c> a minute in Asia/Shanghai, as people write them; what is
    /// neither goes as it is, and the API says what is wrong with it.
    /// </summary>
    private static string Moment(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
            return ClaimsJson.Text(Shanghai.AtStartOfDay(day.PlusDays(1)).ToInstant());
        return LocalMinute.Parse(text.Replace(' ', 'T')) is { Success: true, Value: var minute }
            ? ClaimsJson.Text(minute.InZoneLeniently(Shanghai).ToInstant()) : text;
    }

    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    private static readonly LocalDateTimePattern LocalMinute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>An address with these values; null and empty ones are left out.</summary>
    public static string Address(string path, params IEnumerable<(string Name, string? Value)> values) =>
        QueryHelpers.AddQueryString(path, values.Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}

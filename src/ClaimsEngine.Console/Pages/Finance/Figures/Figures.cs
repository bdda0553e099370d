using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Console.Pages.Finance.Figures;

/// <summary>An answer to a question of finance: its rows, their total, and what was known.</summary>
public sealed record Answered(IReadOnlyList<JsonElement> Rows, JsonElement? Total, Instant AsOf, long Position);

/// <summary>Values of a row as a chart takes them.</summary>
internal static class Rows
{
    public static decimal Amount(this JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDecimal(),
            JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var own) => own,
            _ => 0,
        } : 0;

    /// <summary>Empty where there is none.</summary>
    public static string Text(this JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value.ToString() : "";
}

/// <summary>Which texts of an answer are numbers.</summary>
internal static partial class FigureText
{
    /// <summary>Two decimals.</summary>
    [GeneratedRegex(@"^-?\d+\.\d{2}\z")]
    public static partial Regex Money();

    /// <summary>Six decimals: a share, 1 being all.</summary>
    [GeneratedRegex(@"^-?\d+\.\d{6}\z")]
    public static partial Regex Ratio();
}

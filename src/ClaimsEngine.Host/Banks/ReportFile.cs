using System.Globalization;
using System.Text.Json.Nodes;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Banks;

/// <summary>A file of a bank as the JSON that the same route takes otherwise, or what is wrong with it: then there is no JSON.</summary>
public sealed record ReportFile(JsonObject? Json, IReadOnlyList<(string Field, string Message)> Faults)
{
    public static ReportFile Broken(string message) => new(null, [("body", message)]);

    /// <summary>The JSON, if nothing is wrong.</summary>
    public static ReportFile Of(JsonObject json, IReadOnlyList<(string, string)> faults) => new(faults.Count == 0 ? json : null, faults);

    /// <summary>An id as JSON writes it: a bank's message carries it without hyphens. Any other text as it is, to be refused with its
    /// field.</summary>
    public static string Id(string text) => Guid.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id.ToString() : text;

    /// <summary>Sets a member to the amount, or notes that the text is none.</summary>
    public static void SetAmount(
        JsonObject target, string member, string text, MoneyUnit unit, string field, List<(string, string)> faults)
    {
        if (unit.Read(text) is { } amount) target[member] = amount.ToString();
        else faults.Add((field, unit == MoneyUnit.Yuan ? "is no amount in yuan with at most two places" : "is no whole number of fen"));
    }
}

using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ClaimsEngine.Host.Telemetry;

/// <summary>Names, labels and numbers of the Prometheus text format 0.0.4, from those of .NET instruments by OpenTelemetry's compatibility rules.</summary>
internal static class PrometheusNames
{
    /// <summary><c>http.server.request.duration</c> in <c>s</c> → <c>http_server_request_duration_seconds</c>; counters end in <c>_total</c>.</summary>
    public static string Metric(Instrument instrument, bool counter)
    {
        var name = Sanitise(instrument.Name, colon: true);
        var unit = Unit(instrument.Unit);
        if (unit.Length > 0 && !name.EndsWith($"_{unit}", StringComparison.Ordinal)) name = $"{name}_{unit}";
        return counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    /// <summary>Letters, digits and underscores; a digit may not come first.</summary>
    public static string Label(string name) => Sanitise(name, colon: false);

    public static string EscapeLabel(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string EscapeText(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Unit(string? unit) => unit switch
    {
        null or "" or "1" => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "By" => "bytes",
        "%" => "percent",
        _ when unit.StartsWith('{') => "",   // an annotation: what is counted, not a measure
        _ => Sanitise(unit, colon: false),
    };

    private static string Sanitise(string name, bool colon)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var letter in name) text.Append(char.IsAsciiLetterOrDigit(letter) || letter == '_' || (colon && letter == ':') ? letter : '_');
        if (text.Length == 0 || char.IsAsciiDigit(text[0])) text.Insert(0, '_');
        return text.ToString();
    }
}

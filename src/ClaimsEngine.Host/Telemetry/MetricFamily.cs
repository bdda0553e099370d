using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ClaimsEngine.Host.Telemetry;

internal enum MetricKind { Counter, Gauge, Histogram }

/// <summary>One metric with all its label sets. Instruments of the same name and kind share it.</summary>
internal sealed class MetricFamily(string name, string help, MetricKind kind, bool observable, IReadOnlyList<double> bounds)
{
    /// <summary>Beyond this many label sets everything falls into one that says so: a label that varies without end must not fill the memory.</summary>
    public const int MaxSeries = 1000;

    private const string Overflow = "otel_metric_overflow=\"true\"";
    private const int MaxLabelLength = 128;

    // Whoever adds them to an instrument, labels about a person or a caller are not published.
    private static readonly string[] Withheld = ["user.", "enduser.", "client.", "url."];

    private readonly ConcurrentDictionary<string, Series> series = new();

    public MetricKind Kind => kind;

    /// <summary>OpenTelemetry's default bounds, for seconds and for everything else.</summary>
    public static IReadOnlyList<double> DefaultBounds(Instrument instrument) => instrument.Unit == "s"
        ? [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
        : [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    /// <param name="replace">true for a value that is the whole (gauges and observables), false for one that is added</param>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, bool replace)
    {
        var labels = Labels(tags);
        if (!series.TryGetValue(labels, out var one))
        {
            // Two threads may pass the check at once: the bound is exceeded by their number at most.
            if (series.Count >= MaxSeries) labels = Overflow;
            one = series.GetOrAdd(labels, _ => new Series(bounds.Count));
        }
        lock (one)
        {
            if (kind == MetricKind.Histogram) one.Observe(value, bounds);
            else one.Sum = replace ? value : one.Sum + value;
        }
    }

    /// <summary>Before observables are asked again, so that what they no longer report disappears.</summary>
    public void ForgetObserved()
    {
        if (observable) series.Clear();
    }

    public void Write(StringBuilder text)
    {
        if (series.IsEmpty) return;
        if (help.Length > 0) text.Append("# HELP ").Append(name).Append(' ').Append(PrometheusNames.EscapeText(help)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var (labels, one) in series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            lock (one)
            {
                if (kind == MetricKind.Histogram) WriteHistogram(text, labels, one);
                else Line(text, name, labels, PrometheusNames.Number(one.Sum));
            }
        }
    }

    private void WriteHistogram(StringBuilder text, string labels, Series one)
    {
        var count = 0L;
        for (var i = 0; i <= bounds.Count; i++)
        {
            count += one.Buckets[i];
            var bound = PrometheusNames.Number(i < bounds.Count ? bounds[i] : double.PositiveInfinity);
            Line(text, $"{name}_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", count.ToString(CultureInfo.InvariantCulture));
        }
        Line(text, $"{name}_sum", labels, PrometheusNames.Number(one.Sum));
        Line(text, $"{name}_count", labels, count.ToString(CultureInfo.InvariantCulture));
    }

    private static void Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        // Sorted, because the same set in another order is the same series; the last of two tags of one name counts.
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (Withheld.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))) continue;
            var label = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            sorted[PrometheusNames.Label(key)] = PrometheusNames.EscapeLabel(label.Length > MaxLabelLength ? label[..MaxLabelLength] : label);
        }
        return string.Join(',', sorted.Select(pair => $"{pair.Key}=\"{pair.Value}\""));
    }

    private sealed class Series(int bounds)
    {
        public double Sum;
        public readonly long[] Buckets = new long[bounds + 1];

        public void Observe(double value, IReadOnlyList<double> bounds)
        {
            var bucket = 0;
            while (bucket < bounds.Count && value > bounds[bucket]) bucket++;
            Buckets[bucket]++;
            Sum += value;
        }
    }
}

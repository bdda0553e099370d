using System.Globalization;
using System.Text.RegularExpressions;
using ClaimsEngine.Notifications;

namespace ClaimsEngine.Console.Pages.Operations;

/// <summary>How a read model is doing.</summary>
/// <param name="Position">it contains every event up to here</param>
/// <param name="LagEvents">events that it has still to see, an upper bound</param>
/// <param name="LagSeconds">age of the oldest of them; 0 when there is none</param>
/// <param name="DeadLetters">streams held back</param>
public sealed record ReadModelState(string ReadModel, long Position, long LagEvents, double LagSeconds, long DeadLetters);

/// <summary>All of a small list.</summary>
public sealed record All<T>(IReadOnlyList<T> Items);

/// <summary>A stream that a read model holds back because one of its events fails.</summary>
/// <param name="Position">of the event that fails</param>
public sealed record DeadLetter(
    string ReadModel, Guid Stream, long Position, string Error, int Attempts, Instant FirstFailed, Instant LastFailed);

public sealed record Health(string Status, IReadOnlyList<HealthCheck> Checks);

public sealed record HealthCheck(string Name, string Status, string? Description, double Seconds);

/// <param name="Status">live or ready</param>
public sealed record Standing(string Status, int? ReadModels = null);

/// <summary>What a webhook was told, or is to be told.</summary>
/// <param name="Answer">HTTP status of the last answer; null where none came</param>
/// <param name="Note">why the last try failed</param>
public sealed record Delivery(
    Guid Id, Guid Event, string Type, Guid Subject, RegionCode Region, DeliveryStatus Status, int Attempts, int? Answer, string? Note,
    Instant? NextAt, Instant RecordedAt, Instant? EndedAt);

/// <summary>Figures of the running host, as it tells them to Prometheus.</summary>
public sealed partial class Metrics
{
    private readonly List<(string Name, string Labels, double Value)> samples = [];

    public static Metrics Of(string text)
    {
        var metrics = new Metrics();
        foreach (Match line in Sample().Matches(text))
            if (double.TryParse(line.Groups[3].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                metrics.samples.Add((line.Groups[1].Value, line.Groups[2].Value, value));
        return metrics;
    }

    /// <summary>The sum of all samples of this name; null where there is none.</summary>
    /// <param name="label">only those with this among their labels: <c>state="used"</c></param>
    public double? Sum(string name, string label = "")
    {
        var fitting = samples.Where(sample => sample.Name == name && sample.Labels.Contains(label, StringComparison.Ordinal)).ToArray();
        return fitting.Length == 0 ? null : fitting.Sum(sample => sample.Value);
    }

    /// <summary>Names that begin so, of counters and gauges: no buckets and sums of histograms.</summary>
    public IEnumerable<(string Name, double Value)> Of(params string[] beginnings) => samples
        .Where(sample => beginnings.Any(beginning => sample.Name.StartsWith(beginning, StringComparison.Ordinal))
            && !sample.Name.EndsWith("_bucket", StringComparison.Ordinal) && !sample.Name.EndsWith("_sum", StringComparison.Ordinal))
        .GroupBy(sample => sample.Name).Select(group => (group.Key, group.Sum(sample => sample.Value)));

    [GeneratedRegex(@"^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[^\n]*\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex Sample();
}

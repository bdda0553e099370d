using System.Diagnostics.Metrics;

namespace ClaimsEngine.Storage;

/// <summary>What the store tells about itself beside Marten's and Wolverine's own figures, under the meter
/// <c>ClaimsEngine.Storage</c>.</summary>
public static class StoreMetrics
{
    public const string MeterName = "ClaimsEngine.Storage";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("claims.events.appended", "{event}", "Events committed");
    private static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>("claims.append.duration", "s",
        "From call to acknowledgement");
    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>("claims.feed.lag", "s",
        "Age of the oldest event of a page when it is projected");

    internal static void Appended(int events, TimeSpan duration)
    {
        Events.Add(events);
        AppendDuration.Record(duration.TotalSeconds);
    }

    internal static void Imported(int events) => Events.Add(events);

    internal static void Projected(Instant? oldest)
    {
        if (oldest is { } at) Lag.Record(Math.Max(0, (SystemClock.Instance.GetCurrentInstant() - at).TotalSeconds));
    }
}

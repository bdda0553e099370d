using System.Diagnostics.Metrics;

namespace ClaimsEngine.EventStore;

/// <summary>What the store tells about itself, under the meter <c>ClaimsEngine.EventStore</c>.</summary>
public static class StoreMetrics
{
    public const string MeterName = "ClaimsEngine.EventStore";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Events = Meter.CreateCounter<long>("claims.events.appended", "{event}", "Events committed");
    private static readonly Histogram<long> BatchSize = Meter.CreateHistogram<long>("claims.append.batch", "{append}", "Appends that shared a commit");
    private static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>("claims.append.duration", "s", "From call to acknowledgement");

    private static double oldestTransaction, feedLag;

    static StoreMetrics()
    {
        Meter.CreateObservableGauge("claims.feed.lag", () => Volatile.Read(ref feedLag), "s", "Age of the oldest event that a read model of this process has still to see");
        Meter.CreateObservableGauge("claims.transaction.oldest", () => Volatile.Read(ref oldestTransaction), "s",
            "Age of the oldest running write transaction of the cluster: the feed waits for it");
    }

    internal static void Appended(int events, TimeSpan duration)
    {
        Events.Add(events);
        AppendDuration.Record(duration.TotalSeconds);
    }

    internal static void Imported(int events) => Events.Add(events);

    internal static void Batch(int appends) => BatchSize.Record(appends);

    internal static void OldestTransaction(double seconds) => Volatile.Write(ref oldestTransaction, seconds);

    internal static void FeedLag(double seconds) => Volatile.Write(ref feedLag, seconds);
}

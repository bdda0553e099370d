using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace ClaimsEngine.Host.Telemetry;

/// <summary>
/// Collects what the instruments of the known meters measure, for <c>/metrics</c>. Our own, because no Prometheus exporter is in the feed.
/// Measures begin when the host starts.
/// </summary>
public sealed partial class MetricCollection : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> families = new();
    private readonly MeterListener listener = new();
    private readonly Lock reading = new();
    private readonly IMeterFactory factory;
    private readonly ILogger<MetricCollection> log;

    public MetricCollection(IMeterFactory factory, ILogger<MetricCollection> log)
    {
        (this.factory, this.log) = (factory, log);
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<byte>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<short>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<float>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, state) => Record(instrument, value, tags, state));
        listener.SetMeasurementEventCallback<decimal>((instrument, value, tags, state) => Record(instrument, (double)value, tags, state));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    /// <summary>Everything measured so far, in the Prometheus text format 0.0.4.</summary>
    public string Read()
    {
        lock (reading)
        {
            foreach (var family in families.Values) family.ForgetObserved();
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException failed)
            {
                ObservationFailed(failed);   // one broken gauge must not hide all other metrics
            }
            var text = new StringBuilder();
            foreach (var (_, family) in families.OrderBy(pair => pair.Key, StringComparer.Ordinal)) family.Write(text);
            return text.ToString();
        }
    }

    private void Publish(Instrument instrument, MeterListener target)
    {
        var meter = instrument.Meter;
        if (!Observability.Meters.Any(known => known.EndsWith('*') ? meter.Name.StartsWith(known[..^1], StringComparison.Ordinal) : meter.Name == known)) return;
        // A meter made by a factory belongs to the host of that factory; several hosts share a process in tests.
        if (meter.Scope is not null && !ReferenceEquals(meter.Scope, factory)) return;
        var kind = KindOf(instrument);
        var name = PrometheusNames.Metric(instrument, counter: kind == MetricKind.Counter);
        var family = families.GetOrAdd(name, _ =>
            new MetricFamily(name, instrument.Description ?? "", kind, instrument.IsObservable, BoundsOf(instrument)));
        if (family.Kind == kind) target.EnableMeasurementEvents(instrument, family);
        else NameTaken(meter.Name, instrument.Name);
    }

    private static void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((MetricFamily)state!).Record(value, tags, replace: instrument.IsObservable || IsGauge(instrument));

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var form = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return form == typeof(Counter<>) || form == typeof(ObservableCounter<>) ? MetricKind.Counter
            : form == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;   // up-down counters, gauges and what later versions add
    }

    private static bool IsGauge(Instrument instrument) =>
        instrument is Gauge<byte> or Gauge<short> or Gauge<int> or Gauge<long> or Gauge<float> or Gauge<double> or Gauge<decimal>;

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => advised,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(bound => (double)bound)],
        _ => MetricFamily.DefaultBounds(instrument),
    };

    [LoggerMessage(LogLevel.Warning, "An observable metric could not be read")]
    private partial void ObservationFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Instrument {Instrument} of meter {Meter} is not published: another kind of metric has its name")]
    private partial void NameTaken(string meter, string instrument);
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Counts what one request asks the database: each command or batch of commands that goes to PostgreSQL is one.</summary>
public sealed class StatementCounter : IDisposable
{
    private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();
    private readonly ConcurrentBag<string> seen = [];
    private readonly ActivityListener listener;

    public StatementCounter()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace) seen.Add($"{activity.OperationName}: {activity.GetTagItem("db.query.text")}");
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The header under which the request is sent that is to be counted.</summary>
    public string Traceparent => $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";

    public int Count => seen.Count;

    public void Dispose() => listener.Dispose();

    public override string ToString() => string.Join('\n', seen);
}

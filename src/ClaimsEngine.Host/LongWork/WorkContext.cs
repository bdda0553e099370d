using ClaimsEngine.EventStore.LongWork;

namespace ClaimsEngine.Host.LongWork;

/// <summary>What a work has at hand while it runs.</summary>
public sealed class WorkContext
{
    private const long Unknown = -1;

    private readonly Lazy<Stream> output;
    private long done, total = Unknown;

    internal WorkContext(Guid id, LongWorks works, CancellationToken cancellation)
    {
        Id = id;
        Cancellation = cancellation;
        output = new Lazy<Stream>(() => works.WriteOutput(id));
    }

    public Guid Id { get; }

    /// <summary>The host stops, or another process has given this work up for dead. Whoever heeds it ends as interrupted.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>
    /// What the caller may download as CSV when the work is done or refused. Stored in parts as it grows, so that it may be larger than memory; closed by
    /// the runner if the work has not done so. A writer around it has to be flushed before the work returns.
    /// </summary>
    public Stream Output => output.Value;

    /// <summary>How far the work is, in whatever it counts. Costs next to nothing and may be called at every step, from any thread; stored a few times a second.</summary>
    /// <param name="done">steps done until now, 0 or more</param>
    /// <param name="total">steps in all; null if that is not known, or known already</param>
    public void Report(long done, long? total = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        if (total is { } all)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(all, nameof(total));
            Volatile.Write(ref this.total, all);
        }
        Volatile.Write(ref this.done, done);
    }

    internal (long Done, long? Total) Progress => (Volatile.Read(ref done), Volatile.Read(ref total) is var all and not Unknown ? all : null);

    internal ValueTask CloseOutput() => output.IsValueCreated ? output.Value.DisposeAsync() : ValueTask.CompletedTask;
}

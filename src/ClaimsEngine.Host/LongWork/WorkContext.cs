using ClaimsEngine.Rosters.Enrolling;
using ClaimsEngine.Storage.LongWork;
using Npgsql;

namespace ClaimsEngine.Host.LongWork;

/// <summary>What a work has at hand while it runs.</summary>
public sealed class WorkContext : IRosterProgress
{
    private const long Unknown = -1;

    private readonly LongWorks works;
    private long done, total;

    internal WorkContext(ClaimedWork claimed, string trace, LongWorks works, Stream output, CancellationToken cancellation)
    {
        this.works = works;
        (Id, Checkpoint, Trace, Output, Cancellation) = (claimed.Id, claimed.Checkpoint, trace, output, cancellation);
        (done, total) = (claimed.Done, claimed.Total ?? Unknown);
    }

    public Guid Id { get; }

    /// <summary>Where the work stopped when another process was killed at it, as it noted it; null at the beginning.</summary>
    public string? Checkpoint { get; }

    /// <summary>Of the request that started the work.</summary>
    public string Trace { get; }

    /// <summary>The host stops, or another process has taken the work over. The work is gone on with from its last checkpoint.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>
    /// What the caller may download when the work is done or refused. Stored in parts as it grows, so that it may be larger than memory;
    /// closed by the runner if the work has not done so. A writer around it has to be flushed before the work returns.
    /// </summary>
    public Stream Output { get; }

    /// <summary>Copies the file that the work was given.</summary>
    public Task CopyInput(Stream to) => works.CopyInput(Id, to, Cancellation);

    /// <summary>How far the work is, in whatever it counts. Costs next to nothing and may be called at every step, from any thread; stored
    /// a few times a second.</summary>
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

    public Task Note(NpgsqlConnection connection, string checkpoint, CancellationToken cancellation) =>
        works.Note(connection, Id, checkpoint, cancellation);

    public Task Note(string checkpoint, CancellationToken cancellation) => works.Note(Id, checkpoint, cancellation);

    internal (long Done, long? Total) Progress =>
        (Volatile.Read(ref done), Volatile.Read(ref total) is var all and not Unknown ? all : null);
}

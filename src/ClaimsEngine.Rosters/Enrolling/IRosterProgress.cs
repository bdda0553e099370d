using Npgsql;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>
/// Where a roster says how far it is, and where it finds how far an earlier run of it came. Its members may be called at the same time.
/// </summary>
public interface IRosterProgress
{
    /// <summary>What an earlier run noted last; null at the beginning.</summary>
    string? Checkpoint { get; }

    /// <summary>Rows done, and rows in all, over every pass.</summary>
    void Report(long done, long? total);

    /// <summary>Notes a checkpoint (JSON) in the transaction that stores what it tells of.</summary>
    /// <param name="connection">with that transaction; an exception keeps it from being committed</param>
    Task Note(NpgsqlConnection connection, string checkpoint, CancellationToken cancellation);

    /// <summary>Notes a checkpoint (JSON) in a transaction of its own.</summary>
    Task Note(string checkpoint, CancellationToken cancellation);
}

/// <summary>Progress of a roster that nobody goes on with after a kill: it is sent again instead.</summary>
public sealed class UnrecordedProgress(Action<long, long?> report) : IRosterProgress
{
    public string? Checkpoint => null;

    public void Report(long done, long? total) => report(done, total);

    public Task Note(NpgsqlConnection connection, string checkpoint, CancellationToken cancellation) => Task.CompletedTask;

    public Task Note(string checkpoint, CancellationToken cancellation) => Task.CompletedTask;
}

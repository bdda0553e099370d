using ClaimsEngine.Storage.Projections;
using Npgsql;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>
/// Stores the rows of a source in bulk, beside whatever else is being written. What an earlier run has dealt with is passed over, so that a
/// run that was killed is simply run again, and a whole one changes nothing.
/// </summary>
public sealed class Importer(Sessions sessions, StorageOptions options, EventTypes types, DaemonWakeup wakeup)
{
    private readonly ImportLog log = new(sessions.Application, options);

    /// <param name="source">what the rows are of, the same at every run: the hash of a file, say. One process at a time imports a
    /// source.</param>
    /// <param name="rows">in the order of their numbers; read as fast as they can be stored</param>
    /// <param name="progress">told after every COMMIT</param>
    /// <exception cref="ArgumentException">Numbers do not rise, or a row is none that an append could be. Earlier rows may be
    /// stored.</exception>
    /// <exception cref="SourceTakenException">Another process is importing this source.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL did not come back within <see cref="StorageOptions.Reconnect"/>; run again to go
    /// on.</exception>
    public async Task<ImportState> Run(
        string source, IAsyncEnumerable<ImportRow> rows, ImportOptions? how = null, IProgress<ImportState>? progress = null,
            CancellationToken cancellation = default)
    {
        how ??= new ImportOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(how.BatchEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(how.Connections, 1);
        var import = new Import(await log.Begin(source, cancellation), sessions.Application, options, types, log, how);
        return await import.Run(rows, state =>
        {
            wakeup.Signal();
            progress?.Report(state);
        }, cancellation);
    }

    /// <summary>How far a source was imported, null if it never was.</summary>
    public Task<ImportState?> StateOf(string source, CancellationToken cancellation = default) => log.Find(source, cancellation);

    /// <summary>The rows of a source of which nothing was stored, in order, of all runs.</summary>
    public IAsyncEnumerable<RejectedRow> RejectedRows(string source, CancellationToken cancellation = default) =>
        log.Rejected(source, cancellation);
}

/// <summary>Another process is importing the same source.</summary>
public sealed class SourceTakenException(string source)
    : InvalidOperationException($"source {source} is being imported by another process");

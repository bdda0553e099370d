using System.Diagnostics;

namespace ClaimsEngine.EventStore;

/// <summary>
/// A private PostgreSQL of this machine, for a host that was given no server: made once, kept in a folder, reused at the next start,
/// stopped by the last process that uses it, and healed after a crash. Reachable from this machine only, by password.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly ClusterFolder _cluster;
    private readonly LocalServer _server;
    private readonly FolderLocks _locks;
    private int _left;

    private LocalPostgres(ClusterFolder cluster, LocalServer server, FolderLocks locks) => (_cluster, _server, _locks) = (cluster, server, locks);

    /// <summary>For the owner role, superuser of this cluster, on the database <c>claims</c>. Changes if <see cref="Revive"/> finds the port taken.</summary>
    public string ConnectionString => _server.ConnectionString(Port, "claims");

    /// <summary>The folder that holds everything, spelled without links.</summary>
    public string Folder => _cluster.Folder;

    public int Port { get; private set; }

    /// <summary>The server's main process, null while there is none.</summary>
    public int? ServerProcessId => _server.Running()?.ProcessId;

    /// <summary>Starts the server of a folder, making the cluster the first time, or adopts the one that runs there already.</summary>
    /// <exception cref="LocalPostgresUnavailableException">there are no usable binaries on this machine</exception>
    /// <exception cref="LocalPostgresException">the folder cannot be used, or the server does not start; the message holds the end of its log</exception>
    public static async Task<LocalPostgres> Start(LocalPostgresOptions options, CancellationToken cancellation = default)
    {
        if (OperatingSystem.IsWindows())
            throw new LocalPostgresUnavailableException("No database: ConnectionStrings:Claims names no server, and a local one is not started on Windows.");

        try
        {
            var folder = await ClusterFolder.Make(Path.GetFullPath(options.Folder));
            var locks = new FolderLocks(folder, options.Timeout);
            using var starting = await locks.Exclusive(cancellation);
            return await Start(folder, locks, options, cancellation);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new LocalPostgresException($"Cannot use {options.Folder} as the data folder: {e.Message} CLAIMS_DATA names another one.", e);
        }
    }

    /// <summary>Starts the server again after it died under us, on the same port if that is free; does nothing while it answers.</summary>
    public async Task Revive(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_left != 0, this);
        using var starting = await _locks.Exclusive(cancellation);
        Port = (await _server.Answering(cancellation)).Port;
    }

    /// <summary>Kills the server and its children with SIGKILL, as a power cut would. For tests of what survives that.</summary>
    public async Task Crash()
    {
        if (_server.Running() is not { } running) return;
        using var process = Process.GetProcessById(running.ProcessId);
        process.Kill(entireProcessTree: true);
        for (var wait = 0; wait < 200 && _server.Running() is not null; wait++) await Task.Delay(10);
    }

    /// <summary>Ends this process's use of the server. The last one stops it (fast shutdown) and returns when it is gone.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0) return;
        using var stopping = await _locks.Exclusive(CancellationToken.None);
        if (await _locks.LeaveAsLast()) await _server.Stop();
    }

    /// <summary><see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<LocalPostgres> Start(string folder, FolderLocks locks, LocalPostgresOptions options, CancellationToken cancellation)
    {
        var cluster = await ClusterFolder.Open(folder);
        var binaries = await PostgresBinaries.Find(options.SearchFolders, cluster.Major, folder, cancellation);
        if (cluster.Major is null) options.Progress?.Invoke($"Making a PostgreSQL {binaries.Major} cluster in {folder}.");
        await cluster.Initialise(binaries, cancellation);

        var server = new LocalServer(cluster, binaries, options);
        locks.Use();
        try
        {
            return new(cluster, server, locks) { Port = (await server.Answering(cancellation)).Port };
        }
        catch (Exception e)
        {
            if (await locks.LeaveAsLast() && e is OperationCanceledException) await server.Stop();
            throw;
        }
    }
}

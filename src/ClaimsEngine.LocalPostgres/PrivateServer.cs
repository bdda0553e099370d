using System.Diagnostics;

namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// A private PostgreSQL of this machine, for a program that was given no server. It is made once, kept in a folder and used again at the
/// next start. The last process that uses it stops it. Every process that uses it watches it and starts it again when it has died.
/// It can be reached from this machine only, by password.
/// </summary>
public sealed class PrivateServer : IAsyncDisposable
{
    private readonly ClusterFolder _cluster;
    private readonly ServerProcess _server;
    private readonly FolderLocks _locks;
    private readonly PrivateServerOptions _options;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _watching;
    private volatile int _port;
    private volatile bool _crashed;
    private int _left;

    private PrivateServer(ClusterFolder cluster, ServerProcess server, FolderLocks locks, PrivateServerOptions options, int port)
    {
        (_cluster, _server, _locks, _options, _port) = (cluster, server, locks, options, port);
        var watch = new ServerWatch(
            $"PostgreSQL in {Folder}", options.WatchEvery, Lives, StartAgain, options.Tell, options.Clock);
        _watching = Task.Run(() => watch.Run(_leaving.Token));
    }

    /// <summary>For the owner role, which is superuser of this cluster, on the database that the options name.</summary>
    public string ConnectionString => _server.ConnectionString(Port, _options.Database);

    /// <summary>The folder that holds everything, spelled without links.</summary>
    public string Folder => _cluster.Folder;

    /// <summary>
    /// A revived server keeps its port. The port changes only if a stranger took it while the server was dead and another process then
    /// started the server on another port. <see cref="PrivateServerOptions.Progress"/> is told so.
    /// </summary>
    public int Port => _port;

    /// <summary>The server's main process, null while there is none.</summary>
    public int? ServerProcessId => _server.Running()?.ProcessId;

    /// <summary>Starts the server of a folder, or adopts the one that runs there already. The first start makes the cluster.</summary>
    /// <exception cref="PrivateServerUnavailableException">there are no usable binaries on this machine</exception>
    /// <exception cref="PrivateServerException">
    /// the folder cannot be used, or the server does not start; the message holds the end of its log
    /// </exception>
    public static async Task<PrivateServer> Start(PrivateServerOptions options, CancellationToken cancellation = default)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PrivateServerUnavailableException(
                "No database: no server is named, and a private one is not started on Windows.", options);
        }

        if (!options.MayMake && !ClusterFolder.HoldsCluster(options.Folder))
        {
            throw new PrivateServerException(
                $"There is no database in {options.Folder}, and nothing was made there. You can {options.OtherFolder}.");
        }

        try
        {
            var folder = await ClusterFolder.Make(Path.GetFullPath(options.Folder));
            var locks = new FolderLocks(folder, options.Timeout);
            using var starting = await locks.Exclusive(cancellation);
            return await Start(folder, locks, options, cancellation);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new PrivateServerException(
                $"Cannot use {options.Folder} as the data folder: {e.Message} You can {options.OtherFolder}.", e);
        }
    }

    /// <summary>
    /// Starts the server again on the same port, now and not only when the watch next looks. Returns when it answers. Does nothing while
    /// it answers.
    /// </summary>
    /// <exception cref="PrivateServerException">it does not start, for instance because a stranger has taken its port</exception>
    /// <exception cref="ObjectDisposedException">this process has left the server</exception>
    public async Task Revive(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_left != 0, this);
        _crashed = false;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _leaving.Token);
        await StartAgain(either.Token);
    }

    /// <summary>
    /// Kills the server and its children with SIGKILL, as a power cut would. This object then leaves the server dead until
    /// <see cref="Revive"/> is called. For tests of what survives a crash.
    /// </summary>
    public async Task Crash()
    {
        _crashed = true;
        if (_server.Running() is not { } running) return;
        using var process = Process.GetProcessById(running.ProcessId);
        process.Kill(entireProcessTree: true);
        for (var wait = 0; wait < 200 && _server.Running() is not null; wait++) await Task.Delay(10);
    }

    /// <summary>
    /// Ends this process's use of the server, and a revival that is under way. The last process stops the server (fast shutdown) and
    /// returns when it is gone.
    /// </summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0) return;
        // The watch ends first. It would take the stopped server for a dead one.
        await _leaving.CancelAsync();
        await _watching;
        using var stopping = await _locks.Exclusive(CancellationToken.None);
        if (await _locks.LeaveAsLast()) await _server.Stop();
    }

    /// <summary><see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<PrivateServer> Start(
        string folder, FolderLocks locks, PrivateServerOptions options, CancellationToken cancellation)
    {
        var cluster = await ClusterFolder.Open(folder, options);
        var binaries = await PostgresBinaries.Find(options, cluster.Major, folder, cancellation);
        if (cluster.Major is null) options.Tell($"Making a PostgreSQL {binaries.Major} cluster in {folder}.");
        await cluster.Initialise(binaries, cancellation);

        var server = new ServerProcess(cluster, binaries, options);
        locks.Use();
        try
        {
            var running = await server.Answering(port: null, cancellation);
            return new(cluster, server, locks, options, running.Port);
        }
        catch (Exception e)
        {
            if (await locks.LeaveAsLast() && e is OperationCanceledException) await server.Stop();
            throw;
        }
    }

    private bool Lives()
    {
        if (_server.Running() is not { } running) return _crashed;
        Follow(running);
        return true;
    }

    private async Task StartAgain(CancellationToken cancellation)
    {
        using var starting = await _locks.Exclusive(cancellation);
        cancellation.ThrowIfCancellationRequested(); // StopAsync may have had the lock before
        Follow(await _server.Answering(Port, cancellation));
    }

    private void Follow(RunningServer running)
    {
        if (running.Port == Port) return;
        _options.Tell($"PostgreSQL in {Folder} is on port {running.Port} now, because port {Port} was taken while it was dead.");
        _port = running.Port;
    }
}

using System.Globalization;
using Npgsql;

namespace ClaimsEngine.EventStore;

/// <summary>The server process of one cluster folder: found, started, waited for, stopped. Its caller holds the folder's start lock.</summary>
internal sealed class LocalServer(ClusterFolder cluster, PostgresBinaries binaries, LocalPostgresOptions options)
{
    private readonly PostmasterFile _postmaster = new(cluster.Data, cluster.Account);

    public RunningServer? Running() => _postmaster.Running();

    public string ConnectionString(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = port, Username = ClusterFolder.Owner, Password = cluster.Password(), Database = database
    }.ConnectionString;

    /// <summary>Adopts the running server or starts one, and returns when it answers and has its database.</summary>
    /// <exception cref="LocalPostgresException">it does not start, or is still recovering when the timeout ends</exception>
    public async Task<RunningServer> Answering(CancellationToken cancellation)
    {
        var begun = DateTime.UtcNow;
        for (var told = begun; ; await Task.Delay(100, cancellation))
        {
            if (Running() is not { } server)
                await Start(begun + options.Timeout, cancellation);
            else if (await Answers(server, cancellation))
                return server;

            if (DateTime.UtcNow - told > TimeSpan.FromSeconds(3))
            {
                told = DateTime.UtcNow;
                options.Progress?.Invoke($"PostgreSQL in {cluster.Folder} is not ready yet: {cluster.LogTail(1)}");
            }
            if (DateTime.UtcNow - begun > options.Timeout)
            {
                // It is left running: a stopped recovery would have to begin from the start.
                throw new LocalPostgresException(
                    $"PostgreSQL in {cluster.Folder} did not answer within {options.Timeout.TotalSeconds:0} s. If it is recovering, it goes on, and a later start adopts it. "
                    + $"The end of {cluster.Log}:\n{cluster.LogTail()}");
            }
        }
    }

    /// <summary>Fast shutdown: sessions are ended, everything is checkpointed. Returns when the server is gone.</summary>
    public async Task Stop()
    {
        // Without this check pg_ctl would signal whatever process has inherited the id in a stale file.
        if (Running() is null) return;
        var stop = await cluster.Account.Run(binaries.PgCtl, ["stop", "-D", cluster.Data, "-m", "fast", "-w", "-t", Seconds(options.Timeout)]);
        if (!stop.Succeeded && Running() is not null)
            options.Progress?.Invoke($"PostgreSQL in {cluster.Folder} has not stopped yet: {stop.Output}");
    }

    private async Task Start(DateTime until, CancellationToken cancellation)
    {
        await _postmaster.Heal();
        await cluster.RotateLog();
        var port = ServerPort.Choose(cluster.RememberedPort);
        var left = TimeSpan.FromSeconds(Math.Max(1, (until - DateTime.UtcNow).TotalSeconds));

        // pg_ctl gives the server a session of its own, so that Ctrl+C in the host's terminal does not reach it before the host is done.
        var starting = cluster.Account.Run(
            binaries.PgCtl,
            [
                "start", "-D", cluster.Data, "-l", cluster.Log, "-w", "-t", Seconds(left),
                "-o", $"-p {port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            ],
            cancellation: cancellation);
        while (await Task.WhenAny(starting, Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None)) != starting)
            options.Progress?.Invoke($"PostgreSQL in {cluster.Folder} is starting: {cluster.LogTail(1)}");

        if ((await starting).Succeeded || Running() is not null) return;

        var tail = cluster.LogTail();
        var mayPass = tail.Contains("pre-existing shared memory block") // backends of a killed server are still ending
            || !ServerPort.IsFree(port);                                // somebody took the port just now
        if (!mayPass || DateTime.UtcNow > until)
            throw new LocalPostgresException($"PostgreSQL in {cluster.Folder} did not start. The end of {cluster.Log}:\n{tail}");
        await Task.Delay(300, cancellation);
    }

    private async Task<bool> Answers(RunningServer server, CancellationToken cancellation)
    {
        var administration = new NpgsqlConnectionStringBuilder(ConnectionString(server.Port, "postgres")) { Pooling = false, Timeout = 5 };
        try
        {
            await using var connection = new NpgsqlConnection(administration.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = 'claims')", connection);
            if (await exists.ExecuteScalarAsync(cancellation) is true) return true;

            await using var create = new NpgsqlCommand("create database claims", connection);
            await create.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new LocalPostgresException($"The PostgreSQL in {cluster.Folder} does not accept the password kept beside it: {e.MessageText}", e);
        }
        catch (NpgsqlException)
        {
            return false; // starting up, recovering or shutting down: the caller asks again and looks whether it still lives
        }
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
}

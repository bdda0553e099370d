using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// The server process of one cluster folder: it is found, started, waited for and stopped here. The caller holds the start lock.
/// </summary>
internal sealed class ServerProcess(ClusterFolder cluster, PostgresBinaries binaries, PrivateServerOptions options)
{
    private readonly PostmasterFile _postmaster = new(cluster.Data, cluster.Account);

    public RunningServer? Running() => _postmaster.Running();

    public string ConnectionString(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = port, Username = options.Owner, Password = cluster.Password(), Database = database
    }.ConnectionString;

    /// <summary>Adopts the running server or starts one, and returns when it answers and has its database.</summary>
    /// <param name="port">the only port that a server may be started on, or null for the same as last time if that is free</param>
    /// <exception cref="PrivateServerException">it does not start, or is still recovering when the timeout ends</exception>
    public async Task<RunningServer> Answering(int? port, CancellationToken cancellation)
    {
        var begun = DateTime.UtcNow;
        var refusal = "(none)";
        var starts = 0;
        // A server that ends as soon as it has started is started less and less often.
        for (var told = begun; ; await Task.Delay(100 * Math.Clamp(starts, 1, 10), cancellation))
        {
            if (Running() is not { } server)
            {
                starts++;
                await Start(port, begun + options.Timeout, cancellation);
            }
            else if (await RefusalOf(server, cancellation) is { } refused)
            {
                refusal = refused;
            }
            else
            {
                return server;
            }

            if (DateTime.UtcNow - told > TimeSpan.FromSeconds(3))
            {
                told = DateTime.UtcNow;
                options.Tell($"PostgreSQL in {cluster.Folder} is not ready yet: {cluster.LogTail(1)}");
            }
            if (DateTime.UtcNow - begun > options.Timeout)
            {
                // It is left running: a stopped recovery would have to begin from the start.
                throw new PrivateServerException(
                    $"PostgreSQL in {cluster.Folder} did not answer within {options.Timeout.TotalSeconds:0} s. "
                    + $"If it is recovering, it goes on, and a later start adopts it. Its last refusal: {refusal} "
                    + $"The end of {cluster.Log}:\n{cluster.LogTail()}");
            }
        }
    }

    /// <summary>Fast shutdown: sessions are ended, everything is checkpointed. Returns when the server is gone.</summary>
    public async Task Stop()
    {
        // Without this check pg_ctl would signal whatever process has inherited the id in a stale file.
        if (Running() is null) return;
        var stop = await cluster.Account.Run(
            binaries.PgCtl, ["stop", "-D", cluster.Data, "-m", "fast", "-w", "-t", Seconds(options.Timeout)]);
        if (!stop.Succeeded && Running() is not null)
            options.Tell($"PostgreSQL in {cluster.Folder} has not stopped yet: {stop.Output}");
    }

    /// <summary>
    /// Asks the server for one session and makes its database if there is none. A session that is refused, cut or never answered is no
    /// failure. The server may be starting, recovering or stopping, so the caller looks whether it still lives and asks again.
    /// </summary>
    /// <param name="administration">a connection string for the owner on a database that always exists</param>
    /// <returns>null if the server answers, else why not</returns>
    internal static async Task<string?> RefusalOf(string administration, string database, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(administration);
            await connection.OpenAsync(cancellation);
            await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection);
            exists.Parameters.Add(new() { Value = database });
            if (await exists.ExecuteScalarAsync(cancellation) is true) return null;

            var name = new NpgsqlCommandBuilder().QuoteIdentifier(database);
            await using var create = new NpgsqlCommand($"create database {name}", connection);
            await create.ExecuteNonQueryAsync(cancellation);
            return null;
        }
        catch (PostgresException e)
            when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw; // no later attempt would be answered differently
        }
        catch (Exception e) when (e is NpgsqlException or IOException or SocketException or TimeoutException or InvalidOperationException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return e.Message;
        }
    }

    private async Task<string?> RefusalOf(RunningServer server, CancellationToken cancellation)
    {
        var administration = new NpgsqlConnectionStringBuilder(ConnectionString(server.Port, "postgres")) { Pooling = false, Timeout = 5 };
        try
        {
            return await RefusalOf(administration.ConnectionString, options.Database, cancellation);
        }
        catch (PostgresException e)
        {
            throw new PrivateServerException(
                $"The PostgreSQL in {cluster.Folder} does not accept the role {options.Owner} with the password kept beside it: "
                + e.MessageText, e);
        }
    }

    private async Task Start(int? wantedPort, DateTime until, CancellationToken cancellation)
    {
        await _postmaster.Heal();
        await cluster.RotateLog();
        var port = wantedPort ?? ServerPort.Choose(cluster.RememberedPort);
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
            options.Tell($"PostgreSQL in {cluster.Folder} is starting: {cluster.LogTail(1)}");

        if ((await starting).Succeeded || Running() is not null) return;

        var tail = cluster.LogTail();
        var taken = !ServerPort.IsFree(port);
        var mayPass = tail.Contains("pre-existing shared memory block") // backends of a killed server are still ending
            || (taken && wantedPort is null);                           // somebody took the port just now, and another one will do
        if (!mayPass || DateTime.UtcNow > until)
        {
            throw new PrivateServerException(
                $"PostgreSQL in {cluster.Folder} did not start. {(taken ? $"Another program uses its port {port}. " : "")}"
                + $"The end of {cluster.Log}:\n{tail}");
        }
        await Task.Delay(300, cancellation);
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
}

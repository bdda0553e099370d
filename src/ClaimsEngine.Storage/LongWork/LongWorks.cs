using System.Buffers;
using System.Data;
using ClaimsEngine.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.LongWork;

/// <summary>
/// Works that outlive their requests: what is to be done, how far each is, what it read and wrote, how it ended. A running work belongs to
/// one process, which shows signs of life; after a silence another process takes it over at its checkpoint, and from then on the first one
/// can write nothing more to it.
/// </summary>
public sealed class LongWorks(Sessions sessions, StorageOptions options)
{
    /// <summary>Size of a part of input and output; the last one may be smaller.</summary>
    public const int PartBytes = 256 * 1024;

    /// <summary>After so long a silence of its process another may take a work. Works are looked for after twice this time.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private const string Mine = "id = $1 AND process = $2 AND status = 'running'";

    private readonly string process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>A new work, and its Idempotency-Key taken in the same transaction. The process that is told to run it takes it with
    /// <see cref="Claim"/>.</summary>
    /// <param name="instruction">JSON of what is to be done</param>
    /// <param name="input">a file that the work reads; null without one</param>
    /// <param name="reply">the answer that is given to the request; its resource is the work. Null without a key.</param>
    /// <returns>false when the caller has used that key before, however long ago or short; nothing is started then</returns>
    public async Task<bool> Start(
        Guid work, string kind, string caller, string region, string instruction, Stream? input, StoredReply? reply,
            CancellationToken cancellation = default)
    {
        await using var connection = await sessions.Application.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (reply is not null)
        {
            // The key is taken where commands take theirs: one key stands for one request, of whichever kind.
            await using var take = Command(connection, """
                INSERT INTO {schema}.requests (caller, request_key, body_hash, status, resource, version) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (caller, request_key) DO NOTHING
                """, caller, reply.RequestKey, reply.BodyHash, reply.Status, work, reply.Version);
            if (await take.ExecuteNonQueryAsync(cancellation) == 0) return false;
        }
        await using (var insert = Command(connection, """
            INSERT INTO {schema}.long_work (id, kind, caller, region, process, status, request_key, instruction, heartbeat)
            VALUES ($1, $2, $3, $4, '', 'running', $5, $6, '-infinity')
            """, work, kind, caller, region))
        {
            Add(insert, NpgsqlDbType.Text, reply?.RequestKey);
            Add(insert, NpgsqlDbType.Json, instruction);
            await insert.ExecuteNonQueryAsync(cancellation);
        }
        if (input is not null)
            await using (var parts = new PartWriter(part => Command(connection,
                "INSERT INTO {schema}.long_work_input (work, part, bytes) VALUES ($1, $2, $3)", work, part)))
                await input.CopyToAsync(parts, PartBytes, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public async Task<StoredWork?> Find(Guid work, CancellationToken cancellation = default)
    {
        await using var command = Command($"SELECT {Shown} FROM {{schema}}.long_work WHERE id = $1", work);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>The newest works, as long as they are kept.</summary>
    /// <param name="caller">who started them; null for everybody's</param>
    /// <param name="region">of which region or below; empty for all</param>
    /// <param name="kind">null for every kind</param>
    public async Task<IReadOnlyList<StoredWork>> Newest(
        string? caller, string region, string? kind, int most, CancellationToken cancellation = default)
    {
        await using var command = Command($$"""
            SELECT {{Shown}} FROM {schema}.long_work
            WHERE ($1::text IS NULL OR caller = $1) AND starts_with(region, $2) AND ($3::text IS NULL OR kind = $3)
            ORDER BY started_at DESC, id LIMIT $4
            """, (object?)caller ?? DBNull.Value, region, (object?)kind ?? DBNull.Value, most);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var works = new List<StoredWork>();
        while (await reader.ReadAsync(cancellation)) works.Add(Read(reader));
        return works;
    }

    private const string Shown = "id, kind, caller, region, status, done, total, result, problem, started_at, finished_at";

    private static StoredWork Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
        Enum.Parse<WorkStatus>(reader.GetString(4), ignoreCase: true), reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetInt64(6),
        reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8),
        Sql.Instant(reader.GetDateTime(9)), reader.IsDBNull(10) ? null : Sql.Instant(reader.GetDateTime(10)));

    /// <summary>Takes a running work for this process: one that nobody has, or whose process fell silent.</summary>
    /// <returns>what is to be done and where it stopped; null if it has ended, or its process lives</returns>
    public async Task<ClaimedWork?> Claim(Guid work, CancellationToken cancellation = default)
    {
        await using var command = Command("""
            UPDATE {schema}.long_work SET process = $2, heartbeat = clock_timestamp()
            WHERE id = $1 AND status = 'running' AND (process = $2 OR heartbeat < clock_timestamp() - $3)
            RETURNING kind, caller, instruction, checkpoint, done, total
            """, work, process, Silence);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new ClaimedWork(work, reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? "{}" : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetInt64(5))
            : null;
    }

    /// <summary>Works that nobody runs: begun and never taken, or of a process that fell silent.</summary>
    public async Task<IReadOnlyList<Guid>> Orphans(CancellationToken cancellation = default)
    {
        await using var command = Command(
            "SELECT id FROM {schema}.long_work WHERE status = 'running' AND heartbeat < clock_timestamp() - $1", Silence * 2);
        var orphans = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) orphans.Add(reader.GetGuid(0));
        return orphans;
    }

    /// <summary>How far a work is, and that its process lives.</summary>
    /// <returns>false when it is not this process's any more: it has ended, or was taken over</returns>
    public async Task<bool> Report(Guid work, long done, long? total, CancellationToken cancellation = default)
    {
        await using var command = Command(
            $"UPDATE {{schema}}.long_work SET done = $3, total = $4, heartbeat = clock_timestamp() WHERE {Mine}", work, process, done);
        Add(command, NpgsqlDbType.Bigint, total);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>Notes where a work stands, in a transaction that stores something of it: what is stored and what is noted as stored are
    /// never two things.</summary>
    /// <exception cref="TakenOverException">The work is not this process's any more. The transaction must not be committed.</exception>
    public async Task Note(NpgsqlConnection connection, Guid work, string checkpoint, CancellationToken cancellation = default)
    {
        await using var command = Command(connection,
            $"UPDATE {{schema}}.long_work SET checkpoint = $3, heartbeat = clock_timestamp() WHERE {Mine}", work, process);
        Add(command, NpgsqlDbType.Json, checkpoint);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0) throw new TakenOverException();
    }

    /// <summary>The same in a transaction of its own.</summary>
    /// <exception cref="TakenOverException">The work is not this process's any more.</exception>
    public async Task Note(Guid work, string checkpoint, CancellationToken cancellation = default)
    {
        await using var connection = await sessions.Application.OpenConnectionAsync(cancellation);
        await Note(connection, work, checkpoint, cancellation);
    }

    /// <summary>Gives a running work up, for another process to go on with at once.</summary>
    public async Task Release(Guid work)
    {
        await using var command = Command($"UPDATE {{schema}}.long_work SET heartbeat = '-infinity' WHERE {Mine}", work, process);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The end of a work of this process.</summary>
    /// <param name="result">JSON object or null</param>
    /// <param name="problem">JSON object or null</param>
    /// <returns>false when it had ended already, or was taken over; that stands then</returns>
    public async Task<bool> Finish(
        Guid work, WorkStatus status, long done, long? total, string? result = null, string? problem = null,
            CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(status, WorkStatus.Running);
        await using var command = Command($"""
            WITH ended AS (
              UPDATE {"{schema}"}.long_work
              SET status = $3, done = $4, total = $5, result = $6, problem = $7, instruction = NULL, checkpoint = NULL,
                  finished_at = clock_timestamp()
              WHERE {Mine} RETURNING id),
            read AS (DELETE FROM {"{schema}"}.long_work_input i USING ended WHERE i.work = ended.id)
            SELECT count(*) FROM ended
            """, work, process, status.ToString().ToLowerInvariant(), done);
        Add(command, NpgsqlDbType.Bigint, total);
        Add(command, NpgsqlDbType.Json, result);
        Add(command, NpgsqlDbType.Json, problem);
        return await command.ExecuteScalarAsync(cancellation) is > 0L;
    }

    /// <summary>Deletes works that ended longer ago than this, with output and Idempotency-Key.</summary>
    /// <returns>how many</returns>
    public async Task<int> Purge(TimeSpan age, CancellationToken cancellation = default)
    {
        // One a transaction: the feed waits for every transaction that writes, and the output of many works takes its time.
        for (var purged = 0; ; purged++)
        {
            await using var command = Command("""
                WITH gone AS (
                  DELETE FROM {schema}.long_work WHERE id = (
                    SELECT id FROM {schema}.long_work WHERE status <> 'running' AND finished_at < clock_timestamp() - $1
                    ORDER BY finished_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                  RETURNING id, caller, request_key),
                keys AS (
                  DELETE FROM {schema}.requests r USING gone g
                  WHERE r.caller = g.caller AND r.request_key = g.request_key AND r.resource = g.id),
                written AS (DELETE FROM {schema}.long_work_output o USING gone g WHERE o.work = g.id)
                SELECT count(*) FROM gone
                """, age);
            if (await command.ExecuteScalarAsync(cancellation) is 0L) return purged;
        }
    }

    /// <summary>The file that a work reads, copied part by part; empty if it has none.</summary>
    public async Task CopyInput(Guid work, Stream to, CancellationToken cancellation = default) =>
        await Copy("long_work_input", work, to, cancellation);

    /// <summary>What a running work of this process writes for download, from the beginning: what another process wrote before is
    /// dropped.</summary>
    public async Task<Stream> WriteOutput(Guid work, CancellationToken cancellation = default)
    {
        await using (var drop = Command(
            $"DELETE FROM {{schema}}.long_work_output WHERE work = (SELECT id FROM {{schema}}.long_work WHERE {Mine})", work, process))
            await drop.ExecuteNonQueryAsync(cancellation);
        return new PartWriter(part =>
            Command($"INSERT INTO {{schema}}.long_work_output (work, part, bytes) SELECT id, $3, $4 FROM {{schema}}.long_work WHERE {Mine}",
                work, process, part));
    }

    /// <summary>Bytes of the output that are stored.</summary>
    public async Task<long> OutputLength(Guid work, CancellationToken cancellation = default)
    {
        await using var command = Command(
            "SELECT coalesce(sum(octet_length(bytes)), 0)::bigint FROM {schema}.long_work_output WHERE work = $1", work);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Copies the output, one part in memory at a time. Between parts it holds no connection, so a slow reader costs
    /// none.</summary>
    public Task CopyOutput(Guid work, Stream to, CancellationToken cancellation = default) =>
        Copy("long_work_output", work, to, cancellation);

    private async Task Copy(string table, Guid work, Stream to, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (var part = 0; await Read(table, work, part, buffer, cancellation) is var length and >= 0; part++)
                await to.WriteAsync(buffer.AsMemory(0, length), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The bytes of a part, counted; -1 if there is no such part.</summary>
    private async Task<int> Read(string table, Guid work, int part, byte[] buffer, CancellationToken cancellation)
    {
        await using var command = Command($"SELECT bytes FROM {{schema}}.{table} WHERE work = $1 AND part = $2", work, part);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        if (!await reader.ReadAsync(cancellation)) return -1;
        await using var bytes = await reader.GetStreamAsync(0, cancellation);
        return await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = sessions.Application.CreateCommand(options.Fill(sql));
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(options.Fill(sql), connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}

/// <summary>Another process has taken the work over, or it has ended: this one must write nothing more of it.</summary>
public sealed class TakenOverException() : Exception("the work is not this process's any more");

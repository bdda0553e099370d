using System.Buffers;
using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.EventStore.LongWork;

/// <summary>
/// Works that outlive their requests: how far each is, what it wrote, how it ended. A running work belongs to the process that started it, which
/// shows signs of life; after a silence anybody may mark it interrupted, and from then on that process can write nothing more to it.
/// </summary>
public sealed class LongWorks
{
    /// <summary>Size of a part of the output; the last one may be smaller.</summary>
    public const int PartBytes = 256 * 1024;

    private const string Mine = "id = $1 AND process = $2 AND status = 'running'";

    private readonly NpgsqlDataSource source;
    private readonly string process, start, find, report, finish, interrupt, purge, insertPart, readPart, measure;

    internal LongWorks(NpgsqlDataSource source, EventStoreOptions options, string process)
    {
        this.source = source;
        this.process = process;
        // The key is taken where commands take theirs: one key stands for one request, of whichever kind.
        start = options.Fill("""
            WITH taken AS (
              INSERT INTO {schema}.requests (caller, request_key, body_hash, status, resource, version, epoch, tx_id, seq_id, recorded_at)
              SELECT $3, $6, $7, $8, $1, $9, 0, '0', 0, clock_timestamp() WHERE $6 IS NOT NULL
              ON CONFLICT (caller, request_key) DO NOTHING RETURNING resource)
            INSERT INTO {schema}.long_work (id, kind, caller, region, process, request_key)
            SELECT $1, $2, $3, $4, $5, $6 WHERE $6 IS NULL OR EXISTS (SELECT FROM taken)
            """);
        find = options.Fill("""
            SELECT kind, caller, region, status, done, total, result, problem, started_at, finished_at FROM {schema}.long_work WHERE id = $1
            """);
        report = options.Fill($"UPDATE {"{schema}"}.long_work SET done = $3, total = $4, heartbeat = clock_timestamp() WHERE {Mine}");
        finish = options.Fill($"""
            UPDATE {"{schema}"}.long_work SET status = $3, done = $4, total = $5, result = $6, problem = $7, finished_at = clock_timestamp() WHERE {Mine}
            """);
        interrupt = options.Fill("""
            UPDATE {schema}.long_work SET status = 'interrupted', finished_at = clock_timestamp()
            WHERE status = 'running' AND heartbeat < clock_timestamp() - $1
            """);
        purge = options.Fill("""
            WITH gone AS (
              DELETE FROM {schema}.long_work WHERE id = (
                SELECT id FROM {schema}.long_work WHERE status <> 'running' AND finished_at < clock_timestamp() - $1
                ORDER BY finished_at LIMIT 1 FOR UPDATE SKIP LOCKED)
              RETURNING id, caller, request_key),
            keys AS (
              DELETE FROM {schema}.requests r USING gone g WHERE r.caller = g.caller AND r.request_key = g.request_key AND r.resource = g.id)
            SELECT count(*) FROM gone
            """);
        insertPart = options.Fill($"""
            INSERT INTO {"{schema}"}.long_work_output (work, part, bytes) SELECT id, $3, $4 FROM {"{schema}"}.long_work WHERE {Mine}
            """);
        readPart = options.Fill("SELECT bytes FROM {schema}.long_work_output WHERE work = $1 AND part = $2");
        measure = options.Fill("SELECT coalesce(sum(octet_length(bytes)), 0)::bigint FROM {schema}.long_work_output WHERE work = $1");
    }

    /// <summary>A new work of this process, running, with nothing done. With <paramref name="reply"/> its Idempotency-Key is taken in the same transaction.</summary>
    /// <param name="reply">the answer that is given to the request; its resource is the work</param>
    /// <returns>false when the caller has used that key before, however long ago or short; nothing is started then, and <see cref="IEventStore.FindReply"/> says for what</returns>
    public async Task<bool> Start(Guid work, string kind, string caller, string region, StoredReply? reply = null, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(start);
        Add(command, work, kind, caller, region, process);
        Add(command, NpgsqlDbType.Text, reply?.RequestKey);
        Add(command, NpgsqlDbType.Text, reply?.BodyHash);
        Add(command, NpgsqlDbType.Integer, reply?.Status);
        Add(command, NpgsqlDbType.Bigint, reply?.Version);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    public async Task<StoredWork?> Find(Guid work, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(find);
        Add(command, work);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return new StoredWork(
            work, reader.GetString(0), reader.GetString(1), reader.GetString(2), Enum.Parse<WorkStatus>(reader.GetString(3), ignoreCase: true),
            reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7),
            Sql.Instant(reader.GetDateTime(8)), reader.IsDBNull(9) ? null : Sql.Instant(reader.GetDateTime(9)));
    }

    /// <summary>How far a work is, and that its process lives.</summary>
    /// <returns>false when it is not this process's any more: it has ended, or was given up for dead</returns>
    public async Task<bool> Report(Guid work, long done, long? total, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(report);
        Add(command, work, process, done);
        Add(command, NpgsqlDbType.Bigint, total);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>The end of a work of this process.</summary>
    /// <param name="result">JSON object or null</param>
    /// <param name="problem">JSON object or null</param>
    /// <returns>false when it had ended already, or was given up for dead; that end stands then</returns>
    public async Task<bool> Finish(
        Guid work, WorkStatus status, long done, long? total, string? result = null, string? problem = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(status, WorkStatus.Running);
        await using var command = source.CreateCommand(finish);
        Add(command, work, process, status.ToString().ToLowerInvariant(), done);
        Add(command, NpgsqlDbType.Bigint, total);
        Add(command, NpgsqlDbType.Json, result);
        Add(command, NpgsqlDbType.Json, problem);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>Marks works interrupted whose process, whichever it is, has given no sign of life for so long.</summary>
    /// <returns>how many</returns>
    public async Task<int> Interrupt(TimeSpan silence, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(interrupt);
        Add(command, silence);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Deletes works that ended longer ago than this, with output and Idempotency-Key.</summary>
    /// <returns>how many</returns>
    public async Task<int> Purge(TimeSpan age, CancellationToken cancellation = default)
    {
        // one a transaction: the feed waits for every transaction that writes, and the output of many works takes its time
        for (var purged = 0; ; purged++)
        {
            await using var command = source.CreateCommand(purge);
            Add(command, age);
            if (await command.ExecuteScalarAsync(cancellation) is 0L) return purged;
        }
    }

    /// <summary>What a running work of this process writes for download. Stored in parts as it grows; the last one when the stream is disposed. To be asked for once.</summary>
    public Stream WriteOutput(Guid work) => new WorkOutput(source, insertPart, work, process);

    /// <summary>Bytes of the output that are stored.</summary>
    public async Task<long> OutputLength(Guid work, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(measure);
        Add(command, work);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Copies the output, one part in memory at a time. Between parts it holds no connection, so a slow reader costs none.</summary>
    public async Task CopyOutput(Guid work, Stream to, CancellationToken cancellation = default)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            for (var part = 0; await Read(work, part, buffer, cancellation) is var length and >= 0; part++) await to.WriteAsync(buffer.AsMemory(0, length), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The bytes of a part, counted; -1 if there is no such part.</summary>
    private async Task<int> Read(Guid work, int part, byte[] buffer, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(readPart);
        Add(command, work, part);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        if (!await reader.ReadAsync(cancellation)) return -1;
        await using var bytes = await reader.GetStreamAsync(0, cancellation);
        return await bytes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
    }

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}

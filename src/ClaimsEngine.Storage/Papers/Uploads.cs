using Npgsql;

namespace ClaimsEngine.Storage.Papers;

/// <summary>A file of a claim that is on its way.</summary>
/// <param name="Caller">who began it; nobody else may go on with it</param>
/// <param name="Length">bytes that it will have</param>
/// <param name="Received">bytes that are here</param>
public sealed record Upload(Guid Id, Guid Claim, string Caller, string Kind, string FileName, long Length, long Received);

/// <summary>Uploads that may break off and go on, on this host or on another: what has come lies in the database, piece by piece.</summary>
public sealed class Uploads(Sessions sessions, StorageOptions options)
{
    /// <summary>So much is stored at once; a piece that a broken connection ends is smaller.</summary>
    public const int PieceBytes = 256 * 1024;

    /// <param name="most">uploads that one caller may have open</param>
    /// <returns>false when the caller has so many</returns>
    public async Task<bool> Begin(Upload upload, int most, CancellationToken cancellation)
    {
        // A caller's requests come one after the other here, so that none counts before another has added its own.
        await using var batch = sessions.Application.CreateBatch();
        Add(batch, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"uploads of {upload.Caller}");
        Add(batch, """
            INSERT INTO {schema}.uploads (id, claim, caller, kind, file_name, length, received)
            SELECT $1, $2, $3, $4, $5, $6, 0 WHERE (SELECT count(*) FROM {schema}.uploads WHERE caller = $3) < $7
            """, upload.Id, upload.Claim, upload.Caller, upload.Kind, upload.FileName, upload.Length, most);
        await batch.ExecuteNonQueryAsync(cancellation);
        return batch.BatchCommands[1].RecordsAffected > 0;
    }

    public async Task<Upload?> Find(Guid upload, CancellationToken cancellation)
    {
        await using var command = Command(
            "SELECT claim, caller, kind, file_name, length, received FROM {schema}.uploads WHERE id = $1", upload);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Upload(upload, reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4),
                reader.GetInt64(5))
            : null;
    }

    /// <summary>Stores a piece, if the upload has come just to its place and is to be that long.</summary>
    /// <returns>false when it has come to another place, or is gone; nothing was stored then</returns>
    public async Task<bool> Add(Guid upload, long place, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await using var command = Command("""
            WITH moved AS (
              UPDATE {schema}.uploads SET received = received + octet_length($3), moved_at = clock_timestamp()
              WHERE id = $1 AND received = $2 AND received + octet_length($3) <= length RETURNING id)
            INSERT INTO {schema}.upload_parts (upload, place, bytes) SELECT id, $2, $3 FROM moved
            """, upload, place);
        command.Parameters.Add(new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>Copies what has come, a piece in memory at a time.</summary>
    public async Task CopyTo(Guid upload, Stream to, CancellationToken cancellation)
    {
        for (var place = 0L; ;)
        {
            await using var command = Command("SELECT bytes FROM {schema}.upload_parts WHERE upload = $1 AND place = $2", upload, place);
            if (await command.ExecuteScalarAsync(cancellation) is not byte[] { Length: > 0 } bytes) return;
            await to.WriteAsync(bytes, cancellation);
            place += bytes.Length;
        }
    }

    /// <summary>Deletes an upload with all that has come.</summary>
    /// <returns>false when it is not there</returns>
    public async Task<bool> End(Guid upload, CancellationToken cancellation)
    {
        // Who adds a piece holds the upload's row. The second statement begins when that is over, and so it sees the piece.
        await using var batch = sessions.Application.CreateBatch();
        Add(batch, "DELETE FROM {schema}.uploads WHERE id = $1", upload);
        Add(batch, "DELETE FROM {schema}.upload_parts WHERE upload = $1", upload);
        await batch.ExecuteNonQueryAsync(cancellation);
        return batch.BatchCommands[0].RecordsAffected > 0;
    }

    /// <summary>Deletes the uploads that nothing has been added to for so long.</summary>
    /// <returns>how many</returns>
    public async Task<int> Sweep(TimeSpan silence, CancellationToken cancellation)
    {
        var stale = new List<Guid>();
        await using (var command = Command("SELECT id FROM {schema}.uploads WHERE moved_at < clock_timestamp() - $1", silence))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) stale.Add(reader.GetGuid(0));
        foreach (var upload in stale) await End(upload, cancellation);
        return stale.Count;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = sessions.Application.CreateCommand(options.Fill(sql));
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(options.Fill(sql));
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}

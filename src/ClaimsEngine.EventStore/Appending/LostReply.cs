using Npgsql;

namespace ClaimsEngine.EventStore.Appending;

/// <summary>Tells whether an append whose reply was lost had been committed: by its event ids, its request row or its messages, never by guessing.</summary>
internal sealed class LostReply(NpgsqlDataSource source, EventStoreOptions options)
{
    /// <summary>Whether the connection went away before the reply, so that nobody knows what became of the transaction.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState.StartsWith("57P0", StringComparison.Ordinal) || postgres.SqlState is "53300" or "08006",
        NpgsqlException or IOException or System.Net.Sockets.SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The outcome of the lost append if it had been committed, otherwise null.</summary>
    public async Task<Appended?> Find(PreparedAppend append)
    {
        await using var connection = await source.OpenConnectionAsync();
        if (append.Events.Length > 0)
        {
            var last = append.Events[^1];
            await using var command = new NpgsqlCommand(options.Fill("""
                SELECT e.id, e.epoch, e.tx_id, e.seq_id,
                       (SELECT max(o.timestamp) FROM {schema}.mt_events o WHERE (o.stream_id, o.version) IN (SELECT * FROM unnest($3, $4)))
                FROM {schema}.mt_events e WHERE e.stream_id = $1 AND e.version = $2
                """), connection);
            command.Parameters.AddWithValue(last.Stream);
            command.Parameters.AddWithValue(last.Version);
            command.Parameters.AddWithValue(append.Events.Select(e => e.Stream).ToArray());
            command.Parameters.AddWithValue(append.Events.Select(e => e.Version).ToArray());
            await using var reader = await command.ExecuteReaderAsync();
            if (!await reader.ReadAsync() || reader.GetGuid(0) != last.Id) return null;
            return new Appended(
                new FeedPosition(reader.GetInt16(1), reader.GetFieldValue<ulong>(2), reader.GetInt64(3)), Instant.FromDateTimeUtc(reader.GetDateTime(4)));
        }
        if (append.Reply is { } reply)
        {
            await using var command = new NpgsqlCommand(options.Fill("""
                SELECT recorded_at FROM {schema}.requests
                WHERE caller = $1 AND request_key = $2 AND body_hash = $3 AND status = $4 AND resource = $5 AND version = $6 AND event_id IS NULL
                """), connection);
            command.Parameters.AddWithValue(reply.Caller);
            command.Parameters.AddWithValue(reply.RequestKey);
            command.Parameters.AddWithValue(reply.BodyHash);
            command.Parameters.AddWithValue(reply.Status);
            command.Parameters.AddWithValue(reply.Resource);
            command.Parameters.AddWithValue(reply.Version);
            return await command.ExecuteScalarAsync() is DateTime at ? new Appended(FeedPosition.Start, Instant.FromDateTimeUtc(at)) : null;
        }
        await using var message = new NpgsqlCommand(options.Fill("SELECT enqueued_at FROM {schema}.outbox WHERE id = $1"), connection);
        message.Parameters.AddWithValue(append.Outbox[0].Id);
        return await message.ExecuteScalarAsync() is DateTime enqueued ? new Appended(FeedPosition.Start, Instant.FromDateTimeUtc(enqueued)) : null;
    }
}

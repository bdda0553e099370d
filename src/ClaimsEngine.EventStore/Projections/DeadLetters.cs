using ClaimsEngine.EventStore.Feed;
using Npgsql;

namespace ClaimsEngine.EventStore.Projections;

/// <summary>Streams held back, and their healing.</summary>
internal static class DeadLetters
{
    public static async Task<IReadOnlyList<DeadLetter>> All(NpgsqlDataSource source, EventStoreOptions options, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(options.Fill("""
            SELECT read_model, stream_id, seq_id, epoch, tx_id, seq_id, error, attempts, first_failed, last_failed
            FROM {schema}.dead_letters ORDER BY first_failed
            """));
        var letters = new List<DeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            letters.Add(new DeadLetter(reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2), FeedQuery.Position(reader, 3), reader.GetString(6),
                reader.GetInt32(7), Sql.Instant(reader.GetDateTime(8)), Sql.Instant(reader.GetDateTime(9))));
        return letters;
    }

    /// <summary>
    /// Folds the whole stream anew up to the cursor and puts its rows in place of the old ones. The present owner is fenced off meanwhile: it may have
    /// passed over events of this stream in a batch that it has not written yet. False if an event still fails; the stream stays held back then.
    /// </summary>
    public static async Task<bool> Replay(Projection projection, Guid stream, CancellationToken cancellation)
    {
        var options = projection.Options;
        await using var connection = await projection.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var cursor = await projection.Cursor(connection, CursorLock.Fence, cancellation);
        if (!(await projection.HeldStreams(connection, cancellation)).Contains(stream)) return true;

        List<StoredEvent> events;
        await using (var command = new NpgsqlCommand(options.Fill($"""
            SELECT {StoredEvent.Columns} FROM {"{schema}"}.mt_events e JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id
            WHERE e.stream_id = $4 AND (e.epoch, e.tx_id, e.seq_id) <= ($1, $2, $3) ORDER BY e.version
            """), connection))
        {
            FeedQuery.Add(command, cursor);
            command.Parameters.Add(new NpgsqlParameter { Value = stream });
            events = await FeedQuery.Run(command, cancellation);
        }
        var fold = projection.NewFold();
        foreach (var stored in events) await fold.Apply(stored);

        await using var batch = new NpgsqlBatch(connection, transaction);
        if (fold.Failed.Count > 0) batch.BatchCommands.Add(projection.Park(fold.Failed[0]));
        else
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"DELETE FROM {options.ReadSchema}.{projection.Name} WHERE id = $1")
            { Parameters = { new NpgsqlParameter { Value = stream } } });
            foreach (var statement in projection.Writer.Statements(projection.Name, fold.Changes)) batch.BatchCommands.Add(statement);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(options.Fill("DELETE FROM {schema}.dead_letters WHERE read_model = $1 AND stream_id = $2"))
            { Parameters = { new NpgsqlParameter { Value = projection.Name }, new NpgsqlParameter { Value = stream } } });
        }
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return fold.Failed.Count == 0;
    }
}

using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Storage.Projections;

/// <summary>Looks after the read models: how they are doing, waiting for them, making them anew, and healing a stream that one of them
/// holds back.</summary>
public sealed class ReadModelUpkeep(ReadModelSet models, Sessions sessions, StorageOptions options, EventTypes types, DaemonWakeup wakeup)
{
    public ReadModelSet Models => models;

    /// <summary>Makes what is not as it is defined now, and drops what killed rebuilds left behind. Before the daemon starts.</summary>
    public async Task BringUpToDate(CancellationToken cancellation = default)
    {
        await Shadow.Sweep(sessions.Application, options, cancellation);
        foreach (var model in models.All) await new Rebuild(model).IfDefinitionChanged(Environment.ProcessorCount, cancellation);
    }

    /// <summary>How far the read models have got, in the snapshot of the given connection's transaction: they contain every event up to
    /// there.</summary>
    public Task<long> PositionOf(NpgsqlConnection connection, CancellationToken cancellation = default) =>
        Progress.Of(connection, options, cancellation);

    /// <summary>Waits until the read models contain everything up to a position, whichever process writes them.</summary>
    /// <returns>false when the timeout came first</returns>
    public async Task<bool> WaitFor(long position, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var deadline = DateTime.UtcNow + timeout;
        for (var pause = 2; ; pause = Math.Min(25, pause * 2))
        {
            await using (var connection = await sessions.Application.OpenConnectionAsync(cancellation))
                if (await Progress.Of(connection, options, cancellation) >= position) return true;
            if (DateTime.UtcNow >= deadline) return false;
            wakeup.Signal();
            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>Waits until the read models contain everything that is recorded now.</summary>
    /// <returns>false when the timeout came first</returns>
    public async Task<bool> WaitForNewest(TimeSpan timeout, CancellationToken cancellation = default)
    {
        await using var command = sessions.Listing.CreateCommand($"SELECT coalesce(max(seq_id), 0) FROM {options.Schema}.mt_events");
        return await WaitFor((long)(await command.ExecuteScalarAsync(cancellation))!, timeout, cancellation);
    }

    /// <summary>How every read model is doing.</summary>
    public async Task<IReadOnlyList<ProjectionState>> States(CancellationToken cancellation = default)
    {
        await using var command = sessions.Application.CreateCommand(options.Fill("""
            WITH at AS (SELECT coalesce((SELECT last_seq_id FROM {schema}.mt_event_progression WHERE name = $1), 0) AS position)
            SELECT at.position, greatest(0, coalesce((SELECT max(seq_id) FROM {schema}.mt_events), 0) - at.position),
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - e.timestamp) FROM {schema}.mt_events e
                             WHERE e.seq_id > at.position AND e.type <> $3 ORDER BY e.seq_id LIMIT 1), 0)::double precision,
                   m.name, (SELECT count(*) FROM {schema}.dead_letters d WHERE d.read_model = m.name)
            FROM at, unnest($2) AS m (name) ORDER BY m.name
            """));
        command.Parameters.Add(new NpgsqlParameter { Value = Progress.Shard });
        command.Parameters.Add(new NpgsqlParameter { Value = models.All.Select(model => model.Name).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = Recorded.Tombstone });
        var states = new List<ProjectionState>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            states.Add(new ProjectionState(reader.GetString(3), reader.GetInt64(0), reader.GetInt64(1), Math.Max(0, reader.GetDouble(2)),
                reader.GetInt64(4)));
        return states;
    }

    /// <summary>Makes a read model anew from its events beside the live one, then puts it in its place. Readers notice nothing but the
    /// short swap.</summary>
    /// <param name="workers">parallel readers, each with two connections</param>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public Task<RebuildReport> Rebuild(string readModel, IProgress<RebuildProgress>? progress = null, int workers = 2,
        CancellationToken cancellation = default) =>
        new Rebuild(models.Find(readModel)).Run(progress, workers, cancellation);

    /// <summary>Compares a read model with a replay of its events at the same position. Changes nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public Task<VerifyReport> Verify(string readModel, int workers = 2, CancellationToken cancellation = default) =>
        new Rebuild(models.Find(readModel)).Verify(workers, cancellation);

    /// <summary>All streams held back, of all read models, oldest first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken cancellation = default)
    {
        await using var command = sessions.Application.CreateCommand(options.Fill(
            "SELECT read_model, stream_id, seq_id, error, attempts, first_failed, last_failed "
            + "FROM {schema}.dead_letters ORDER BY first_failed"));
        var letters = new List<DeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            letters.Add(new DeadLetter(reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetString(3), reader.GetInt32(4),
                Sql.Instant(reader.GetDateTime(5)), Sql.Instant(reader.GetDateTime(6))));
        return letters;
    }

    /// <summary>Tries a stream that is held back again: folds it from its beginning and puts its rows in place of the old ones. The daemon
    /// waits meanwhile.</summary>
    /// <returns>whether it is up to date now; false if an event still fails, and the stream stays held back</returns>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public async Task<bool> Replay(string readModel, Guid stream, CancellationToken cancellation = default)
    {
        var model = models.Find(readModel);
        await using var connection = await sessions.Application.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Progress.Hold(connection, options, fence: true, cancellation);
        var start = await Progress.Look(connection, options, [], cancellation);
        if (!start.Held.Contains((readModel, stream))) return true;

        var fold = new BatchFold(model.Table.Definition);
        await using (var command = new NpgsqlCommand(
            $"SELECT {StoredEvent.Columns} FROM {options.Schema}.mt_events e WHERE e.stream_id = $1 AND e.seq_id <= $2 ORDER BY e.version",
            connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = stream });
            command.Parameters.Add(new NpgsqlParameter { Value = await Progress.Of(connection, options, cancellation) });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var stored = new StoredEvent(reader);
                fold.Apply(stored.Stream, stored.Position, () => stored.Decode(types));
            }
        }
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (fold.Failed is [var failed, ..]) batch.BatchCommands.Add(model.Park(failed));
        else
        {
            batch.BatchCommands.Add(model.Writer.Remove(stream));
            foreach (var statement in model.Writer.Statements("", fold.Changes)) batch.BatchCommands.Add(statement);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                options.Fill("DELETE FROM {schema}.dead_letters WHERE read_model = $1 AND stream_id = $2"))
            { Parameters = { new NpgsqlParameter { Value = model.Name }, new NpgsqlParameter { Value = stream } } });
        }
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return fold.Failed.Count == 0;
    }
}

using ClaimsEngine.EventStore.Feed;
using ClaimsEngine.EventStore.ReadModels;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.EventStore.Projections;

/// <summary>A read model and what turns events into its rows; the same for the live table and for a shadow beside it.</summary>
internal sealed class Projection(ReadModelTable table, NpgsqlDataSource source, NpgsqlDataSource following, EventStoreOptions options, EventTypes types)
{
    public ReadModelTable Table => table;
    public string Name => table.Name;
    public NpgsqlDataSource Source => source;

    /// <summary>Sessions for following the feed (see <see cref="ClaimsDatabase.Following"/>).</summary>
    public NpgsqlDataSource Following => following;

    public EventStoreOptions Options => options;
    public RowWriter Writer { get; } = new(table, options);

    public BatchFold NewFold() => new(table.Definition, types);

    /// <summary>Folds events of this read model on top of the rows in <paramref name="target"/>. Writes nothing.</summary>
    /// <param name="end">where the cursor stands after them</param>
    /// <param name="held">streams whose events are passed over</param>
    public async Task<FoldedRange> Fold(
        NpgsqlConnection connection, string target, IReadOnlyList<StoredEvent> events, FeedPosition end, IReadOnlySet<Guid> held, CancellationToken cancellation)
    {
        var fold = NewFold();
        if (events.Count == 0) return new FoldedRange(fold, end, 0, null, null);

        var streams = events.Select(stored => stored.Stream).Where(stream => !held.Contains(stream)).ToHashSet();
        var culprit = streams.Count == 1 ? events.Last(stored => streams.Contains(stored.Stream)) : null;
        // A stream that begins here has no row yet.
        foreach (var stored in events)
            if (stored.Version == 1) streams.Remove(stored.Stream);
        if (streams.Count > 0)
        {
            await using var command = new NpgsqlCommand(
                $"SELECT {table.SelectList} FROM {options.ReadSchema}.{target} WHERE id = ANY ($1) AND recorded_to = 'infinity'", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = streams.ToArray() });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) fold.Start(reader.GetGuid(0), reader.GetInt64(1), table.ReadRow(reader));
        }
        foreach (var stored in events)
            if (!held.Contains(stored.Stream)) await fold.Apply(stored);
        return new FoldedRange(fold, end, events.Count, culprit, events[0].Timestamp);
    }

    /// <summary>First statement of a transaction that writes: refuses (CE006) whoever does not hold the current token, or left the cursor elsewhere.</summary>
    public NpgsqlBatchCommand MoveCursor(long token, FeedPosition from, FeedPosition to)
    {
        var move = new NpgsqlBatchCommand(options.Fill("SELECT {schema}.move_cursor($1, $2, $3, $4, $5, $6, $7, $8, $9)"));
        move.Parameters.Add(new NpgsqlParameter { Value = Name });
        move.Parameters.Add(new NpgsqlParameter { Value = token });
        AddPosition(move.Parameters, from);
        AddPosition(move.Parameters, to);
        move.Parameters.Add(new NpgsqlParameter { Value = options.Lease, NpgsqlDbType = NpgsqlDbType.Interval });
        return move;
    }

    public NpgsqlBatchCommand Park(FailedEvent failed)
    {
        var park = new NpgsqlBatchCommand(options.Fill("""
            INSERT INTO {schema}.dead_letters AS d (read_model, stream_id, epoch, tx_id, seq_id, error, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (read_model, stream_id) DO UPDATE
            SET epoch = excluded.epoch, tx_id = excluded.tx_id, seq_id = excluded.seq_id, error = excluded.error,
                attempts = d.attempts + excluded.attempts, last_failed = clock_timestamp()
            """));
        park.Parameters.Add(new NpgsqlParameter { Value = Name });
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Stream });
        AddPosition(park.Parameters, failed.Position);
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Error.Replace("\0", "") });
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Attempts });
        return park;
    }

    public async Task<HashSet<Guid>> HeldStreams(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(options.Fill("SELECT stream_id FROM {schema}.dead_letters WHERE read_model = $1"), connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Name });
        var held = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) held.Add(reader.GetGuid(0));
        return held;
    }

    /// <summary>The stored cursor; with <paramref name="fence"/> it is locked until COMMIT and gets a new token, which stops the present owner's writes.</summary>
    public async Task<FeedPosition> Cursor(NpgsqlConnection connection, CursorLock fence, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(options.Fill(fence switch
        {
            CursorLock.None => "SELECT epoch, tx_id, seq_id FROM {schema}.projections WHERE read_model = $1",
            CursorLock.Hold => "SELECT epoch, tx_id, seq_id FROM {schema}.projections WHERE read_model = $1 FOR UPDATE",
            _ => "UPDATE {schema}.projections SET token = token + 1 WHERE read_model = $1 RETURNING epoch, tx_id, seq_id",
        }), connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Name });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? FeedQuery.Position(reader, 0) : FeedPosition.Start;
    }

    public static void AddPosition(NpgsqlParameterCollection parameters, FeedPosition position)
    {
        parameters.Add(new NpgsqlParameter { Value = position.Epoch });
        parameters.Add(new NpgsqlParameter { Value = position.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 });
        parameters.Add(new NpgsqlParameter { Value = position.Sequence });
    }
}

/// <summary>What a reader of the cursor does to those who write.</summary>
internal enum CursorLock
{
    None,

    /// <summary>They wait until COMMIT and go on.</summary>
    Hold,

    /// <summary>They wait until COMMIT and are refused.</summary>
    Fence,
}

/// <summary>Events folded in memory, ready to be written.</summary>
/// <param name="End">where the cursor stands afterwards</param>
/// <param name="OnlyStream">the last event, if all belong to one stream</param>
/// <param name="First">when the first event was stored, UTC</param>
internal sealed record FoldedRange(BatchFold Fold, FeedPosition End, int Events, StoredEvent? OnlyStream, DateTime? First)
{
    public bool Writes => Fold.Changes.Added.Count > 0 || Fold.Changes.Ended.Count > 0 || Fold.Failed.Count > 0;
}

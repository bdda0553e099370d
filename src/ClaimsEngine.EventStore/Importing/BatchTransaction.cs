using ClaimsEngine.EventStore.Appending;
using ClaimsEngine.EventStore.Feed;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.EventStore.Importing;

/// <summary>One try to store a batch: what is new goes in by COPY, so that a batch costs little more than its bytes.</summary>
internal sealed class BatchTransaction(NpgsqlConnection connection, EventStoreOptions options, EventTypes types)
{
    /// <summary>Those that an append fills; the rest have defaults.</summary>
    private static readonly string[] EventColumns =
    [
        "seq_id", "id", "stream_id", "version", "data", "type", "timestamp", "mt_dotnet_type", "user_name", "causation_id", "correlation_id", "headers"
    ];

    /// <summary>What the database says of everything that the rows touch.</summary>
    /// <param name="hold">whether the pools are locked until COMMIT, so that nobody else changes them meanwhile</param>
    public async Task<Facts> Find(IReadOnlyList<ImportRow> rows, bool hold)
    {
        var heads = new Dictionary<Guid, (long, bool)>();
        // Events that somebody wrote without moving the head leave a stream that no version fits, as an append would find.
        await using (var find = Command("""
            SELECT a.id, CASE WHEN coalesce(s.version, 0) = coalesce(e.version, 0) THEN s.version ELSE -1 END, coalesce(s.is_archived, false)
            FROM unnest($1) AS a (id)
            LEFT JOIN {schema}.mt_streams s ON s.id = a.id
            LEFT JOIN LATERAL (SELECT e.version FROM {schema}.mt_events e WHERE e.stream_id = a.id ORDER BY e.version DESC LIMIT 1) e ON true
            WHERE s.id IS NOT NULL OR e.version IS NOT NULL
            """))
        {
            find.Parameters.Add(Array(NpgsqlDbType.Uuid, rows.SelectMany(row => row.Streams).DistinctBy(stream => stream.Stream), stream => stream.Stream));
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) heads[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetBoolean(2));
        }
        var holders = new Dictionary<UniqueKey, Guid>();
        await using (var find = Command("""
            SELECT k.scope, k.value, k.holder FROM unnest($1, $2) AS c (scope, value) JOIN {schema}.unique_keys k ON k.scope = c.scope AND k.value = c.value
            """))
        {
            find.Parameters.Add(Array(NpgsqlDbType.Text, rows.SelectMany(row => row.Keys), key => key.Key.Scope));
            find.Parameters.Add(Array(NpgsqlDbType.Text, rows.SelectMany(row => row.Keys), key => key.Key.Value));
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) holders[new UniqueKey(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        }
        var taken = new Dictionary<string, long>();
        await using (var find = Command($"SELECT pool, taken FROM {{schema}}.places WHERE pool = ANY ($1) ORDER BY pool {(hold ? "FOR UPDATE" : "")}"))
        {
            find.Parameters.Add(Array(NpgsqlDbType.Text, rows.SelectMany(row => row.Places).DistinctBy(place => place.Pool), place => place.Pool));
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) taken[reader.GetString(0)] = reader.GetInt64(1);
        }
        return new Facts(heads, holders, taken);
    }

    /// <summary>Heads, events and keys of the rows accepted.</summary>
    /// <param name="events">of the rows accepted, stream by stream in their order</param>
    /// <returns>the events, as they are once the transaction has committed</returns>
    /// <exception cref="Misjudged">A stream that goes on is not where the ruling has it.</exception>
    /// <exception cref="PostgresException">A unique violation: a stream or a key is there that the ruling has not.</exception>
    public async Task<IReadOnlyList<StoredEvent>> Write(Ruling ruling, IEnumerable<PreparedEvent> events, CancellationToken cancellation)
    {
        var (clock, sequence, epoch, transaction) = await Reserve(ruling.Events);
        Copy("mt_streams", ["id", "type", "version", "timestamp", "created"], ruling.Begun, (copy, head) =>
        {
            copy.Write(head.Stream);
            copy.Write(head.Type);
            copy.Write(head.Version);
            copy.Write(clock);
            copy.Write(clock);
        });
        var later = await MoveHeads(ruling.Continued, clock);
        cancellation.ThrowIfCancellationRequested();

        var stored = new List<StoredEvent>(sequence.Length);
        Copy("mt_events", EventColumns, events, (copy, e) =>
        {
            var place = sequence[stored.Count];
            var time = later.TryGetValue(e.Stream, out var at) ? at : clock;
            stored.Add(new StoredEvent(e, new FeedPosition(epoch, transaction, place), time));
            copy.Write(place);
            copy.Write(e.Id);
            copy.Write(e.Stream);
            copy.Write(e.Version);
            copy.WriteJson(e.Body);
            copy.Write(e.Type);
            copy.Write(time);
            copy.Write(e.DotnetType);
            copy.Write(e.User);
            copy.Write(e.Causation);
            copy.Write(e.Correlation);
            copy.WriteJson(e.Headers);
        });
        cancellation.ThrowIfCancellationRequested();

        if (ruling.Released is { Count: > 0 } released)
        {
            await using var release = Command("""
                DELETE FROM {schema}.unique_keys k USING unnest($1, $2, $3) AS c (scope, value, holder)
                WHERE k.scope = c.scope AND k.value = c.value AND k.holder = c.holder
                """);
            release.Parameters.Add(Array(NpgsqlDbType.Text, released, key => key.Key.Scope));
            release.Parameters.Add(Array(NpgsqlDbType.Text, released, key => key.Key.Value));
            release.Parameters.Add(Array(NpgsqlDbType.Uuid, released, key => key.Holder));
            await release.ExecuteNonQueryAsync(cancellation);
        }
        Copy("unique_keys", ["scope", "value", "holder"], ruling.Taken, (copy, key) =>
        {
            copy.Write(key.Key.Scope);
            copy.Write(key.Key.Value);
            copy.Write(key.Holder);
        });
        return stored;
    }

    /// <summary>What other writers may be waiting for, and how far a source has been dealt with. COMMIT follows at once.</summary>
    /// <param name="progress">where the source stands before the batch and behind it; null for an append, which is of no source</param>
    /// <exception cref="PostgresException"><c>CE007</c>: places or a stream are not as the ruling has them. <c>CE008</c>: the source does not stand there.</exception>
    public async Task End(Ruling ruling, (ImportState Before, ImportState After)? progress)
    {
        await using var end = Command($"SELECT {{schema}}.end_bulk_write({string.Join(", ", Enumerable.Range(1, 19).Select(i => "$" + i))})");
        var (guarded, pools, rejected) = (ruling.Guarded, ruling.Pools, ruling.Rejected);
        end.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)progress?.Before.Source ?? DBNull.Value });
        var (before, after) = progress ?? default;
        long[] numbers = progress is null ? [0, 0, 0, 0, 0]
            : [before.LastRow, after.LastRow, after.Rows - before.Rows, after.Streams - before.Streams, after.Events - before.Events];
        foreach (var value in numbers) end.Parameters.Add(new NpgsqlParameter { Value = value });
        FeedQuery.Add(end, after?.Position ?? FeedPosition.Start);
        end.Parameters.Add(Array(NpgsqlDbType.Uuid, guarded, head => head.Stream));
        end.Parameters.Add(Array(NpgsqlDbType.Bigint, guarded, head => head.From));
        end.Parameters.Add(Array(NpgsqlDbType.Text, pools, pool => pool.Pool));
        end.Parameters.Add(Array(NpgsqlDbType.Bigint, pools, pool => pool.Change));
        end.Parameters.Add(Array(NpgsqlDbType.Bigint, pools, pool => pool.Low));
        end.Parameters.Add(Array(NpgsqlDbType.Bigint, pools, pool => pool.High));
        end.Parameters.Add(Array(NpgsqlDbType.Bigint, rejected, row => row.Row));
        end.Parameters.Add(Array(NpgsqlDbType.Text, rejected, row => row.Reason.ToString()));
        end.Parameters.Add(Array(NpgsqlDbType.Text, rejected, row => row.Subject));
        end.Parameters.Add(Array(NpgsqlDbType.Text, rejected, row => row.Detail));
        await end.ExecuteNonQueryAsync();
    }

    /// <summary>The database's time, and a sequence value for each event. Live appends may take some in between.</summary>
    private async Task<(DateTime Clock, long[] Sequence, short Epoch, ulong Transaction)> Reserve(int events)
    {
        await using var reserve = Command("""
            SELECT clock_timestamp(), ARRAY(SELECT nextval('{schema}.mt_events_sequence') FROM generate_series(1, $1)),
                   (SELECT epoch FROM {schema}.cluster_epoch), pg_current_xact_id()
            """);
        reserve.Parameters.Add(new NpgsqlParameter { Value = events });
        await using var reader = await reserve.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetDateTime(0), reader.GetFieldValue<long[]>(1), reader.GetInt16(2), reader.GetFieldValue<ulong>(3));
    }

    /// <returns>the time of the events of each stream: recorded time never falls within a stream</returns>
    private async Task<Dictionary<Guid, DateTime>> MoveHeads(List<MovedHead> heads, DateTime clock)
    {
        var times = new Dictionary<Guid, DateTime>(heads.Count);
        if (heads.Count == 0) return times;
        await using (var move = Command("""
            UPDATE {schema}.mt_streams s SET version = a.now, timestamp = greatest($4, s.timestamp)
            FROM unnest($1, $2, $3) AS a (id, before, now)
            WHERE s.id = a.id AND s.version = a.before AND s.is_archived IS NOT TRUE
            RETURNING s.id, s.timestamp
            """))
        {
            move.Parameters.Add(Array(NpgsqlDbType.Uuid, heads, head => head.Stream));
            move.Parameters.Add(Array(NpgsqlDbType.Bigint, heads, head => head.From));
            move.Parameters.Add(Array(NpgsqlDbType.Bigint, heads, head => head.To));
            move.Parameters.Add(new NpgsqlParameter { Value = clock });
            await using var reader = await move.ExecuteReaderAsync();
            while (await reader.ReadAsync()) times[reader.GetGuid(0)] = reader.GetDateTime(1);
        }
        return times.Count == heads.Count ? times : throw new Misjudged();
    }

    /// <summary>The events of rows, written as JSON while they are taken.</summary>
    public IEnumerable<PreparedEvent> Events(IEnumerable<ImportRow> rows)
    {
        EventMetadata? last = null;
        byte[] headers = [];
        foreach (var stream in rows.SelectMany(row => row.Streams))
        {
            // Rows of one source share their headers more often than not.
            if (!ReferenceEquals(stream.Metadata.Headers, last?.Headers)) headers = PreparedEvent.HeadersOf(stream.Metadata);
            last = stream.Metadata;
            for (var i = 0; i < stream.Events.Count; i++)
                yield return PreparedEvent.Of(stream, stream.ExpectedVersion + i + 1, stream.Events[i], headers, types);
        }
    }

    private void Copy<T>(string table, string[] columns, IEnumerable<T> rows, Action<BinaryCopy, T> write)
    {
        using var copy = new BinaryCopy(connection, $"{options.Schema}.{table}", columns);
        foreach (var row in rows)
        {
            copy.StartRow();
            write(copy, row);
        }
        copy.Complete();
    }

    private NpgsqlCommand Command(string sql) => new(options.Fill(sql), connection);

    private static NpgsqlParameter Array<TItem, TValue>(NpgsqlDbType type, IEnumerable<TItem> items, Func<TItem, TValue> value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = items.Select(value).ToArray() };
}

/// <summary>The database is not as a batch took it to be.</summary>
internal sealed class Misjudged : Exception;

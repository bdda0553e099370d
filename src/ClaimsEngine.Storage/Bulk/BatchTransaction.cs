using ClaimsEngine.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>One try to store a batch: what is new goes in by COPY, so that a batch costs little more than its bytes.</summary>
internal sealed class BatchTransaction(NpgsqlConnection connection, StorageOptions options, EventTypes types)
{
    private const string Tenant = "*DEFAULT*";   // Marten's name for the only tenant

    /// <summary>The numbers of the events written. They are drawn just before the events: the daemon holds back at a gap until it is
    /// filled.</summary>
    private long[] sequence = [];

    /// <summary>Those that Marten's own append fills.</summary>
    private static readonly string[] EventColumns =
    [
        "seq_id", "id", "stream_id", "version", "data", "type", "timestamp", "tenant_id", "mt_dotnet_type", "user_name", "causation_id",
            "correlation_id", "headers", "is_archived"
    ];

    /// <summary>What the database says of everything that the rows touch.</summary>
    /// <param name="hold">whether the pools are locked until COMMIT, so that nobody else changes them meanwhile</param>
    public async Task<Facts> Find(IReadOnlyList<ImportRow> rows, bool hold)
    {
        var heads = new Dictionary<Guid, (long, bool)>();
        // Events that somebody wrote without moving the head leave a stream that no version fits, as an append would find.
        await using (var find = Command("""
            SELECT a.id, CASE WHEN coalesce(s.version, 0) = coalesce(e.version, 0) THEN s.version ELSE -1 END,
                   coalesce(s.is_archived, false)
            FROM unnest($1) AS a (id)
            LEFT JOIN {schema}.mt_streams s ON s.id = a.id
            LEFT JOIN LATERAL (
              SELECT e.version FROM {schema}.mt_events e WHERE e.stream_id = a.id ORDER BY e.version DESC LIMIT 1) e ON true
            WHERE s.id IS NOT NULL OR e.version IS NOT NULL
            """))
        {
            find.Parameters.Add(Array(NpgsqlDbType.Uuid, rows.SelectMany(row => row.Streams).DistinctBy(stream => stream.Stream),
                stream => stream.Stream));
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) heads[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetBoolean(2));
        }
        var holders = new Dictionary<UniqueKey, Guid>();
        await using (var find = Command("""
            SELECT k.scope, k.value, k.holder
            FROM unnest($1, $2) AS c (scope, value) JOIN {schema}.unique_keys k ON k.scope = c.scope AND k.value = c.value
            """))
        {
            find.Parameters.Add(Array(NpgsqlDbType.Text, rows.SelectMany(row => row.Keys), key => key.Key.Scope));
            find.Parameters.Add(Array(NpgsqlDbType.Text, rows.SelectMany(row => row.Keys), key => key.Key.Value));
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) holders[new UniqueKey(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        }
        var taken = new Dictionary<string, long>();
        await using (var find = Command(
            $"SELECT pool, taken FROM {{schema}}.places WHERE pool = ANY ($1) ORDER BY pool {(hold ? "FOR UPDATE" : "")}"))
        {
            find.Parameters.Add(Array(NpgsqlDbType.Text, rows.SelectMany(row => row.Places).DistinctBy(place => place.Pool),
                place => place.Pool));
            await using var reader = await find.ExecuteReaderAsync();
            while (await reader.ReadAsync()) taken[reader.GetString(0)] = reader.GetInt64(1);
        }
        return new Facts(heads, holders, taken);
    }

    /// <summary>Heads, events and keys of the rows accepted.</summary>
    /// <param name="streams">of the rows accepted, in their order</param>
    /// <returns>the place in the feed of the last event; 0 when there is none</returns>
    /// <exception cref="Misjudged">A stream that goes on is not where the ruling has it.</exception>
    /// <exception cref="PostgresException">A unique violation: a stream or a key is there that the ruling has not.</exception>
    public async Task<long> Write(Ruling ruling, IEnumerable<StreamWrite> streams, CancellationToken cancellation)
    {
        var clock = await Clock();
        Copy("mt_streams", ["id", "type", "version", "timestamp", "created", "tenant_id", "is_archived"], ruling.Begun, (copy, head) =>
        {
            copy.Write(head.Stream);
            copy.Write(head.Type);
            copy.Write(head.Version);
            copy.Write(clock);
            copy.Write(clock);
            copy.Write(Tenant);
            copy.Write(false);
        });
        var later = await MoveHeads(ruling.Continued, clock);
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
        cancellation.ThrowIfCancellationRequested();

        if (!await StillStands(ruling)) throw new Misjudged();
        sequence = await Reserve(ruling.Events);
        var written = 0;
        Copy("mt_events", EventColumns, PreparedEvent.Of(streams, types), (copy, e) =>
        {
            copy.Write(sequence[written++]);
            copy.Write(e.Event.Id);
            copy.Write(e.Stream);
            copy.Write(e.Version);
            copy.WriteJson(e.Body);
            copy.Write(e.Type);
            copy.Write(later.TryGetValue(e.Stream, out var at) ? at : clock);
            copy.Write(Tenant);
            copy.Write(e.DotnetType);
            copy.Write(e.Event.Metadata.User);
            copy.Write(e.Event.Metadata.Causation);
            copy.Write(e.Event.Metadata.Correlation);
            if (e.Headers is { } headers) copy.WriteJson(headers);
            else copy.WriteNull();
            copy.Write(false);
        });
        cancellation.ThrowIfCancellationRequested();

        return written == 0 ? 0 : sequence[written - 1];
    }

    /// <summary>What other writers may be waiting for, and how far a source has been dealt with. COMMIT follows at once.</summary>
    /// <param name="progress">where the source stands before the batch and behind it; null for an append, which is of no source</param>
    /// <exception cref="PostgresException"><c>CE007</c>: places or a stream are not as the ruling has them, or the feed has passed over the
    /// numbers of its events. <c>CE008</c>: the source does not stand there.</exception>
    public async Task End(Ruling ruling, (ImportState Before, ImportState After)? progress)
    {
        var parameters = string.Join(", ", Enumerable.Range(1, 18).Select(i => "$" + i));
        await using var end = Command($"SELECT {{schema}}.end_bulk_write({parameters})");
        var (guarded, pools, rejected) = (ruling.Guarded, ruling.Pools, ruling.Rejected);
        end.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)progress?.Before.Source
            ?? DBNull.Value });
        var (before, after) = progress ?? default;
        long[] numbers = progress is null ? [0, 0, 0, 0, 0]
            : [before.LastRow, after.LastRow, after.Rows - before.Rows, after.Streams - before.Streams, after.Events - before.Events];
        foreach (var value in numbers) end.Parameters.Add(new NpgsqlParameter { Value = value });
        end.Parameters.Add(new NpgsqlParameter { Value = after?.Position ?? 0L });
        end.Parameters.Add(new NpgsqlParameter
            { NpgsqlDbType = NpgsqlDbType.Bigint, Value = sequence.Length > 0 ? sequence[0] : DBNull.Value });
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

    private async Task<DateTime> Clock()
    {
        await using var clock = Command("SELECT clock_timestamp()");
        return (DateTime)(await clock.ExecuteScalarAsync())!;
    }

    /// <summary>Whether <see cref="End"/> would accept the ruling at this moment. Asked before numbers are drawn, since a batch that is
    /// given up afterwards leaves a gap that holds the read models up for seconds.</summary>
    private async Task<bool> StillStands(Ruling ruling)
    {
        var (guarded, pools) = (ruling.Guarded, ruling.Pools);
        if (guarded.Count == 0 && pools.Count == 0) return true;
        await using var look = Command("""
            SELECT (SELECT count(*) FROM unnest($1, $2) AS g (id, version)
                    JOIN {schema}.mt_streams s ON s.id = g.id AND s.version = g.version AND s.is_archived IS NOT TRUE) = cardinality($1)
              AND NOT EXISTS (SELECT FROM unnest($3, $4, $5) AS p (pool, low, high) LEFT JOIN {schema}.places q ON q.pool = p.pool
                              WHERE coalesce(q.taken, 0) NOT BETWEEN p.low AND p.high)
            """);
        look.Parameters.Add(Array(NpgsqlDbType.Uuid, guarded, head => head.Stream));
        look.Parameters.Add(Array(NpgsqlDbType.Bigint, guarded, head => head.From));
        look.Parameters.Add(Array(NpgsqlDbType.Text, pools, pool => pool.Pool));
        look.Parameters.Add(Array(NpgsqlDbType.Bigint, pools, pool => pool.Low));
        look.Parameters.Add(Array(NpgsqlDbType.Bigint, pools, pool => pool.High));
        return (bool)(await look.ExecuteScalarAsync())!;
    }

    /// <summary>A sequence value for each event. Live appends may take some in between.</summary>
    private async Task<long[]> Reserve(int events)
    {
        // The transaction has its id before it takes a number: by that Marten's daemon knows that the gap is alive.
        await using var reserve = Command("""
            SELECT ARRAY(
              SELECT nextval('{schema}.mt_events_sequence') FROM generate_series(1, $1) WHERE pg_current_xact_id() IS NOT NULL)
            """);
        reserve.Parameters.Add(new NpgsqlParameter { Value = events });
        return (long[])(await reserve.ExecuteScalarAsync())!;
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

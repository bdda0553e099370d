using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.EventStore.Feed;

/// <summary>
/// The feed: all events in the order (epoch, transaction, sequence), below the oldest transaction that still runs. What is below it can't be
/// preceded by anything any more, so a reader that goes on from the last position misses nothing.
/// </summary>
internal static class FeedQuery
{
    /// <summary>Both bounds are comparisons of the index's own columns: a range of the index, however large the table is.</summary>
    public const string Settled = "(e.epoch, e.tx_id) < ((SELECT c.epoch FROM {schema}.cluster_epoch c), pg_snapshot_xmin(pg_current_snapshot()))";

    private const string After = "(e.epoch, e.tx_id, e.seq_id) > ($1, $2, $3)";

    /// <summary>A batch that has read its fill; <paramref name="filter"/> null reads everything.</summary>
    public static NpgsqlCommand Read(NpgsqlConnection connection, EventStoreOptions options, FeedPosition after, int limit, FeedFilter? filter)
    {
        var command = new NpgsqlCommand { Connection = connection };
        Add(command, after);
        var conditions = new List<string> { After, Settled };

        void Narrow(string condition, object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            conditions.Add(condition.Replace("$n", "$" + command.Parameters.Count));
        }

        if (filter?.Stream is { } stream) Narrow("e.stream_id = $n", stream);
        if (filter?.Type is { } type) Narrow("e.type = $n", type);
        if (filter?.User is { } user) Narrow("e.user_name = $n", user);
        if (filter?.From is { } from) Narrow("e.timestamp >= $n", Sql.Timestamp(from));
        if (filter?.Before is { } before) Narrow("e.timestamp < $n", Sql.Timestamp(before));
        if (filter?.Region is { Value.Length: > 0 } region)
            Narrow("(starts_with(e.headers ->> 'region', $n) OR e.headers ->> 'region' IS NULL)", region.Value);

        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        // The inner query fixes order and limit before heads are looked up: 1,000 look-ups, never a join of everything.
        command.CommandText = options.Fill($"""
            SELECT {StoredEvent.Columns}
            FROM (SELECT * FROM {"{schema}"}.mt_events e WHERE {string.Join(" AND ", conditions)}
                  ORDER BY e.epoch, e.tx_id, e.seq_id LIMIT ${command.Parameters.Count}) e
            LEFT JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id
            ORDER BY e.epoch, e.tx_id, e.seq_id
            """);
        return command;
    }

    /// <summary>All events in the range (<paramref name="after"/>, <paramref name="upTo"/>]; the range must be settled.</summary>
    public static NpgsqlCommand Page(NpgsqlConnection connection, EventStoreOptions options, FeedPosition after, FeedPosition upTo, int limit)
    {
        var command = new NpgsqlCommand(options.Fill($"""
            SELECT {StoredEvent.Columns}
            FROM (SELECT * FROM {"{schema}"}.mt_events e WHERE {After} AND (e.epoch, e.tx_id, e.seq_id) <= ($4, $5, $6)
                  ORDER BY e.epoch, e.tx_id, e.seq_id LIMIT $7) e
            LEFT JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id
            ORDER BY e.epoch, e.tx_id, e.seq_id
            """), connection);
        Add(command, after);
        Add(command, upTo);
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        return command;
    }

    /// <summary>The places alone of all events in the range (<paramref name="after"/>, <paramref name="upTo"/>]; the range must be settled. The index has them.</summary>
    public static NpgsqlCommand Positions(NpgsqlConnection connection, EventStoreOptions options, FeedPosition after, FeedPosition upTo, int limit)
    {
        var command = new NpgsqlCommand(options.Fill($"""
            SELECT e.epoch, e.tx_id, e.seq_id FROM {"{schema}"}.mt_events e WHERE {After} AND (e.epoch, e.tx_id, e.seq_id) <= ($4, $5, $6)
            ORDER BY e.epoch, e.tx_id, e.seq_id LIMIT $7
            """), connection);
        Add(command, after);
        Add(command, upTo);
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        return command;
    }

    /// <summary>Events by their sequence numbers, in no order.</summary>
    public static NpgsqlCommand Some(NpgsqlConnection connection, EventStoreOptions options, long[] sequences) => new(options.Fill($"""
        SELECT {StoredEvent.Columns} FROM {"{schema}"}.mt_events e LEFT JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id WHERE e.seq_id = ANY ($1)
        """), connection) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = sequences } } };

    /// <summary>Events of one type of stream in the range (<paramref name="after"/>, <paramref name="upTo"/>]; the range must be settled.</summary>
    public static NpgsqlCommand OfStreamType(
        NpgsqlConnection connection, EventStoreOptions options, string streamType, FeedPosition after, FeedPosition upTo, int limit)
    {
        var command = new NpgsqlCommand(options.Fill($"""
            SELECT {StoredEvent.Columns}
            FROM {"{schema}"}.mt_events e JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id
            WHERE {After} AND (e.epoch, e.tx_id, e.seq_id) <= ($4, $5, $6) AND s.type = $7
            ORDER BY e.epoch, e.tx_id, e.seq_id LIMIT $8
            """), connection);
        Add(command, after);
        Add(command, upTo);
        command.Parameters.Add(new NpgsqlParameter { Value = streamType, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new NpgsqlParameter { Value = limit });
        return command;
    }

    /// <summary>The last settled position.</summary>
    public static NpgsqlCommand Head(NpgsqlConnection connection, EventStoreOptions options) => new(options.Fill(
        $"SELECT e.epoch, e.tx_id, e.seq_id FROM {{schema}}.mt_events e WHERE {Settled} ORDER BY e.epoch DESC, e.tx_id DESC, e.seq_id DESC LIMIT 1"), connection);

    public static async Task<FeedPosition> ReadHead(NpgsqlConnection connection, EventStoreOptions options, CancellationToken cancellation)
    {
        await using var command = Head(connection, options);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Position(reader, 0) : FeedPosition.Start;
    }

    public static async Task<List<StoredEvent>> Run(NpgsqlCommand command, CancellationToken cancellation)
    {
        var events = new List<StoredEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) events.Add(new StoredEvent(reader));
        return events;
    }

    public static FeedPosition Position(NpgsqlDataReader reader, int column) =>
        new(reader.GetInt16(column), reader.GetFieldValue<ulong>(column + 1), reader.GetInt64(column + 2));

    public static void Add(NpgsqlCommand command, FeedPosition position)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = position.Epoch });
        command.Parameters.Add(new NpgsqlParameter { Value = position.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.Add(new NpgsqlParameter { Value = position.Sequence });
    }
}

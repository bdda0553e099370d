using ClaimsEngine.EventStore.Appending;
using ClaimsEngine.EventStore.Feed;
using Npgsql;

namespace ClaimsEngine.EventStore;

/// <summary>The event store on PostgreSQL, with Marten's tables. Made by <see cref="ClaimsDatabase.Open"/>; safe for use by many at once.</summary>
public sealed class PostgresEventStore : IEventStore, IAsyncDisposable
{
    private readonly NpgsqlDataSource source, following;
    private readonly EventStoreOptions options;
    private readonly EventTypes types;
    private readonly GroupCommit writer;
    private readonly BulkAppend bulk;
    private readonly string readStream, readStreams, ownersOf, placesTaken, findReply;

    internal PostgresEventStore(NpgsqlDataSource source, NpgsqlDataSource following, EventStoreOptions options, EventTypes types, Action<IReadOnlyList<StoredEvent>> committed)
    {
        this.source = source;
        this.following = following;
        this.options = options;
        this.types = types;
        writer = new GroupCommit(source, options, (caller, key) => FindReply(caller, key), committed);
        bulk = new BulkAppend(following, options, types, committed);
        readStream = options.Fill($"""
            SELECT {StoredEvent.Columns} FROM {"{schema}"}.mt_events e JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id
            WHERE e.stream_id = $1 AND e.version <= $2 AND e.timestamp <= $3 ORDER BY e.version
            """);
        readStreams = options.Fill($"""
            SELECT {StoredEvent.Columns} FROM unnest($1) w (id) JOIN {"{schema}"}.mt_events e ON e.stream_id = w.id JOIN {"{schema}"}.mt_streams s ON s.id = w.id
            """);
        ownersOf = options.Fill("SELECT k.scope, k.value, k.holder FROM unnest($1, $2) w (scope, value) JOIN {schema}.unique_keys k ON k.scope = w.scope AND k.value = w.value");
        placesTaken = options.Fill("SELECT pool, taken FROM {schema}.places WHERE pool = ANY ($1)");
        findReply = options.Fill("""
            SELECT body_hash, status, resource, version, epoch, tx_id, seq_id FROM {schema}.requests WHERE caller = $1 AND request_key = $2
            """);
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadStream(
        Guid stream, long? toVersion = null, Instant? asOf = null, CancellationToken cancellation = default)
    {
        await using var connection = await following.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(readStream, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = toVersion ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter { Value = asOf is { } at ? Sql.Timestamp(at) : DateTime.MaxValue, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        return Decode(await FeedQuery.Run(command, cancellation));
    }

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadStreams(IReadOnlyList<Guid> streams, CancellationToken cancellation = default)
    {
        await using var connection = await following.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(readStreams, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. streams.Distinct()] });
        return Decode(await FeedQuery.Run(command, cancellation)).GroupBy(recorded => recorded.Stream)
            .ToDictionary(stream => stream.Key, stream => (IReadOnlyList<RecordedEvent>)[.. stream.OrderBy(recorded => recorded.Version)]);
    }

    /// <exception cref="ArgumentException">The append names a stream twice, starts one without an event, or writes nothing that could be recognised again.</exception>
    /// <exception cref="InvalidOperationException">A stream is archived.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL did not come back within <see cref="EventStoreOptions.Reconnect"/>; the same append may be tried again.</exception>
    public Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default)
    {
        var prepared = new PreparedAppend(append, types);
        return BulkAppend.IsFor(prepared) ? bulk.Run(prepared, cancellation) : writer.Append(prepared, cancellation);
    }

    public async Task<Guid?> OwnerOf(UniqueKey key, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(options.Fill("SELECT holder FROM {schema}.unique_keys WHERE scope = $1 AND value = $2"));
        command.Parameters.Add(new NpgsqlParameter { Value = key.Scope });
        command.Parameters.Add(new NpgsqlParameter { Value = key.Value });
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    public async Task<IReadOnlyDictionary<UniqueKey, Guid>> OwnersOf(IReadOnlyList<UniqueKey> keys, CancellationToken cancellation = default)
    {
        var owners = new Dictionary<UniqueKey, Guid>();
        await using var connection = await following.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(ownersOf, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.Scope)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.Value)] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) owners[new UniqueKey(reader.GetString(0), reader.GetString(1))] = reader.GetGuid(2);
        return owners;
    }

    public async Task<IReadOnlyDictionary<string, long>> PlacesTaken(IReadOnlyList<string> pools, CancellationToken cancellation = default)
    {
        var taken = new Dictionary<string, long>();
        await using var command = source.CreateCommand(placesTaken);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. pools] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) taken[reader.GetString(0)] = reader.GetInt64(1);
        return taken;
    }

    public async Task<StoredReply?> FindReply(string caller, string requestKey, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(findReply);
        command.Parameters.Add(new NpgsqlParameter { Value = caller });
        command.Parameters.Add(new NpgsqlParameter { Value = requestKey });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return new StoredReply(
            caller, requestKey, reader.GetString(0), reader.GetInt32(1), reader.GetGuid(2), reader.GetInt64(3), FeedQuery.Position(reader, 4));
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadFeed(
        FeedPosition after, int limit, FeedFilter? filter = null, CancellationToken cancellation = default)
    {
        // the whole feed is read along its index; a narrow part of it may be found sooner another way
        var narrow = filter is { Stream: not null } or { Type: not null } or { User: not null } or { From: not null } or { Before: not null };
        await using var connection = await (narrow ? source : following).OpenConnectionAsync(cancellation);
        await using var command = FeedQuery.Read(connection, options, after, limit, filter);
        return Decode(await FeedQuery.Run(command, cancellation));
    }

    /// <summary>Waits for what was handed in, then closes the writer.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private RecordedEvent[] Decode(List<StoredEvent> stored)
    {
        var events = new RecordedEvent[stored.Count];
        for (var i = 0; i < events.Length; i++) events[i] = stored[i].Decode(types);
        return events;
    }
}

using System.Text.Json;
using ClaimsEngine.EventStore.Appending;
using Npgsql;

namespace ClaimsEngine.EventStore.Feed;

/// <summary>A row of the events table, not yet decoded: a reader decides what becomes of an event that cannot be.</summary>
internal sealed class StoredEvent
{
    /// <summary>The columns in the order in which <see cref="StoredEvent(NpgsqlDataReader)"/> reads them, from <c>mt_events e</c> and <c>mt_streams s</c>.</summary>
    public const string Columns =
        "e.id, e.stream_id, s.type, e.version, e.type, e.data, e.timestamp, e.epoch, e.tx_id, e.seq_id, e.user_name, e.causation_id, e.correlation_id, e.headers";

    private readonly Guid id;
    private readonly string type;
    private readonly byte[] data;
    private readonly byte[]? headers;
    private readonly DateTime timestamp;
    private readonly string? user, causation, correlation;

    public StoredEvent(NpgsqlDataReader reader)
    {
        id = reader.GetGuid(0);
        Stream = reader.IsDBNull(1) ? Guid.Empty : reader.GetGuid(1);
        StreamType = reader.IsDBNull(2) ? "" : reader.GetString(2);
        Version = reader.GetInt64(3);
        type = reader.GetString(4);
        data = reader.GetFieldValue<byte[]>(5);
        timestamp = reader.GetDateTime(6);
        Position = new FeedPosition(reader.GetInt16(7), reader.GetFieldValue<ulong>(8), reader.GetInt64(9));
        user = reader.IsDBNull(10) ? null : reader.GetString(10);
        causation = reader.IsDBNull(11) ? null : reader.GetString(11);
        correlation = reader.IsDBNull(12) ? null : reader.GetString(12);
        headers = reader.IsDBNull(13) ? null : reader.GetFieldValue<byte[]>(13);
    }

    /// <summary>The same, of an event that was just stored.</summary>
    /// <param name="timestamp">that the database gave it, UTC</param>
    public StoredEvent(PreparedEvent prepared, FeedPosition position, DateTime timestamp)
    {
        (id, Stream, StreamType, Version, type) = (prepared.Id, prepared.Stream, prepared.StreamType, prepared.Version, prepared.Type);
        (data, headers, user, causation, correlation) = (prepared.Body, prepared.Headers, prepared.User, prepared.Causation, prepared.Correlation);
        (Position, this.timestamp) = (position, timestamp);
    }

    public Guid Stream { get; }
    public string StreamType { get; }
    public long Version { get; }
    public FeedPosition Position { get; }

    /// <summary>Bytes of its JSON.</summary>
    public int Size => data.Length;

    /// <summary>When it was stored, UTC.</summary>
    public DateTime Timestamp => timestamp;

    /// <exception cref="KeyNotFoundException">No registered event has this name.</exception>
    /// <exception cref="JsonException">The data does not fit the event.</exception>
    public RecordedEvent Decode(EventTypes types) => new(
        id, Stream, StreamType, Version, type,
        JsonSerializer.Deserialize(data, types.TypeOf(type), ClaimsJson.Options) ?? throw new JsonException($"event {id} has no data"),
        Instant.FromDateTimeUtc(timestamp), Position, new EventMetadata(user, causation, correlation, new StoredHeaders(headers)));
}

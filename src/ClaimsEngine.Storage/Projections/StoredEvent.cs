using System.Text.Json;
using Npgsql;

namespace ClaimsEngine.Storage.Projections;

/// <summary>A row of Marten's events table, not yet decoded. Only a rebuild reads it so: several connections at once, a range of streams
/// each.</summary>
internal sealed class StoredEvent(NpgsqlDataReader reader)
{
    /// <summary>The columns in the order in which they are read, from <c>mt_events e</c>.</summary>
    public const string Columns = "e.id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.seq_id, "
        + "e.user_name, e.causation_id, e.correlation_id, e.headers";

    private readonly Guid id = reader.GetGuid(0);
    private readonly long version = reader.GetInt64(2);
    private readonly string type = reader.GetString(3);
    private readonly byte[] data = reader.GetFieldValue<byte[]>(4);
    private readonly DateTime timestamp = reader.GetDateTime(5);
    private readonly string? user = reader.IsDBNull(7) ? null : reader.GetString(7);
    private readonly string? causation = reader.IsDBNull(8) ? null : reader.GetString(8);
    private readonly string? correlation = reader.IsDBNull(9) ? null : reader.GetString(9);
    private readonly byte[]? headers = reader.IsDBNull(10) ? null : reader.GetFieldValue<byte[]>(10);

    public Guid Stream { get; } = reader.GetGuid(1);
    public long Position { get; } = reader.GetInt64(6);

    /// <exception cref="KeyNotFoundException">No registered event has this name.</exception>
    /// <exception cref="JsonException">The data does not fit the event.</exception>
    public RecordedEvent Decode(EventTypes types)
    {
        var known = types.TypeOf(type);
        return new RecordedEvent(
            id, Stream, types.StreamTypeOf(known), version, type,
            JsonSerializer.Deserialize(data, known, ClaimsJson.Options) ?? throw new JsonException($"event {id} has no data"),
            Instant.FromDateTimeUtc(timestamp), Position, new EventMetadata(user, causation, correlation, new StoredHeaders(headers)));
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace ClaimsEngine.EventStore.Appending;

/// <summary>An event as the columns of <c>mt_events</c> hold it, whichever way it gets there; position and time are the database's.</summary>
internal sealed record PreparedEvent(
    Guid Id, Guid Stream, string StreamType, long Version, string Type, string DotnetType, byte[] Body, string? User, string? Causation, string? Correlation, byte[] Headers)
{
    private static readonly ConcurrentDictionary<Type, string> DotnetNames = new();

    /// <param name="stream">it goes on with the event</param>
    /// <param name="version">in its stream, from 1</param>
    /// <param name="headers">of its metadata, by <see cref="HeadersOf"/>: many events share them</param>
    public static PreparedEvent Of(StreamAppend stream, long version, NewEvent @event, byte[] headers, EventTypes types)
    {
        var type = @event.Data.GetType();
        var metadata = stream.Metadata;
        return new PreparedEvent(
            @event.Id, stream.Stream, stream.StreamType, version, types.NameOf(type), DotnetNames.GetOrAdd(type, EventTypes.DotnetNameFor),
            JsonSerializer.SerializeToUtf8Bytes(@event.Data, type, ClaimsJson.Options),
            metadata.User, metadata.Causation, metadata.Correlation, headers);
    }

    public static byte[] HeadersOf(EventMetadata metadata) => JsonSerializer.SerializeToUtf8Bytes(metadata.Headers, ClaimsJson.Options);
}

using System.Collections.Concurrent;
using System.Text.Json;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>An event as the columns of <c>mt_events</c> hold it; position and time are the database's.</summary>
/// <param name="Headers">JSON; null where there are none, as Marten has it</param>
internal readonly record struct PreparedEvent(NewEvent Event, Guid Stream, long Version, string Type, string DotnetType, byte[] Body,
    byte[]? Headers)
{
    private static readonly ConcurrentDictionary<Type, string> DotnetNames = new();

    /// <summary>The events of streams, written as JSON while they are taken.</summary>
    public static IEnumerable<PreparedEvent> Of(IEnumerable<StreamWrite> streams, EventTypes types)
    {
        IReadOnlyDictionary<string, string>? last = null;
        byte[]? headers = null;
        foreach (var stream in streams)
            for (var i = 0; i < stream.Events.Count; i++)
            {
                var @event = stream.Events[i];
                // Events of one sender share their headers more often than not.
                if (!ReferenceEquals(@event.Metadata.Headers, last))
                    headers = @event.Metadata.Headers.Count == 0 ? null
                        : JsonSerializer.SerializeToUtf8Bytes(@event.Metadata.Headers, ClaimsJson.Options);
                last = @event.Metadata.Headers;
                var type = @event.Data.GetType();
                yield return new PreparedEvent(
                    @event, stream.Stream, stream.ExpectedVersion + i + 1, types.NameOf(type),
                        DotnetNames.GetOrAdd(type, EventTypes.DotnetNameFor),
                    JsonSerializer.SerializeToUtf8Bytes(@event.Data, type, ClaimsJson.Options), headers);
            }
    }
}

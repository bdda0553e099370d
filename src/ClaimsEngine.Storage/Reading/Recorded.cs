using JasperFx.Events;

namespace ClaimsEngine.Storage.Reading;

/// <summary>Marten's event as the domain knows it.</summary>
internal static class Recorded
{
    /// <summary>What Marten stores under a number of the sequence that a failed append has drawn: it is nobody's event, of no time, and no
    /// reader is shown it.</summary>
    public const string Tombstone = "tombstone";

    public static RecordedEvent Of(IEvent stored, EventTypes types) => new(
        stored.Id, stored.StreamId, types.StreamTypeOf(stored.EventType), stored.Version, stored.EventTypeName, stored.Data,
        Instant.FromDateTimeOffset(stored.Timestamp), stored.Sequence,
        new EventMetadata(stored.UserName, stored.CausationId, stored.CorrelationId, HeadersOf(stored)));

    private static IReadOnlyDictionary<string, string> HeadersOf(IEvent stored) =>
        stored.Headers is { Count: > 0 } headers ? headers.ToDictionary(header => header.Key, header => header.Value?.ToString() ?? "")
            : NoHeaders;

    private static readonly Dictionary<string, string> NoHeaders = [];
}

namespace ClaimsEngine.Claims;

/// <summary>One thing that happened to a resource since the caller read it, told with a stale <c>If-Match</c>. It holds no personal data,
/// and of a claim not the reasons that people wrote.</summary>
/// <param name="Version">of the resource after it</param>
/// <param name="Type">published name of the event</param>
/// <param name="By">who did it: the token's subject, or a name of the engine</param>
/// <param name="Text">of a claim what happened, in English; null for other resources</param>
/// <param name="TextZh">the same in Chinese</param>
public sealed record ChangeSince(long Version, string Type, string? By, Instant At, string? Text = null, string? TextZh = null)
{
    /// <summary>Only the newest so many are told.</summary>
    public const int Most = 20;

    /// <summary>What this person may know of what happened to a resource after a version, oldest first. A person's events belong to the
    /// offices of the cases that they came from: another office is not told of them.</summary>
    /// <param name="state">the resource as it is, which this person sees</param>
    /// <param name="stream">its events in order; those before may be left out</param>
    /// <param name="version">that the caller had read</param>
    public static IReadOnlyList<ChangeSince> Of(IAggregate state, IEnumerable<RecordedEvent> stream, long version, Actor by) =>
        [.. stream.Where(recorded => recorded.Version > version && MayKnow(by, state, recorded)).TakeLast(Most).Select(Of)];

    private static ChangeSince Of(RecordedEvent recorded)
    {
        var change = new ChangeSince(recorded.Version, recorded.Type, recorded.Metadata.User, recorded.RecordedAt);
        if (recorded.StreamType != Claim.StreamType) return change;
        var words = ClaimHistory.Of(recorded);
        return change with { By = change.By ?? words.By, Text = words.Text, TextZh = words.TextZh };
    }

    private static bool MayKnow(Actor by, IAggregate state, RecordedEvent recorded) =>
        !recorded.Metadata.Headers.TryGetValue(EventMetadata.RegionHeader, out var region)
        || region == state.Scope?.Value || region.StartsWith(by.Region.Value, StringComparison.Ordinal);
}

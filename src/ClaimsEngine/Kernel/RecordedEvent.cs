namespace ClaimsEngine.Kernel;

/// <summary>An event as stored, with who, when and why.</summary>
/// <param name="Type">the published snake_case name, <c>claim_submitted</c></param>
/// <param name="Version">place in its stream, from 1</param>
/// <param name="RecordedAt">when it was stored; never falls within a stream</param>
/// <param name="Position">place in the feed of all streams: rising, with gaps where a write came to nothing</param>
public sealed record RecordedEvent(
    Guid Id,
    Guid Stream,
    string StreamType,
    long Version,
    string Type,
    object Data,
    Instant RecordedAt,
    long Position,
    EventMetadata Metadata);

/// <summary>What is known of every event besides its data.</summary>
/// <param name="User">who: the token's subject</param>
/// <param name="Causation">why: the command's name</param>
/// <param name="Correlation">the request that it belongs to (trace id)</param>
/// <param name="Headers"><c>role</c>, <c>office</c> (the actor's region), <c>region</c> (of the stream or the case; absent when it is
/// everybody's), <c>requestId</c>, <c>schemaVersion</c>, <c>onBehalfOf</c> where a stand-in acted, and <c>quiet</c> on entries of the past
/// and on seeds: nobody is sent a notice of them</param>
public sealed record EventMetadata(string? User, string? Causation, string? Correlation, IReadOnlyDictionary<string, string> Headers)
{
    public const string RegionHeader = "region";
    public const string QuietHeader = "quiet";
}

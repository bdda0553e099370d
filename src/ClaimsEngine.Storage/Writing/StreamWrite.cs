namespace ClaimsEngine.Storage.Writing;

/// <summary>Events for one stream.</summary>
/// <param name="StreamType">the aggregate's name, <c>claim</c></param>
/// <param name="Aggregate">its type</param>
/// <param name="ExpectedVersion">the version that the decision was made on; 0 begins the stream, and nothing is stored if it exists</param>
/// <param name="Events">none when the decision only rests on the stream</param>
public sealed record StreamWrite(Guid Stream, string StreamType, Type Aggregate, long ExpectedVersion, List<NewEvent> Events);

/// <param name="Id">given before it is stored, so that a write can be recognised when its reply was lost</param>
public sealed record NewEvent(Guid Id, object Data, EventMetadata Metadata);

/// <summary>
/// Which answer was given to a request with an Idempotency-Key: a resource as it was at a version. The answer is shown again from the
/// events, so that no copy of anybody's personal data is kept beside them.
/// </summary>
/// <param name="Caller">the token's subject: keys of two callers never meet</param>
/// <param name="BodyHash">keyed hash of method, path and body: the same key with another one is refused</param>
/// <param name="Status">the HTTP status that was given</param>
/// <param name="Resource">the stream that was shown</param>
/// <param name="Version">of that stream after the command</param>
/// <param name="Position">of the last event that the request stored; 0 if it stored none. The store fills it in.</param>
/// <param name="Shown">the version of every other stream of which something was shown, such as the person's; 0 where there was none.
/// Neither a time nor a place in the feed says that: another write may have been under way. Null where it was not kept.</param>
public sealed record StoredReply(string Caller, string RequestKey, string BodyHash, int Status, Guid Resource, long Version,
    long Position = 0, IReadOnlyDictionary<Guid, long>? Shown = null);

/// <summary>What became of a write that reached the database.</summary>
public abstract record WriteOutcome;

/// <param name="Position">of the last event in the feed; 0 when no event was written</param>
public sealed record Stored(long Position) : WriteOutcome;

/// <summary>A stream has moved since it was read, or exists although it was to begin. Nothing was written: decide again.</summary>
public sealed record Conflict : WriteOutcome;

/// <summary>Another stream holds the key. Nothing was written.</summary>
public sealed record KeyTaken(UniqueKey Key) : WriteOutcome;

/// <summary>The pool has not enough places. Nothing was written.</summary>
public sealed record PlacesExhausted(string Pool) : WriteOutcome;

/// <summary>This request was answered before, perhaps by another process a moment ago. Nothing was written now.</summary>
public sealed record AnsweredBefore : WriteOutcome;

namespace ClaimsEngine.Ports;

/// <summary>
/// The event store, as the engine needs it. Small on purpose: a second runtime on Marten and Wolverine implements it with a session
/// (<c>Events.Append</c>, <c>StartStream</c>) and SQL queued into the same <c>SaveChangesAsync</c>.
/// </summary>
public interface IEventStore
{
    /// <summary>The events of one stream in order, none if there is no such stream.</summary>
    /// <param name="toVersion">not beyond this version</param>
    /// <param name="asOf">not recorded after this instant</param>
    Task<IReadOnlyList<RecordedEvent>> ReadStream(Guid stream, long? toVersion = null, Instant? asOf = null, CancellationToken cancellation = default);

    /// <summary>The events of several streams in one question, each stream's in order. A stream without events is absent.</summary>
    /// <param name="streams">one may be named twice</param>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadStreams(IReadOnlyList<Guid> streams, CancellationToken cancellation = default);

    /// <summary>Everything of <paramref name="append"/> in one transaction, or nothing. Returns after COMMIT; a reply lost with the connection is resolved, not guessed.</summary>
    Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default);

    /// <summary>The stream that holds a unique key now, or null.</summary>
    Task<Guid?> OwnerOf(UniqueKey key, CancellationToken cancellation = default);

    /// <summary>The streams that hold these keys now, in one question. A key that nobody holds is absent.</summary>
    Task<IReadOnlyDictionary<UniqueKey, Guid>> OwnersOf(IReadOnlyList<UniqueKey> keys, CancellationToken cancellation = default);

    /// <summary>Places taken of each pool now. A pool of which none was ever taken is absent.</summary>
    Task<IReadOnlyDictionary<string, long>> PlacesTaken(IReadOnlyList<string> pools, CancellationToken cancellation = default);

    /// <summary>The answer that was stored for a request of this caller under this key, or null.</summary>
    Task<StoredReply?> FindReply(string caller, string requestKey, CancellationToken cancellation = default);

    /// <summary>The next events after a position, without gaps: only what no running transaction can still precede.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadFeed(FeedPosition after, int limit, FeedFilter? filter = null, CancellationToken cancellation = default);
}

/// <summary>Narrows a reading of the feed; null members do not narrow.</summary>
/// <param name="Region">only streams in this region; streams that are everybody's (no region header) are always included</param>
/// <param name="Before">recorded before this instant</param>
public sealed record FeedFilter(
    Guid? Stream = null, string? Type = null, string? User = null, Instant? From = null, Instant? Before = null, RegionCode Region = default);

/// <summary>One atomic write: several streams, unique keys, places of quotas, the stored reply and messages to the outside.</summary>
public sealed record Append(
    IReadOnlyList<StreamAppend> Streams,
    IReadOnlyList<KeyChange> Keys,
    IReadOnlyList<PlaceChange> Places,
    IReadOnlyList<OutboxMessage> Outbox,
    StoredReply? Reply = null);

/// <param name="StreamType">the aggregate's name, <c>claim</c></param>
/// <param name="ExpectedVersion">the version that the decision was made on; 0 starts the stream and fails if it exists</param>
public sealed record StreamAppend(Guid Stream, string StreamType, long ExpectedVersion, IReadOnlyList<NewEvent> Events, EventMetadata Metadata);

/// <param name="Id">given by the caller, so that a write can be recognised when its reply was lost</param>
public sealed record NewEvent(Guid Id, object Data);

/// <summary>A value that one stream at most holds at a time, such as the live payout of a claim's benefit.</summary>
/// <param name="Scope">what kind of value, <c>live-payout</c></param>
public sealed record UniqueKey(string Scope, string Value);

/// <summary>Takes a key for a stream (fails if another holds it) or, with <paramref name="Take"/> false, gives it up.</summary>
public sealed record KeyChange(UniqueKey Key, Guid Holder, bool Take);

/// <summary>Moves the number of places taken in a pool by <paramref name="Count"/> (negative gives back), failing if more than <paramref name="Limit"/> would be taken.
/// With a count of 0 it only checks the limit. Exact under concurrency: the pool's row is locked until COMMIT.</summary>
public sealed record PlaceChange(string Pool, long Count, long Limit);

/// <summary>A message to the outside that is sent once in effect: stored with the events, sent afterwards under its own id.</summary>
public sealed record OutboxMessage(Guid Id, string Kind, string Json);

/// <summary>
/// Which answer was given to a request with an Idempotency-Key: a resource as it was at a version. The answer is shown again from the
/// events, so that no copy of anybody's personal data is kept beside them.
/// </summary>
/// <param name="Caller">the token's subject: keys of two callers never meet</param>
/// <param name="BodyHash">keyed hash of method, path and body: the same key with another one is refused</param>
/// <param name="Status">the HTTP status that was given</param>
/// <param name="Resource">the stream that was shown</param>
/// <param name="Version">of that stream after the command</param>
/// <param name="Position">filled by the store when written</param>
public sealed record StoredReply(
    string Caller, string RequestKey, string BodyHash, int Status, Guid Resource, long Version, FeedPosition Position = default);

/// <summary>What became of an append.</summary>
public abstract record AppendOutcome;

/// <param name="Position">of the last event written; <see cref="FeedPosition.Start"/> if none was</param>
public sealed record Appended(FeedPosition Position, Instant RecordedAt) : AppendOutcome;

/// <summary>A stream was not at the expected version. Nothing was written.</summary>
public sealed record VersionConflict(Guid Stream) : AppendOutcome;

/// <summary>Another stream holds a key. Nothing was written.</summary>
public sealed record KeyTaken(UniqueKey Key) : AppendOutcome;

/// <summary>A pool has not enough places left. Nothing was written.</summary>
public sealed record PlacesExhausted(string Pool) : AppendOutcome;

/// <summary>This request was answered before, perhaps by another process a moment ago. Nothing was written now.</summary>
public sealed record AlreadyAnswered(StoredReply Reply) : AppendOutcome;

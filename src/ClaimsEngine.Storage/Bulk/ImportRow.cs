using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>One row of a source and what it brings: stored together or not at all, with the same guarantees as an append.</summary>
/// <param name="Number">its place in the source, from 1 and rising; the same row has the same number whenever the source is read</param>
/// <param name="Streams">streams that it begins, continues, or rests on (no events)</param>
/// <param name="Keys">keys that it takes or gives up</param>
/// <param name="Places">places of pools that it takes or gives back</param>
public sealed record ImportRow(long Number, IReadOnlyList<StreamWrite> Streams, IReadOnlyList<KeyChange> Keys,
    IReadOnlyList<PlaceChange> Places)
{
    /// <summary>The row brings nothing, and this is why: it is noted with the rows that were rejected, in the transaction that passes
    /// it.</summary>
    public static ImportRow Refused(long number, string code, string reason) =>
        new(number, [], [], []) { Refusal = new RejectedRow(number, RejectionReason.Refused, code, reason) };

    /// <summary>The row brings what was decided for it.</summary>
    public static ImportRow Of(long number, PendingWrite write) => new(number, [.. write.Streams], [.. write.Keys], [.. write.Places]);

    internal RejectedRow? Refusal { get; private init; }

    /// <summary>The row once more where a key of it is taken that may as well be another: a number that was drawn by lot. Null, or without
    /// one: the row is rejected.</summary>
    public Func<UniqueKey, ImportRow?>? Otherwise { get; init; }

    /// <summary>Whether somebody has seen to it already that it names no stream and no key twice: with thousands of them that takes another
    /// way.</summary>
    internal bool IsChecked { get; init; }
}

/// <summary>How an import goes about its work.</summary>
public sealed record ImportOptions
{
    /// <summary>About so many events are stored in one transaction. The feed waits for a running transaction, so none should take long:
    /// this is some tenths of a second.</summary>
    public int BatchEvents { get; init; } = 10_000;

    /// <summary>So many transactions write at the same time; they commit in the order of the source.</summary>
    public int Connections { get; init; } = 2;

    /// <summary>
    /// The import pauses while the read models lag by more events than this, so that live traffic's rows come soon; null never pauses.
    /// </summary>
    public long? MaxLag { get; init; } = 20_000;
}

/// <summary>How far a source has been imported, all runs together.</summary>
/// <param name="LastRow">every row up to this one was stored or rejected, none after it was; 0 before the first</param>
/// <param name="Rows">rows dealt with, the rejected ones included</param>
/// <param name="Rejected">rows of which nothing was stored</param>
/// <param name="Streams">streams that the source began</param>
/// <param name="Position">of the last of its events in the feed: a read model that has got there has seen all of them</param>
public sealed record ImportState(string Source, long LastRow, long Rows, long Rejected, long Streams, long Events, long Position);

/// <summary>A row of which nothing was stored.</summary>
/// <param name="Subject">the stream's id, the key's scope or the pool</param>
/// <param name="Detail">the key's value, the version that was found, or PostgreSQL's complaint</param>
public sealed record RejectedRow(long Row, RejectionReason Reason, string Subject, string Detail);

/// <summary>Why a row was rejected: what an append would have been refused for, or what the importer himself had against it.</summary>
public enum RejectionReason
{
    /// <summary>By the importer: the subject is the code of his rule.</summary>
    Refused,

    /// <summary>A stream exists already, or is not at the expected version.</summary>
    VersionConflict,

    StreamArchived,

    /// <summary>Another stream holds a key, perhaps that of an earlier row.</summary>
    KeyTaken,

    PlacesExhausted,

    /// <summary>PostgreSQL can't store it: the character U+0000, a key of thousands of characters.</summary>
    Unstorable,
}

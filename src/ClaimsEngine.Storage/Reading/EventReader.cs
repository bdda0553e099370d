using JasperFx.Events;
using Marten;
using Marten.Linq.MatchesSql;

namespace ClaimsEngine.Storage.Reading;

/// <summary>Narrows a reading of the feed; null members do not narrow.</summary>
/// <param name="Region">only streams in this region; streams that are everybody's (no region header) are always included</param>
/// <param name="Before">recorded before this instant</param>
public sealed record FeedFilter(
    Guid? Stream = null, string? Type = null, string? User = null, Instant? From = null, Instant? Before = null,
        RegionCode Region = default);

/// <summary>Reads events: single streams, many at once, and the feed of all.</summary>
public sealed class EventReader(IDocumentStore store, StorageOptions options, EventTypes types)
{
    /// <summary>The events of one stream in order, none if there is no such stream.</summary>
    /// <param name="toVersion">not beyond this version</param>
    /// <param name="asOf">not recorded after this instant</param>
    /// <param name="fromVersion">not before this version; 0 for the beginning</param>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStream(Guid stream, long? toVersion = null, Instant? asOf = null,
        long fromVersion = 0, CancellationToken cancellation = default)
    {
        if (toVersion is < 1) return [];
        await using var session = store.QuerySession();
        return InOrder(await session.Events.FetchStreamAsync(
            stream, toVersion ?? 0, fromVersion: fromVersion, token: cancellation), asOf);
    }

    /// <summary>The events of several streams in one question, each stream's in order. A stream without events is absent.</summary>
    /// <param name="streams">one may be named twice</param>
    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadStreams(
        IReadOnlyList<Guid> streams, CancellationToken cancellation = default) => ReadStreams(streams, null, cancellation);

    /// <summary>The same as of a moment.</summary>
    /// <param name="streams">one may be named twice</param>
    /// <param name="asOf">not recorded after this instant; null is now</param>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadStreams(
        IReadOnlyList<Guid> streams, Instant? asOf, CancellationToken cancellation)
    {
        Guid[] wanted = [.. streams.Distinct()];
        if (wanted.Length == 0) return new Dictionary<Guid, IReadOnlyList<RecordedEvent>>();
        await using var session = store.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(stored => wanted.Contains(stored.StreamId)).ToListAsync(cancellation);
        return events.GroupBy(stored => stored.StreamId).ToDictionary(stream => stream.Key, stream => InOrder(stream, asOf));
    }

    /// <summary>The next events after a position, in order and without gaps: up to the mark below which no running transaction can add
    /// anything.</summary>
    /// <param name="after">a position that was read before; 0 for the beginning</param>
    public async Task<IReadOnlyList<RecordedEvent>> ReadFeed(long after, int limit, FeedFilter? filter = null,
        CancellationToken cancellation = default)
    {
        await using var session = store.QuerySession();
        var mark = await HighWaterMark(cancellation);
        var events = await Filtered(session, filter).Where(stored => stored.Sequence > after && stored.Sequence <= mark)
            .OrderBy(stored => stored.Sequence).Take(limit).ToListAsync(cancellation);
        return [.. events.Select(stored => Recorded.Of(stored, types))];
    }

    /// <summary>The newest events before a position, the newest first: of those that <see cref="ReadFeed"/> reads.</summary>
    /// <param name="before">a position; null for the newest of all</param>
    /// <param name="limit">how many events at most</param>
    public async Task<IReadOnlyList<RecordedEvent>> ReadNewest(long? before, int limit, FeedFilter? filter = null,
        CancellationToken cancellation = default)
    {
        await using var session = store.QuerySession();
        var last = Math.Min(before - 1 ?? long.MaxValue, await HighWaterMark(cancellation));
        var events = await Filtered(session, filter).Where(stored => stored.Sequence <= last)
            .OrderByDescending(stored => stored.Sequence).Take(limit).ToListAsync(cancellation);
        return [.. events.Select(stored => Recorded.Of(stored, types))];
    }

    private static IQueryable<IEvent> Filtered(IQuerySession session, FeedFilter? filter)
    {
        IQueryable<IEvent> query = session.Events.QueryAllRawEvents().Where(stored => stored.EventTypeName != Recorded.Tombstone);
        if (filter?.Stream is { } stream) query = query.Where(stored => stored.StreamId == stream);
        if (filter?.Type is { } type) query = query.Where(stored => stored.EventTypeName == type);
        if (filter?.User is { } user) query = query.Where(stored => stored.UserName == user);
        if (filter?.From is { } from && from.ToDateTimeOffset() is var first) query = query.Where(stored => stored.Timestamp >= first);
        if (filter?.Before is { } before && before.ToDateTimeOffset() is var end) query = query.Where(stored => stored.Timestamp < end);
        if (filter?.Region is { Value.Length: > 0 } region)
            query = query.Where(stored => stored.MatchesSql("(starts_with(d.headers ->> 'region', ?) or d.headers ->> 'region' is null)",
                region.Value));
        return query;
    }

    /// <summary>The events of one stream by their versions: Marten gives them by their numbers in the feed, which a neighbour that draws
    /// its numbers early may have in another order.</summary>
    private IReadOnlyList<RecordedEvent> InOrder(IEnumerable<IEvent> stream, Instant? asOf)
    {
        var events = stream.OrderBy(stored => stored.Version).Select(stored => Recorded.Of(stored, types));
        // Clocks of two processes may differ: what follows an event of a clock that is ahead is not known before it either, or the stream
        // would have a hole.
        return [.. asOf is { } until ? events.TakeWhile(recorded => recorded.RecordedAt <= until) : events];
    }

    /// <summary>The place in the feed up to which it is complete.</summary>
    public async Task<long> HighWaterMark(CancellationToken cancellation = default)
    {
        await using var session = store.QuerySession();
        var mark = await session.AdvancedSql.QueryAsync<long>(
            $"select coalesce((select last_seq_id from {options.Schema}.mt_event_progression where name = 'HighWaterMark'), 0)",
                cancellation);
        return mark[0];
    }
}

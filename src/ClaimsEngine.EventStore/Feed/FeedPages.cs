using Npgsql;

namespace ClaimsEngine.EventStore.Feed;

/// <summary>
/// The feed in pages, read once for all read models of this process: they follow it at about the same place, and each would otherwise look up every event
/// to find those of its own streams. What is settled never changes, so a page stays right for ever.
/// </summary>
internal sealed class FeedPages(NpgsqlDataSource following, EventStoreOptions options, RecentEvents stored)
{
    /// <summary>Read models without events of their own run ahead of those that write: pages enough for these to find them still here.</summary>
    private const int Kept = 8;

    private readonly SemaphoreSlim reading = new(1);
    private readonly Queue<FeedPage> recent = new();

    /// <summary>A page that begins at <paramref name="after"/> or before and ends behind it. <paramref name="upTo"/> must be settled and lie behind it too.</summary>
    public async Task<FeedPage> After(FeedPosition after, FeedPosition upTo, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            if (recent.FirstOrDefault(page => page.After <= after && after < page.End) is { } known) return known;
            await using var connection = await following.OpenConnectionAsync(cancellation);
            var events = stored.MayHoldAfter(after) ? await Completed(connection, after, upTo, cancellation) : await Read(connection, after, upTo, cancellation);
            var read = new FeedPage(after, events.Count < options.ProjectionBatch ? upTo : events[^1].Position, events);
            if (recent.Count == Kept) recent.Dequeue();
            recent.Enqueue(read);
            return read;
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<IReadOnlyList<StoredEvent>> Read(NpgsqlConnection connection, FeedPosition after, FeedPosition upTo, CancellationToken cancellation)
    {
        await using var command = FeedQuery.Page(connection, options, after, upTo, options.ProjectionBatch);
        return await FeedQuery.Run(command, cancellation);
    }

    /// <summary>The order is read from the feed; of the events themselves only those that this process does not have at hand.</summary>
    private async Task<IReadOnlyList<StoredEvent>> Completed(NpgsqlConnection connection, FeedPosition after, FeedPosition upTo, CancellationToken cancellation)
    {
        var order = new List<FeedPosition>(options.ProjectionBatch);
        await using (var command = FeedQuery.Positions(connection, options, after, upTo, options.ProjectionBatch))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) order.Add(FeedQuery.Position(reader, 0));
        }
        var events = order.ConvertAll(stored.At);
        var missing = order.Where((_, i) => events[i] is null).Select(position => position.Sequence).ToArray();
        if (missing.Length == 0) return events!;
        await using var fetch = FeedQuery.Some(connection, options, missing);
        var fetched = (await FeedQuery.Run(fetch, cancellation)).ToDictionary(found => found.Position);
        return [.. order.Select((position, i) => events[i] ?? fetched[position])];
    }
}

/// <summary>All events in (<paramref name="After"/>, <paramref name="End"/>].</summary>
internal sealed record FeedPage(FeedPosition After, FeedPosition End, IReadOnlyList<StoredEvent> Events);

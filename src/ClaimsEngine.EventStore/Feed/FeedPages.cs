using Npgsql;

namespace ClaimsEngine.EventStore.Feed;

/// <summary>
/// The feed in pages, read once for all read models of this process: they follow it at about the same place, and each would otherwise look up every event
/// to find those of its own streams. What is settled never changes, so a page stays right for ever.
/// </summary>
internal sealed class FeedPages(NpgsqlDataSource following, EventStoreOptions options)
{
    /// <summary>Read models without events of their own run ahead of those that write: pages enough for these to find them still here.</summary>
    private const int Kept = 48;

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
            await using var command = FeedQuery.Page(connection, options, after, upTo, options.ProjectionBatch);
            var events = await FeedQuery.Run(command, cancellation);
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
}

/// <summary>All events in (<paramref name="After"/>, <paramref name="End"/>].</summary>
internal sealed record FeedPage(FeedPosition After, FeedPosition End, IReadOnlyList<StoredEvent> Events);

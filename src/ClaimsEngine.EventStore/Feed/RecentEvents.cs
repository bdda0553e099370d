namespace ClaimsEngine.EventStore.Feed;

/// <summary>
/// What this process has stored lately, by its place in the feed: its own readers need not fetch it again. The feed alone says what comes when; an event that
/// is not here is read from the table. Bounded by a number of events, each of a bounded size.
/// </summary>
internal sealed class RecentEvents
{
    private const int Kept = 16_384, Largest = 16 * 1024;

    private readonly StoredEvent?[] ring = new StoredEvent?[Kept];
    private long newest;

    /// <summary>Call it after COMMIT only.</summary>
    public void Add(IEnumerable<StoredEvent> committed)
    {
        foreach (var stored in committed)
        {
            if (stored.Size > Largest) continue;
            Volatile.Write(ref ring[Slot(stored.Position)], stored);
            if (stored.Position.Sequence > Volatile.Read(ref newest)) Volatile.Write(ref newest, stored.Position.Sequence);
        }
    }

    /// <summary>The event at this very place; null if it is not here (any more).</summary>
    public StoredEvent? At(FeedPosition position) => Volatile.Read(ref ring[Slot(position)]) is { } stored && stored.Position == position ? stored : null;

    /// <summary>Whether it is worth asking for what comes after a place.</summary>
    public bool MayHoldAfter(FeedPosition position) => Volatile.Read(ref newest) is var last && position.Sequence < last && position.Sequence >= last - Kept;

    private static int Slot(FeedPosition position) => (int)(position.Sequence % Kept);
}

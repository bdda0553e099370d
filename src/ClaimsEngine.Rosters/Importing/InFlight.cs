namespace ClaimsEngine.Rosters.Importing;

/// <summary>
/// What rows left behind that are decided and perhaps not stored yet: the rows after them see it. Forgotten when it is stored, since the
/// store has it then. Streams and keys are those of persons, certificates and employers; a person may stand in a file once for every year.
/// </summary>
internal sealed class InFlight
{
    private readonly Dictionary<Guid, (AggregateState State, long Row)> streams = [];
    private readonly Dictionary<UniqueKey, (Guid? Owner, long Row)> keys = [];
    private readonly Queue<(long Row, Guid? Stream, UniqueKey? Key)> order = new();

    /// <summary>A stream as a row leaves it.</summary>
    public void Remember(AggregateState state, long row)
    {
        streams[state.StreamId] = (state, row);
        order.Enqueue((row, state.StreamId, null));
    }

    /// <summary>The keys that a row gives up and takes.</summary>
    public void Remember(IReadOnlyCollection<KeyChange> changes, long row)
    {
        foreach (var change in changes)
            if (!change.Take) Keep(change.Key, null, row);
        foreach (var change in changes)
            if (change.Take) Keep(change.Key, change.Holder, row);
    }

    /// <summary>A stream as rows in flight leave it; null if none has written it.</summary>
    public AggregateState? StateOf(Guid stream) => streams.TryGetValue(stream, out var known) ? known.State : null;

    /// <summary>Whether rows in flight have given the key to somebody, or to nobody.</summary>
    public bool TryOwner(UniqueKey key, out Guid? owner)
    {
        var found = keys.TryGetValue(key, out var known);
        owner = known.Owner;
        return found;
    }

    /// <summary>Rows up to this one are stored.</summary>
    public void Forget(long upTo)
    {
        while (order.TryPeek(out var oldest) && oldest.Row <= upTo)
        {
            order.Dequeue();
            if (oldest.Stream is { } stream && streams.TryGetValue(stream, out var known) && known.Row <= upTo) streams.Remove(stream);
            if (oldest.Key is { } key && keys.TryGetValue(key, out var held) && held.Row <= upTo) keys.Remove(key);
        }
    }

    private void Keep(UniqueKey key, Guid? owner, long row)
    {
        keys[key] = (owner, row);
        order.Enqueue((row, null, key));
    }
}

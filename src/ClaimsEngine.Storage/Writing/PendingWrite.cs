namespace ClaimsEngine.Storage.Writing;

/// <summary>
/// Decisions on their way into the store, one after another: events of several streams with the versions that they rest on, unique keys,
/// places of quotas and the answered request. Stored together or not at all, through a session of Marten's (<see cref="SessionWriter"/>) or
/// by COPY.
/// </summary>
public sealed class PendingWrite
{
    private readonly Dictionary<Guid, StreamWrite> streams = [];
    private readonly HashSet<KeyChange> keys = [];
    private readonly HashSet<UniqueKey> taken = [];
    private readonly Dictionary<string, PlaceChange> places = [];
    private readonly Dictionary<Guid, AggregateState> states = [];
    private readonly List<Decision> decisions = [];

    public IReadOnlyCollection<StreamWrite> Streams => streams.Values;
    public IReadOnlyCollection<KeyChange> Keys => keys;
    public IReadOnlyCollection<PlaceChange> Places => places.Values;

    /// <summary>The answer to be remembered under an Idempotency-Key, if the request has one.</summary>
    public StoredReply? Reply { get; set; }

    /// <summary>Nothing would be stored.</summary>
    public bool IsEmpty => Reply is null && streams.Values.All(stream => stream.Events.Count == 0) && keys.Count == 0 && places.Count == 0;

    public int EventCount => streams.Values.Sum(stream => stream.Events.Count);

    /// <summary>The state of a stream after all that was decided on it here; null when nothing was.</summary>
    public AggregateState? StateOf(Guid stream) => states.GetValueOrDefault(stream);

    /// <summary>Whether a decision here takes this key already.</summary>
    public bool Takes(UniqueKey key) => taken.Contains(key);

    /// <summary>Adds a decision that refuses nothing.</summary>
    /// <param name="stamp">what is known of an event besides its data, by the region that it belongs to (null: everybody's)</param>
    /// <returns>the states that it leads to, in the order of its changes</returns>
    public IReadOnlyList<AggregateState> Add(Decision decision, Func<RegionCode?, EventMetadata> stamp)
    {
        decisions.Add(decision);
        var after = new List<AggregateState>(decision.Changes.Count);
        foreach (var change in decision.Changes)
        {
            var before = states.GetValueOrDefault(change.Stream);
            if (change.Events.Count == 0)
            {
                // Rows of a roster all rest on the same programme.
                streams.TryAdd(change.Stream, new StreamWrite(change.Stream, change.StreamType, change.AggregateType,
                    change.Read!.StreamVersion, []));
                after.Add(before ?? change.Read!);
                continue;
            }
            var state = change.After(before);
            var metadata = stamp(change.Within ?? state.Scope);
            NewEvent[] events = [.. change.Events.Select(data => new NewEvent(Guid.CreateVersion7(), data, metadata))];
            if (streams.TryGetValue(change.Stream, out var begun)) begun.Events.AddRange(events);
            else streams[change.Stream] = new StreamWrite(change.Stream, change.StreamType, change.AggregateType,
                change.Read?.StreamVersion ?? 0, [.. events]);
            states[change.Stream] = state;
            after.Add(state);
        }
        foreach (var (change, _) in decision.Keys)
        {
            keys.Add(change);
            if (change.Take) taken.Add(change.Key);
        }
        foreach (var (change, _) in decision.Places)
            places[change.Pool] = places.TryGetValue(change.Pool, out var sum)
                ? new PlaceChange(change.Pool, sum.Count + change.Count, Math.Min(sum.Limit, change.Limit)) : change;
        return after;
    }

    /// <summary>The refusal that a decision gave for a key that another stream holds; null when the use case is to be asked
    /// again.</summary>
    public Refusal? RefusalFor(UniqueKey key) => decisions.SelectMany(decision => decision.Keys)
        .FirstOrDefault(guarded => guarded.Change.Key == key && guarded.Otherwise is not null)?.Otherwise;

    /// <summary>The refusal that a decision gave for a pool without enough places.</summary>
    public Refusal? RefusalFor(string pool) => decisions.SelectMany(decision => decision.Places)
        .FirstOrDefault(guarded => guarded.Change.Pool == pool)?.Otherwise;
}

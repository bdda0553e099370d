namespace ClaimsEngine.Kernel;

/// <summary>
/// What a use case decides: a refusal, nothing (it is so already), or events on one or several streams that are stored together or not
/// at all, with the unique keys and places of quotas that go with them.
/// </summary>
public sealed record Decision
{
    /// <summary>It is so already: deciding twice changes nothing.</summary>
    public static readonly Decision Nothing = new();

    private Decision() { }

    public Refusal? Refusal { get; private init; }
    public IReadOnlyList<StreamChange> Changes { get; private init; } = [];
    public IReadOnlyList<Guarded<KeyChange>> Keys { get; private init; } = [];
    public IReadOnlyList<Guarded<PlaceChange>> Places { get; private init; } = [];

    public bool IsNothing => Refusal is null && Changes.Count == 0;

    /// <summary>All events of all streams, in the order decided.</summary>
    public IEnumerable<object> Events => Changes.SelectMany(change => change.Events);

    public static implicit operator Decision(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>A new stream with these events. If the stream exists nothing is stored, and the use case is asked again.</summary>
    /// <param name="events">one or more</param>
    public static Decision Begin<T>(Guid stream, params IReadOnlyList<object> events) where T : AggregateState, IAggregate<T> =>
        new() { Changes = [new StreamChange<T>(stream, null, events)] };

    /// <summary>Events on the stream that was read. They are stored only if it is still at the version that was read.</summary>
    /// <exception cref="ArgumentException">The state was not read from its stream.</exception>
    public static Decision On<T>(T read, params IReadOnlyList<object> events) where T : AggregateState, IAggregate<T> =>
        new() { Changes = [ChangeOf(read, events)] };

    /// <summary>Events on a stream that may not exist yet: <paramref name="read"/> is null when it was looked for and not found.</summary>
    public static Decision OnOrBegin<T>(T? read, Guid stream, params IReadOnlyList<object> events)
        where T : AggregateState, IAggregate<T> =>
        read is null ? Begin<T>(stream, events) : On(read, events);

    /// <summary>The events belong to a case in this region, whatever the stream's own: its auditors see them.</summary>
    public Decision Within(RegionCode region) => this with { Changes = [.. Changes.Select(change => change with { Within = region })] };

    /// <summary>Rests on a stream without changing it: nothing is stored if that is no longer at the version that was read.</summary>
    /// <exception cref="ArgumentException">The state was not read from its stream.</exception>
    public Decision RestingOn<T>(T read) where T : AggregateState, IAggregate<T> =>
        this with { Changes = [.. Changes, ChangeOf(read, [])] };

    /// <summary>Both decisions together; a refusal of either refuses both.</summary>
    public Decision And(Decision other) =>
        Refusal is not null ? this
        : other.Refusal is not null ? other
        : new Decision { Changes = [.. Changes, .. other.Changes], Keys = [.. Keys, .. other.Keys], Places = [.. Places, .. other.Places] };

    /// <summary>Many decisions together, such as those of the payouts of a batch; the first refusal refuses all.</summary>
    public static Decision All(IEnumerable<Decision> decisions)
    {
        var (changes, keys, places) = (new List<StreamChange>(), new List<Guarded<KeyChange>>(), new List<Guarded<PlaceChange>>());
        foreach (var decision in decisions)
        {
            if (decision.Refusal is not null) return decision;
            changes.AddRange(decision.Changes);
            keys.AddRange(decision.Keys);
            places.AddRange(decision.Places);
        }
        return new Decision { Changes = changes, Keys = keys, Places = places };
    }

    /// <summary>Takes a unique key for <paramref name="holder"/>; if another stream holds it, nothing of this decision is stored.</summary>
    /// <param name="otherwise">the refusal then; without one the use case is asked again, since it will find who took the key</param>
    public Decision Taking(UniqueKey key, Guid holder, Refusal? otherwise = null) =>
        this with { Keys = [.. Keys, new Guarded<KeyChange>(new KeyChange(key, holder, Take: true), otherwise)] };

    public Decision Releasing(UniqueKey key, Guid holder) =>
        this with { Keys = [.. Keys, new Guarded<KeyChange>(new KeyChange(key, holder, Take: false), null)] };

    /// <summary>Takes places of a pool; if they do not suffice, nothing of this decision is stored and the answer is
    /// <paramref name="otherwise"/>.</summary>
    public Decision With(PlaceChange places, Refusal otherwise) =>
        this with { Places = [.. Places, new Guarded<PlaceChange>(places, otherwise)] };

    /// <summary>Gives places back to their pool, which no limit refuses.</summary>
    /// <param name="count">above 0</param>
    public Decision GivingBack(string pool, long count = 1) =>
        this with { Places = [.. Places, new Guarded<PlaceChange>(new PlaceChange(pool, -count, long.MaxValue), null)] };

    private static StreamChange<T> ChangeOf<T>(T read, IReadOnlyList<object> events) where T : AggregateState, IAggregate<T> =>
        read.StreamVersion > 0 ? new StreamChange<T>(read.StreamId, read, events)
        : throw new ArgumentException($"this state of {T.StreamType} {read.StreamId} was not read from its stream", nameof(read));
}

/// <summary>A change that the store may not be able to make, and the refusal then.</summary>
public sealed record Guarded<TChange>(TChange Change, Refusal? Otherwise);

/// <summary>Events for one stream and the state that they were decided on. It folds them, so that the store needs no reflection.</summary>
/// <param name="Read">the state that the decision rests on; null for a stream that begins here</param>
public abstract record StreamChange(Guid Stream, AggregateState? Read, IReadOnlyList<object> Events)
{
    public abstract string StreamType { get; }

    public abstract Type AggregateType { get; }

    /// <summary>The region of the case that the events belong to, where it is not the stream's own.</summary>
    public RegionCode? Within { get; init; }

    /// <summary>The state after these events.</summary>
    /// <param name="before">the state after earlier events of the same write; null if there were none, and <see cref="Read"/> it is</param>
    public abstract AggregateState After(AggregateState? before);
}

public sealed record StreamChange<T>(Guid Stream, T? State, IReadOnlyList<object> Events) : StreamChange(Stream, State, Events)
    where T : AggregateState, IAggregate<T>
{
    public override string StreamType => T.StreamType;

    public override Type AggregateType => typeof(T);

    public override AggregateState After(AggregateState? before) => Fold.On((T?)before ?? State, Events)
        ?? throw new InvalidOperationException($"events of {T.StreamType} {Stream} fold to nothing");
}

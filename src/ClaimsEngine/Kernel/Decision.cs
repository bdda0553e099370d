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

    /// <summary>Events on a stream of <typeparamref name="T"/>: a new one, or one that the use case has loaded.</summary>
    public static Decision On<T>(Guid stream, params IReadOnlyList<object> events) where T : class, IAggregate<T> =>
        new() { Changes = [new StreamChange<T>(stream, events)] };

    /// <summary>The events belong to a case in this region, whatever the stream's own: its auditors see them.</summary>
    public Decision Within(RegionCode region) => this with { Changes = [.. Changes.Select(change => change with { Within = region })] };

    /// <summary>The decision rests on a stream that it does not change: it is stored only if that stream is still at the version that was read.</summary>
    public Decision RestingOn<T>(T state) where T : class, IAggregate<T> =>
        this with { Changes = [.. Changes, new StreamChange<T>(state.StreamId, [])] };

    /// <summary>Both decisions together; a refusal of either refuses both.</summary>
    public Decision And(Decision other) =>
        Refusal is not null ? this
        : other.Refusal is not null ? other
        : new Decision { Changes = [.. Changes, .. other.Changes], Keys = [.. Keys, .. other.Keys], Places = [.. Places, .. other.Places] };

    /// <summary>Takes a unique key for <paramref name="holder"/>; if another stream holds it, nothing of this decision is stored.</summary>
    /// <param name="otherwise">the refusal then; without one the use case is asked again, since it will find who took the key</param>
    public Decision Taking(UniqueKey key, Guid holder, Refusal? otherwise = null) =>
        this with { Keys = [.. Keys, new Guarded<KeyChange>(new KeyChange(key, holder, Take: true), otherwise)] };

    public Decision Releasing(UniqueKey key, Guid holder) =>
        this with { Keys = [.. Keys, new Guarded<KeyChange>(new KeyChange(key, holder, Take: false), null)] };

    public Decision Releasing(IReadOnlyList<UniqueKey> keys, Guid holder) => keys.Aggregate(this, (decision, key) => decision.Releasing(key, holder));

    /// <summary>Takes places of a pool; if they do not suffice, nothing of this decision is stored and the answer is <paramref name="otherwise"/>.</summary>
    public Decision With(PlaceChange places, Refusal otherwise) =>
        this with { Places = [.. Places, new Guarded<PlaceChange>(places, otherwise)] };

    /// <summary>Gives places back to their pool, which no limit refuses.</summary>
    /// <param name="count">above 0</param>
    public Decision GivingBack(string pool, long count = 1) =>
        this with { Places = [.. Places, new Guarded<PlaceChange>(new PlaceChange(pool, -count, long.MaxValue), null)] };
}

/// <summary>A change that the store may not be able to make, and the refusal then.</summary>
public sealed record Guarded<TChange>(TChange Change, Refusal? Otherwise);

/// <summary>Events for one stream; knows how to fold them, so that the pipeline needs no reflection.</summary>
public abstract record StreamChange(Guid Stream, IReadOnlyList<object> Events)
{
    public abstract string StreamType { get; }

    /// <summary>The region of the case that the events belong to, where it is not the stream's own.</summary>
    public RegionCode? Within { get; init; }

    /// <summary>The state after these events on top of <paramref name="before"/> (null for a new stream).</summary>
    public abstract IAggregate Fold(IAggregate? before);
}

public sealed record StreamChange<T>(Guid Stream, IReadOnlyList<object> Events) : StreamChange(Stream, Events) where T : class, IAggregate<T>
{
    public override string StreamType => T.StreamType;

    public override IAggregate Fold(IAggregate? before) =>
        Events.Aggregate((T?)before, T.Evolve) ?? throw new InvalidOperationException($"events of {T.StreamType} {Stream} fold to nothing");
}

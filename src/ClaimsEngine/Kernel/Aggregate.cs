namespace ClaimsEngine.Kernel;

/// <summary>State that is a pure fold of one stream's events: no clock, no I/O, no reflection.</summary>
public interface IAggregate<TSelf> : IAggregate where TSelf : AggregateState, IAggregate<TSelf>
{
    /// <summary>Name of the stream type, <c>claim</c>.</summary>
    static abstract string StreamType { get; }

    /// <summary>The state after an event; the first event of a stream finds null.</summary>
    static abstract TSelf? Evolve(TSelf? state, object @event);
}

public interface IAggregate
{
    Guid StreamId { get; }

    /// <summary>The place that the stream belongs to: who acts elsewhere does not see it. Null for what everybody may see.</summary>
    RegionCode? Scope { get; }

    /// <summary>An office of another place that sees it too, and does there what passes on a claimant's wish
    /// (<see cref="IAssistable"/>). Null for none.</summary>
    RegionCode? AssistedFrom { get; }

    /// <summary>How many events were folded: the version that an append on this state expects its stream to have.</summary>
    long StreamVersion { get; }
}

/// <summary>What every folded state has: the version of its stream. Only <see cref="Fold"/> sets it: a state that was made in another way
/// has version 0, and <see cref="Decision"/> does not append to it.</summary>
public abstract record AggregateState : IAggregate
{
    public abstract Guid StreamId { get; }

    public virtual RegionCode? Scope => null;

    public virtual RegionCode? AssistedFrom => null;

    public long StreamVersion { get; private init; }

    /// <summary>The same state at another version of its stream.</summary>
    internal AggregateState At(long version) => this with { StreamVersion = version };
}

/// <summary>The one fold of the engine: commands, rosters, imports, views and replays all read a stream through it.</summary>
public static class Fold
{
    /// <summary>The state after the events of one stream, in their order; null for no events, or those of another kind of stream.</summary>
    public static T? Of<T>(IEnumerable<object> events) where T : AggregateState, IAggregate<T> => On<T>(null, events);

    /// <summary>The state after more events of the same stream.</summary>
    /// <param name="before">null for a stream that begins with these events</param>
    public static T? On<T>(T? before, IEnumerable<object> events) where T : AggregateState, IAggregate<T>
    {
        var (state, version) = (before, before?.StreamVersion ?? 0);
        foreach (var @event in events)
        {
            state = T.Evolve(state, @event);
            version++;
        }
        return (T?)state?.At(version);
    }
}

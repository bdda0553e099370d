namespace ClaimsEngine.Kernel;

/// <summary>State that is a pure fold of one stream's events: no clock, no I/O, no reflection.</summary>
public interface IAggregate<TSelf> : IAggregate where TSelf : class, IAggregate<TSelf>
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
}

using ClaimsEngine.Members;

namespace ClaimsEngine.Bars;

public enum BarStatus
{
    /// <summary>Nobody is barred yet: a second person decides.</summary>
    Proposed,

    /// <summary>It holds from its first day to its last.</summary>
    Confirmed,

    Lifted,
}

/// <summary>
/// A bar with dates: proposed by one person, confirmed by another, and lifted by an approver. What the rules ask stands with the person
/// (<see cref="HeldBar"/>); why it was set stands here alone.
/// </summary>
/// <param name="Ways">what the person is barred from</param>
/// <param name="Region">the bar holds in it and below</param>
/// <param name="To">last day, inclusive</param>
public sealed record Bar(
    BarId Id, PersonId Person, BarScope Ways, RegionCode Region, LocalDate From, LocalDate To, string Reason, string ProposedBy,
    BarStatus Status) : AggregateState, IAggregate<Bar>
{
    public static string StreamType => "bar";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Whose stand-in proposed it; null for nobody's.</summary>
    public string? ProposedFor { get; init; }

    public string? ConfirmedBy { get; init; }

    public string? LiftedBy { get; init; }

    public string? LiftReason { get; init; }

    public static Bar? Evolve(Bar? state, object @event) => @event switch
    {
        BarProposed e => new Bar(e.Bar, e.Person, e.Scope, e.Region, e.From, e.To, e.Reason, e.By, BarStatus.Proposed)
        {
            ProposedFor = e.OnBehalfOf,
        },
        _ when state is null => null,
        BarConfirmed e => state with { Status = BarStatus.Confirmed, ConfirmedBy = e.By },
        BarLifted e => state with { Status = BarStatus.Lifted, LiftedBy = e.By, LiftReason = e.Reason },
        _ => state,
    };
}

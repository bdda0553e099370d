namespace ClaimsEngine.Offices;

/// <summary>What one person has delegated to another: the newest delegation, which may have ended.</summary>
/// <param name="Given">its terms</param>
/// <param name="Ended">whether the delegator has ended it before its last day</param>
public sealed record Delegation(DelegationId Id, DutyDelegated Given, bool Ended) : AggregateState, IAggregate<Delegation>
{
    public static string StreamType => "delegation";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Given.Region;

    /// <summary>Whether it is in force on a day or will be later.</summary>
    public bool StandsOn(LocalDate day) => !Ended && day <= Given.Until;

    public bool InForceOn(LocalDate day) => StandsOn(day) && Given.From <= day;

    /// <summary>
    /// The stand-in, acting on behalf of the delegator: as an approver and nothing else, in the region delegated, up to the amount
    /// delegated and never above the limit that the delegator's office has today. The role is the stand-in's own: no delegation gives a
    /// role, the issuer of the tokens does.
    /// </summary>
    /// <param name="by">who asks, as the token says</param>
    /// <param name="absence">of the delegator; null for none. A standing deputy acts on its days only</param>
    /// <param name="officeLimit">of the delegator's office today; null is without limit</param>
    /// <returns>null where nothing is delegated to this person today</returns>
    public Actor? Lent(Actor by, LocalDate today, Money? officeLimit, Absence? absence = null) =>
        by.Id == Given.To && by.Is(Role.Approver) && InForceOn(today)
            && (!Given.WhenAbsent || absence?.Covers(today) == true)
            ? new Actor(by.Id, [Role.Approver], Given.Region, Lower(Given.Limit, officeLimit), Given.By) : null;

    private static Money? Lower(Money? a, Money? b) => a is null || b < a ? b ?? a : a;

    public static Delegation? Evolve(Delegation? state, object @event) => @event switch
    {
        DutyDelegated e => new Delegation(DelegationId.Of(e.By, e.To), e, Ended: false),
        DelegationEnded when state is not null => state with { Ended = true },
        _ => state,
    };
}

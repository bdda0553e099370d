namespace ClaimsEngine.Offices;

public sealed record DelegationRow(
    [property: Column("whose stand-in it is")] string Delegator,
    [property: Column("the stand-in")] string StandIn,
    [property: Column("GB/T 2260 code or prefix in which the stand-in acts")] RegionCode Region,
    [property: Column("the most that may be approved, in fen; null is without limit")] Money? UpTo,
    [property: Column("first day, Asia/Shanghai")] LocalDate ValidFrom,
    [property: Column("last day, inclusive, Asia/Shanghai")] LocalDate ValidUntil,
    [property: Column("only on days on which the delegator is absent")] bool WhenAbsent,
    [property: Column("ended by the delegator before its last day")] bool Ended);

public static class DelegationList
{
    public static readonly ReadModel<DelegationRow> Model = new(
        "delegations", "Who stands in for whom as an approver; the newest delegation between two people", Delegation.StreamType, Evolve);

    public static DelegationRow? Evolve(DelegationRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        DutyDelegated e => new DelegationRow(e.By, e.To, e.Region, e.Limit, e.From, e.Until, e.WhenAbsent, false),
        DelegationEnded when row is not null => row with { Ended = true },
        _ => row,
    };
}

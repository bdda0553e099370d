namespace ClaimsEngine.Offices;

/// <summary>Who acts for whom in the organiser's offices.</summary>
public static class OfficesModule
{
    public static Module Create() => new Module("offices")
        .Stores<Delegation>(typeof(DutyDelegated), typeof(DelegationEnded))
        .Creates<DelegateDuty, Delegation>("/api/delegations", Role.Approver, "Name a stand-in for some days")
        .On<EndDelegation, Delegation>("/api/delegations/{delegation}/end", Role.Approver, c => c.Delegation.Value,
            "End a delegation before its last day")
        .Shows<Delegation, DelegationView>("/api/delegations/{delegation}", Module.ById, delegation => $"/api/delegations/{delegation.Id}",
            DelegationView.Of, "Who stands in for whom, where, how far and until when", Role.Approver, Role.Auditor)
        .Projects(DelegationList.Model)
        .Offers(new ListRoute("/api/delegations", DelegationList.Model, nameof(DelegationRow.Region), "All delegations",
            [Role.Approver, Role.Auditor],
            new ListFilter("delegator", nameof(DelegationRow.Delegator)),
            new ListFilter("standIn", nameof(DelegationRow.StandIn)),
            new ListFilter("ended", nameof(DelegationRow.Ended))));
}

/// <param name="UpTo">the most that the stand-in approves; null is without limit</param>
/// <param name="Until">last day, inclusive</param>
/// <param name="Ended">whether the delegator ended it before that day</param>
public sealed record DelegationView(
    DelegationId Id, string Delegator, string StandIn, RegionCode Region, string RegionName, Money? UpTo, LocalDate From, LocalDate Until,
    string Reason, bool Ended)
{
    public static Task<DelegationView> Of(Delegation delegation, IRecords records)
    {
        var given = delegation.Given;
        return Task.FromResult(new DelegationView(
            delegation.Id, given.By, given.To, given.Region, given.Region.Name, given.Limit, given.From, given.Until, given.Reason,
            delegation.Ended));
    }
}

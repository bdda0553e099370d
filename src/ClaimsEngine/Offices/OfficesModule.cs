namespace ClaimsEngine.Offices;

/// <summary>Who acts for whom in the organiser's offices.</summary>
public static class OfficesModule
{
    public static Module Create() => new Module("offices")
        .Stores<Delegation>(typeof(DutyDelegated), typeof(DelegationEnded))
        .Stores<Absence>(typeof(AbsenceNoted), typeof(AbsenceEnded))
        .Creates<NoteAbsence, Absence>("/api/absences", Role.Approver, "Note one's absence")
        .On<EndAbsence, Absence>("/api/absences/{absence}/end", Role.Approver, c => c.Absence.Value,
            "Be back before the last day of an absence")
        .Shows<Absence, AbsenceView>("/api/absences/{absence}", Module.ById, absence => $"/api/absences/{absence.Id}", AbsenceView.Of,
            "When a person is absent", Role.Approver, Role.Auditor)
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
/// <param name="WhenAbsent">true for a standing deputy, who acts only on days on which the delegator is absent</param>
/// <param name="Ended">whether the delegator ended it before that day</param>
public sealed record DelegationView(
    DelegationId Id, string Delegator, string StandIn, RegionCode Region, string RegionName, Money? UpTo, LocalDate From, LocalDate Until,
    string Reason, bool WhenAbsent, bool Ended)
{
    public static Task<DelegationView> Of(Delegation delegation, IRecords records)
    {
        var given = delegation.Given;
        return Task.FromResult(new DelegationView(
            delegation.Id, given.By, given.To, given.Region, given.Region.Name, given.Limit, given.From, given.Until, given.Reason,
            given.WhenAbsent, delegation.Ended));
    }
}

/// <param name="Until">last day, inclusive</param>
/// <param name="Ended">whether the person was back before</param>
public sealed record AbsenceView(AbsenceId Id, string User, LocalDate From, LocalDate Until, bool Ended)
{
    public static Task<AbsenceView> Of(Absence absence, IRecords records) =>
        Task.FromResult(new AbsenceView(absence.Id, absence.User, absence.From, absence.Until, absence.Ended));
}

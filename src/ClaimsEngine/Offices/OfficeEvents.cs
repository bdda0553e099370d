namespace ClaimsEngine.Offices;

/// <summary>An approver names a stand-in for some days: the stand-in may act for a region and up to an amount as if the delegator
/// did.</summary>
/// <param name="To">the stand-in: the subject of that person's tokens</param>
/// <param name="Region">in which the stand-in may act; it lies in <paramref name="Office"/></param>
/// <param name="Office">the delegator's own region</param>
/// <param name="Limit">the most that may be approved; null is without limit</param>
/// <param name="From">first day, Asia/Shanghai</param>
/// <param name="Until">last day, inclusive</param>
/// <param name="By">the delegator</param>
/// <param name="WhenAbsent">true for a standing deputy: only on days on which the delegator is absent</param>
public sealed record DutyDelegated(
    string To, RegionCode Region, RegionCode Office, Money? Limit, LocalDate From, LocalDate Until, string Reason, string By,
    bool WhenAbsent);

/// <summary>An approver will be absent. Why is nobody's business and is not asked.</summary>
/// <param name="From">first day, Asia/Shanghai</param>
/// <param name="Until">last day, inclusive</param>
/// <param name="Office">the region in which the person acts</param>
public sealed record AbsenceNoted(LocalDate From, LocalDate Until, RegionCode Office, string By);

/// <summary>The person is back before the last day, or was not absent after all.</summary>
public sealed record AbsenceEnded(string By);

/// <summary>The delegator has ended it before its last day.</summary>
public sealed record DelegationEnded(string By);

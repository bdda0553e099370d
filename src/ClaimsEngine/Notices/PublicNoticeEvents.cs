namespace ClaimsEngine.Notices;

/// <summary>What became of an objection to a public notice.</summary>
public enum ObjectionOutcome
{
    /// <summary>It does not hold: the payment may go on.</summary>
    Dismissed,

    /// <summary>It holds: the payment is not authorised.</summary>
    Upheld,
}

/// <summary>An approval is published before it is paid. The member is an id: the name stands with the person, and is masked where it is
/// shown.</summary>
/// <param name="Amount">approved, of all payees together</param>
/// <param name="From">first day, the day of the approval, Asia/Shanghai</param>
/// <param name="To">last day, inclusive; payment may be authorised after it</param>
/// <param name="Rules">the organiser's rules that say so, <c>15/1</c></param>
/// <param name="Calendar">the working days that it was reckoned with</param>
/// <param name="By">who approved the claim</param>
/// <param name="OnBehalfOf">whose stand-in the approver was; null for nobody's</param>
public sealed record PublicNoticeOpened(
    PublicNoticeId Notice, ClaimId Claim, string ClaimNumber, PersonId Member, string Plan, int PlanVersion, RegionCode Region,
    Money Amount,
    LocalDate From, LocalDate To, string Rules, string Calendar, string By, string? OnBehalfOf = null);

/// <summary>Somebody objects to the payment. Who it is stands in no event.</summary>
/// <param name="Number">of the notice's objections, from 1</param>
public sealed record ObjectionRaised(int Number, string Reason, string By);

public sealed record ObjectionDismissed(int Number, string Reason, string By);

/// <summary>The objection holds: the payout of the claim is not authorised.</summary>
public sealed record ObjectionUpheld(int Number, string Reason, string By);

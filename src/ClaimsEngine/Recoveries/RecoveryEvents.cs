namespace ClaimsEngine.Recoveries;

/// <summary>Money that was paid is asked back.</summary>
/// <param name="Amount">what is owed, above 0.00</param>
/// <param name="Reason">in neutral words: finance reads it</param>
/// <param name="OpenedOn">business date in Asia/Shanghai</param>
/// <param name="PaidOutBy">who approved the payout: never who writes the debt off</param>
/// <param name="PaidOutFor">whose stand-in approved it; null for nobody's</param>
/// <param name="OnBehalfOf">whose stand-in opened the recovery; null for nobody's</param>
/// <param name="Organisation">that was paid; null where a person was, the payee</param>
/// <param name="PlanYear">whose books the payout stands in; null before it was kept</param>
/// <param name="Fund">code of the fund whose relief is asked back; null for a benefit, and before it was kept</param>
public sealed record RecoveryOpened(
    RecoveryId Recovery, string Number, PayoutId Payout, ClaimId? Claim, string? ClaimNumber, PersonId? Payee, string? Plan,
    string? Programme,
    RegionCode Region, Money Amount, RecoveryCause Cause, string Reason, LocalDate OpenedOn, string PaidOutBy, string By,
    string? PaidOutFor = null, string? OnBehalfOf = null, PayerId? Organisation = null, int? PlanYear = null,
    string? Fund = null);

/// <summary>A second person has looked at it: the amount is owed.</summary>
public sealed record RecoveryConfirmed(string By);

/// <summary>Nothing is asked back. Only before it was confirmed.</summary>
public sealed record RecoveryCancelled(string Reason, string By);

/// <summary>By when how much comes back; replaces an earlier plan.</summary>
/// <param name="Instalments">in the order of their days; together what was outstanding then</param>
/// <param name="Repaid">what had come back before this plan</param>
public sealed record InstalmentsAgreed(IReadOnlyList<Instalment> Instalments, Money Repaid, string By);

/// <param name="DueOn">last day in time, Asia/Shanghai</param>
public sealed record Instalment(LocalDate DueOn, Money Amount);

/// <summary>Money came back. The recovery is closed with the last fen.</summary>
/// <param name="ReceivedOn">business day on which the bank has it</param>
/// <param name="BankReference">the bank's own reference of the transfer</param>
public sealed record RepaymentReceived(Money Amount, LocalDate ReceivedOn, string BankReference, string By);

/// <summary>One person holds that the rest will not come back.</summary>
public sealed record WriteOffProposed(string Reason, string By);

/// <summary>Another person agrees: the rest is given up.</summary>
/// <param name="Amount">what was outstanding then</param>
public sealed record WriteOffApproved(Money Amount, string Reason, string By);

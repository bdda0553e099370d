namespace ClaimsEngine.Payouts;

/// <param name="By">who assembled it, or made the schedule</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
/// <param name="Filter">of which it was made; null for a list of payouts</param>
/// <param name="LeftOut">what fits the filter and is not in it; null for a list</param>
/// <param name="Schedule">that made it; null for a person</param>
public sealed record PaymentBatchAssembled(
    PaymentBatchId Batch, string Number, RegionCode Region, IReadOnlyList<PaymentLine> Lines, string By, string? OnBehalfOf = null,
    PayoutFilter? Filter = null, LeftOut? LeftOut = null, PaymentScheduleId? Schedule = null);

/// <summary>One line of the bank file.</summary>
public sealed record PaymentLine(PayoutId Payout, Money Amount);

/// <param name="Without">lines that are no longer part of it, because their payouts are held; null for none</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
/// <param name="Content">what goes to the bank; null in batches that were released before it was recorded</param>
public sealed record PaymentBatchReleased(
    string By, IReadOnlyList<PaymentLine>? Without = null, string? OnBehalfOf = null, ReleasedContent? Content = null);

/// <summary>What was released, so that a file fetched later can be shown to be the same.</summary>
/// <param name="At">when it was released; the message's time of creation</param>
/// <param name="Bank">code of the bank's data, by which the file is written</param>
/// <param name="Lines">number of transfers</param>
/// <param name="Total">their sum</param>
/// <param name="Seal">keyed hash of all transfers with holders and account numbers; nobody can guess an account from it</param>
public sealed record ReleasedContent(Instant At, string Bank, int Lines, Money Total, string Seal);

/// <summary>Taken apart before its release; nothing of it goes to the bank.</summary>
public sealed record PaymentBatchDissolved(string Reason, string By);

/// <summary>Outcomes that the bank reported; only those not known before.</summary>
public sealed record PaymentResultsRecorded(IReadOnlyList<PaymentResult> Results, string By);

/// <param name="BankReference">the bank's own reference of the transfer</param>
/// <param name="Reason">why it came back; only for a returned line</param>
/// <param name="ReasonCode">code of that reason in ISO 20022's external code sets, such as AC01; null where the bank gave none</param>
public sealed record PaymentResult(
    PayoutId PayoutId, PaymentOutcome Outcome, string BankReference, string? Reason = null, string? ReasonCode = null);

public enum PaymentOutcome { Settled, Returned }

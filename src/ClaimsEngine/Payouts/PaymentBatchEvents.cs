namespace ClaimsEngine.Payouts;

public sealed record PaymentBatchAssembled(
    PaymentBatchId Batch, string Number, RegionCode Region, IReadOnlyList<PaymentLine> Lines, string By);

/// <summary>One line of the bank file.</summary>
public sealed record PaymentLine(PayoutId Payout, Money Amount);

/// <param name="Without">lines that are no longer part of it, because their payouts are held; null for none</param>
public sealed record PaymentBatchReleased(string By, IReadOnlyList<PaymentLine>? Without = null);

/// <summary>Taken apart before its release; nothing of it goes to the bank.</summary>
public sealed record PaymentBatchDissolved(string Reason, string By);

/// <summary>Outcomes that the bank reported; only those not known before.</summary>
public sealed record PaymentResultsRecorded(IReadOnlyList<PaymentResult> Results, string By);

/// <param name="BankReference">the bank's own reference of the transfer</param>
/// <param name="Reason">why it came back; only for a returned line</param>
public sealed record PaymentResult(PayoutId PayoutId, PaymentOutcome Outcome, string BankReference, string? Reason = null);

public enum PaymentOutcome { Settled, Returned }

using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

/// <summary>An approved benefit is to be paid. The payee and the account are ids: names and numbers stand with the person.</summary>
/// <param name="OrderedOn">business date in Asia/Shanghai, by which finance counts it</param>
/// <param name="Reissues">the returned payout that this one replaces</param>
/// <param name="ReissuedBy">who ordered it anew</param>
/// <param name="Heir">which of several heirs it pays, the payee; null where the benefit has one payee</param>
public sealed record PayoutOrdered(
    PayoutId Payout, ClaimId Claim, string ClaimNumber, EnrolmentId Enrolment, string Plan, string? Programme, RegionCode Region,
    IncidentKind Benefit, Money Amount, PersonId Payee, AccountId Account, LocalDate OrderedOn, string ApprovedBy,
    PayoutId? Reissues = null, string? ReissuedBy = null, PersonId? Heir = null);

/// <summary>Granted hardship relief is to be paid. It says neither the kind of hardship nor its facts.</summary>
/// <param name="Number">of the application</param>
/// <param name="Fund">code of the fund</param>
/// <param name="OrderedOn">business date in Asia/Shanghai, by which finance counts it</param>
/// <param name="Reissues">the returned payout that this one replaces</param>
/// <param name="ReissuedBy">who ordered it anew</param>
public sealed record ReliefPayoutOrdered(
    PayoutId Payout, ReliefApplicationId Application, string Number, string Fund, RegionCode Region, Money Amount, PersonId Payee,
    AccountId Account, LocalDate OrderedOn, string ApprovedBy, PayoutId? Reissues = null, string? ReissuedBy = null);

public sealed record PayoutAuthorised(string By);

public sealed record PayoutBatched(PaymentBatchId Batch, string By);

/// <summary>Released to the bank with its batch.</summary>
public sealed record PayoutSent(PaymentBatchId Batch, string By);

public sealed record PayoutSettled(PaymentBatchId Batch, string BankReference, string By);

public sealed record PayoutReturned(PaymentBatchId Batch, string BankReference, string Reason, string By);

/// <summary>A returned payout was ordered anew, under another id; this one is never paid again.</summary>
public sealed record PayoutReissued(PayoutId As, string Reason, string By);

using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Payouts;

/// <summary>An approved benefit is to be paid. The payee and the account are ids: names and numbers stand with the person.</summary>
/// <param name="OrderedOn">business date in Asia/Shanghai, by which finance counts it</param>
/// <param name="Reissues">the returned payout that this one replaces</param>
/// <param name="ReissuedBy">who ordered it anew</param>
/// <param name="Heir">which of several heirs it pays, the payee; null where the benefit has one payee</param>
/// <param name="ApprovedFor">whose stand-in approved the claim; null for nobody's</param>
/// <param name="PayBy">until when it is to be sent to the bank; null where no limit was set, or kept</param>
/// <param name="Basis">what finance counts it by; null before it was kept</param>
/// <param name="Controls">what is asked beyond one authorisation; null for nothing, and where it was not kept</param>
public sealed record PayoutOrdered(
    PayoutId Payout, ClaimId Claim, string ClaimNumber, EnrolmentId Enrolment, string Plan, string? Programme, RegionCode Region,
    IncidentKind Benefit, Money Amount, PersonId Payee, AccountId Account, LocalDate OrderedOn, string ApprovedBy,
    PayoutId? Reissues = null, string? ReissuedBy = null, PersonId? Heir = null, string? ApprovedFor = null,
    PaymentDeadline? PayBy = null, PayoutBasis? Basis = null, PayoutControls? Controls = null);

/// <summary>What finance counts a benefit by, besides what the order names itself.</summary>
/// <param name="PlanYear">calendar year in which the cover of the certificate begins: whose books the benefit stands in</param>
/// <param name="Employer">code of the certificate's employer on the day of the order; null for who entered alone</param>
/// <param name="Occupation">of the certificate</param>
/// <param name="OccurredIn">month of the incident, <c>2025-06</c>: enough for the development of a year's cases, and no more told</param>
public sealed record PayoutBasis(int PlanYear, string? Employer, Occupation Occupation, string OccurredIn)
{
    public static PayoutBasis Of(Enrolment enrolment, LocalDate incident) =>
        new(enrolment.CoverFrom.Year, enrolment.Employer, enrolment.Occupation, Month(incident));

    /// <summary>The month of a day, <c>2025-06</c>.</summary>
    public static string Month(LocalDate day) => day.ToString("uuuu-MM", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Granted hardship relief is to be paid. It says neither the kind of hardship nor its facts.</summary>
/// <param name="Number">of the application</param>
/// <param name="Fund">code of the fund</param>
/// <param name="OrderedOn">business date in Asia/Shanghai, by which finance counts it</param>
/// <param name="Reissues">the returned payout that this one replaces</param>
/// <param name="ReissuedBy">who ordered it anew</param>
/// <param name="ApprovedFor">whose stand-in granted the relief; null for nobody's</param>
/// <param name="PayBy">until when it is to be sent to the bank; null where no limit was set, or kept</param>
/// <param name="Controls">what is asked beyond one authorisation; null for nothing, and where it was not kept</param>
/// <param name="FundYear">calendar year in which the fund begins: whose books the relief stands in; null before it was kept</param>
public sealed record ReliefPayoutOrdered(
    PayoutId Payout, ReliefApplicationId Application, string Number, string Fund, RegionCode Region, Money Amount, PersonId Payee,
    AccountId Account, LocalDate OrderedOn, string ApprovedBy, PayoutId? Reissues = null, string? ReissuedBy = null,
    string? ApprovedFor = null, PaymentDeadline? PayBy = null, PayoutControls? Controls = null, int? FundYear = null);

/// <summary>Somebody of finance has judged that the account is another person's.</summary>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record PayoutAccountReviewed(AccountFinding Finding, string Reason, string By, string? OnBehalfOf = null);

/// <summary>The first of two has authorised it; the second one's word is <see cref="PayoutAuthorised"/>.</summary>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record PayoutCoAuthorised(string By, string? OnBehalfOf = null);

/// <summary>What a payer has paid for a certificate that ended is to be paid back. Either a person or an organisation is paid.</summary>
/// <param name="Payer">word for word as in the certificate's funding</param>
/// <param name="DueOn">first day on which it is to be paid back</param>
/// <param name="Payee">the member, who has paid the own share; null where an organisation is paid</param>
/// <param name="Organisation">the registered payer that is paid; null where the member is</param>
/// <param name="Account">of the person or of the organisation</param>
/// <param name="OrderedOn">business date in Asia/Shanghai, by which finance counts it</param>
/// <param name="ApprovedBy">who ordered the refund first: never who authorises it</param>
/// <param name="EndedBy">who ended the certificate: never who authorises it</param>
/// <param name="Reissues">the returned payout that this one replaces</param>
/// <param name="ReissuedBy">who ordered it anew</param>
/// <param name="ApprovedFor">whose stand-in ordered it first; null for nobody's</param>
/// <param name="Controls">what finance asks beyond one authorisation; null for nothing</param>
/// <param name="PlanYear">calendar year in which the cover of the certificate began, or would have begun</param>
/// <param name="EndedFor">whose stand-in ended the certificate; null for nobody's</param>
/// <param name="EnteredIn">the office in whose books the certificate stands; null is <paramref name="Region"/></param>
public sealed record RefundPayoutOrdered(
    PayoutId Payout, EnrolmentId Enrolment, string CertificateNumber, string Plan, string? Programme, RegionCode Region, string Payer,
    Money Amount, LocalDate DueOn, PersonId? Payee, PayerId? Organisation, AccountId Account, LocalDate OrderedOn, string ApprovedBy,
    string EndedBy, PayoutId? Reissues = null, string? ReissuedBy = null, string? ApprovedFor = null, PayoutControls? Controls = null,
    int? PlanYear = null, string? EndedFor = null, RegionCode? EnteredIn = null);

public sealed record PayoutAuthorised(string By);

public sealed record PayoutBatched(PaymentBatchId Batch, string By);

/// <summary>Released to the bank with its batch.</summary>
public sealed record PayoutSent(PaymentBatchId Batch, string By);

public sealed record PayoutSettled(PaymentBatchId Batch, string BankReference, string By);

/// <param name="ReasonCode">code of the reason in ISO 20022's external code sets; null where the bank gave none</param>
public sealed record PayoutReturned(
    PaymentBatchId Batch, string BankReference, string Reason, string By, string? ReasonCode = null);

/// <summary>The payout is not paid, and not ordered anew, until the hold is released.</summary>
/// <param name="Reason">in neutral words: finance reads it</param>
/// <param name="Ground">who may release it again</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record HoldPlaced(HoldGround Ground, string Reason, string By, string? OnBehalfOf = null);

/// <summary>The hold on this ground is no more.</summary>
public sealed record HoldReleased(HoldGround Ground, string Reason, string By);

/// <summary>A statement of the organiser's account shows that the money left, or came back: once each.</summary>
/// <param name="Line">of the statement, from 1</param>
/// <param name="BookedOn">the bank's day</param>
/// <param name="CameBack">false where it left</param>
public sealed record PayoutReconciled(BankStatementId Statement, int Line, LocalDate BookedOn, bool CameBack, string By);

/// <summary>Left out of its batch at the release, because it is held, or the batch was taken apart: it may be put into another one
/// later.</summary>
public sealed record PayoutUnbatched(PaymentBatchId Batch, string By);

/// <summary>A recovery of so much of a settled payout is opened.</summary>
public sealed record PayoutReclaimed(RecoveryId Recovery, Money Amount, string By);

/// <summary>So much of it came back.</summary>
public sealed record PayoutRecovered(RecoveryId Recovery, Money Amount, string By);

/// <summary>A payout that the bank returned, or whose account was refused, was ordered anew under another id; this one is never paid
/// again.</summary>
public sealed record PayoutReissued(PayoutId As, string Reason, string By);

/// <summary>The approval was taken back: nothing is paid under this payout.</summary>
public sealed record PayoutCancelled(string By);

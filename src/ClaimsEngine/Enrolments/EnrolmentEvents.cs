using System.Text.Json.Serialization;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

/// <summary>A member has cover. Holds what rules read (age, sex, occupation) and no personal data.</summary>
/// <param name="Age">whole years on the first day of cover</param>
/// <param name="CoverTo">last day, inclusive</param>
/// <param name="Contribution">for all units; equals the sum of <paramref name="Funding"/></param>
/// <param name="Pool">the pool of places it was charged to; null without a programme</param>
/// <param name="FirstCoverFrom">first day of the first of unbroken periods; null when this is the first</param>
/// <param name="Employer">code of the employer whose list the member stands on; null for who entered alone</param>
/// <param name="Pending">true while it waits for shares due before cover, or for the plan's ratio: it covers nothing yet, its dates are
/// foreseen</param>
/// <param name="CoverTier">the tier that was chosen; null is the card's first, or a card without tiers</param>
/// <param name="Previous">the person's newest certificate of the plan until now; null for none, or a plan without renewal</param>
/// <param name="Drawn">what it takes of the programme's budget: the sponsor's share; null where the programme has none</param>
/// <param name="SeniorRank">true where a senior rank was told, whose age rule is asked again if cover begins later; null otherwise</param>
/// <param name="EnrolledOn">day on which it was recorded, in Shanghai; null before it was noted: the day in the certificate's
/// number</param>
/// <param name="AwaitsRatio">true where too few of the employer take part for a single entry to cover at once; null otherwise</param>
public sealed record EnrolmentStarted(
    EnrolmentId Enrolment, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme,
    Occupation Occupation, RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo, Money Contribution,
    IReadOnlyList<FundingShare> Funding, string? Pool, string By, LocalDate? FirstCoverFrom = null, string? CoverTier = null,
    [property: JsonPropertyName("unit")] string? Employer = null, bool? Pending = null, EnrolmentId? Previous = null, Money? Drawn = null,
    bool? SeniorRank = null, LocalDate? EnrolledOn = null, bool? AwaitsRatio = null);

/// <summary>A payer's money has come in, for all or a part of its share.</summary>
/// <param name="Reference">of the transfer or receipt; with the payer it tells one payment from another</param>
/// <param name="PaidOn">business day on which it came in</param>
public sealed record ContributionPaid(string Payer, Money Amount, string Reference, LocalDate PaidOn, string By);

/// <summary>A payment that was recorded is no more: what is due is due again.</summary>
/// <param name="Amount">of the payment</param>
/// <param name="Reference">under which the payment was recorded</param>
/// <param name="ReturnedOn">business day on which the money went</param>
/// <param name="OnBehalfOf">whose stand-in recorded it; null for nobody's</param>
/// <param name="CoverWaits">true where the certificate waits for payment again and covers nothing until it comes; null for any
/// other</param>
public sealed record ContributionReturned(
    string Payer, Money Amount, string Reference, LocalDate ReturnedOn, string Reason, string By, string? OnBehalfOf = null,
    bool? CoverWaits = null);

/// <summary>What a pending certificate waited for has come: it covers from now on.</summary>
/// <param name="From">first day of cover by the plan's start rule; not before the day that was foreseen</param>
/// <param name="To">last day, inclusive</param>
/// <param name="FirstCoverFrom">first day of the first of unbroken periods; null when this is the first</param>
/// <param name="Age">whole years on the first day of cover; null before it was recorded: as at enrolment</param>
public sealed record CoverTookEffect(LocalDate From, LocalDate To, string By, LocalDate? FirstCoverFrom = null, int? Age = null);

/// <summary>Enough of the employer take part now: a certificate that waited for the plan's ratio waits for it no longer.</summary>
/// <param name="Of">people of the employer who could take part</param>
/// <param name="Enrolled">those who do</param>
/// <param name="Required">percent that the plan asks for</param>
/// <param name="On">business day on which it was measured</param>
public sealed record RatioReached(int Of, long Enrolled, int Required, LocalDate On, string By);

/// <param name="From">code of the employer before; null for who entered alone</param>
/// <param name="Region">of the certificate from now on, where it moves to another office with the member; null where it stays</param>
[PublishedName("unit_changed")]
public sealed record EmployerChanged(
    string? From, [property: JsonPropertyName("unit")] string Employer, string By, RegionCode? Region = null);

/// <param name="LastDay">of cover, where it had begun; null where the certificate never covered anything</param>
/// <param name="Refunds">what each payer is to get back; null for nothing, or before it was recorded</param>
public sealed record EnrolmentCancelled(string Reason, LocalDate? LastDay, string By, IReadOnlyList<Refund>? Refunds = null);

/// <summary>What a payer is to get back of a certificate that ended.</summary>
/// <param name="Amount">above 0.00, never more than the payer has paid</param>
/// <param name="DueOn">first day on which it is to be paid back</param>
public sealed record Refund(string Payer, Money Amount, LocalDate DueOn);

/// <summary>A certificate beyond those that the person may hold: as if it had never been.</summary>
/// <param name="DuplicateOf">the certificate that stands</param>
public sealed record EnrolmentVoided(string Reason, EnrolmentId? DuplicateOf, string By, string? OnBehalfOf = null);

/// <summary>What was due was never paid.</summary>
public sealed record EnrolmentLapsed(string Reason, string By);

/// <summary>What a payer is to get back is ordered to be paid; this payout, and those that replace it, pay it.</summary>
/// <param name="Payer">word for word as in the funding</param>
/// <param name="Amount">above 0.00, never more than the payer has paid</param>
public sealed record RefundOrdered(string Payer, Money Amount, PayoutId Payout, string By);

/// <summary>A claim was submitted under the certificate, or is open again: it may not be voided by one officer alone from now on.</summary>
/// <param name="By">who submitted the claim</param>
public sealed record ClaimOpened(ClaimId Claim, string By);

/// <summary>The claim ended without a benefit: it was withdrawn or refused.</summary>
public sealed record ClaimClosed(ClaimId Claim, string By);

/// <summary>A claim's approved amount, and what it used up besides, counts against the enrolment's caps from now on.</summary>
/// <param name="Payout">null when nothing was payable and only a deductible moved on, and where several heirs are paid</param>
/// <param name="Kind">of the benefit; null before kinds were counted apart</param>
/// <param name="Payouts">where several heirs are paid, one for each who gets more than 0.00; null for any other benefit</param>
public sealed record BenefitUsed(
    ClaimId Claim, PayoutId? Payout, Money Amount, string By, IncidentKind? Kind = null, Consumption? Consumed = null,
    IReadOnlyList<PayoutId>? Payouts = null);

/// <summary>A benefit of a member under any enrolment, for caps that reach across periods and plans.</summary>
/// <param name="Group">of plans that share a cap; null where the plan names none</param>
public sealed record BenefitCounted(PersonId Member, ClaimId Claim, string Plan, string? Group, IncidentKind Kind, Money Amount, string By);

/// <summary>A claim of the member under any enrolment, so that claims for the same are found whatever the office and the plan.</summary>
public sealed record BenefitClaimed(PersonId Member, ClaimId Claim, string By);

/// <summary>A benefit that was granted is not paid after all: what it used of the certificate is free again.</summary>
public sealed record BenefitReturned(ClaimId Claim, Money Amount, string By);

/// <summary>The same for the caps that reach across periods and plans.</summary>
public sealed record BenefitUncounted(PersonId Member, ClaimId Claim, string By);

using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

/// <summary>A member has cover. Holds what rules read (age, sex, occupation) and no personal data.</summary>
/// <param name="Age">whole years on the first day of cover</param>
/// <param name="CoverTo">last day, inclusive</param>
/// <param name="Contribution">for all units; equals the sum of <paramref name="Funding"/></param>
/// <param name="Pool">the pool of places it was charged to; null without a programme</param>
/// <param name="FirstCoverFrom">first day of the first of unbroken periods; null when this is the first</param>
/// <param name="Unit">code of the unit whose list the member stands on; null for who entered alone</param>
/// <param name="Pending">true while shares that are due before cover have not been paid: the certificate covers nothing yet, its dates are foreseen</param>
/// <param name="CoverTier">the tier that was chosen; null is the card's first, or a card without tiers</param>
/// <param name="Previous">the person's newest certificate of the plan until now, whatever became of it; null for none, or a plan without renewal</param>
/// <param name="Drawn">what it takes of the programme's budget: the sponsor's share; null where the programme has none</param>
/// <param name="SeniorRank">true for a section head or senior title where that was told: its age rule is asked again if cover begins later; null otherwise</param>
public sealed record EnrolmentStarted(
    EnrolmentId Enrolment, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme,
    Occupation Occupation, RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo,
    Money Contribution, IReadOnlyList<FundingShare> Funding, string? Pool, string By, LocalDate? FirstCoverFrom = null, string? CoverTier = null,
    string? Unit = null, bool? Pending = null, EnrolmentId? Previous = null, Money? Drawn = null, bool? SeniorRank = null);

/// <summary>A payer's money has come in, for all or a part of its share.</summary>
/// <param name="Reference">of the transfer or receipt; with the payer it tells one payment from another</param>
/// <param name="PaidOn">business day on which it came in</param>
public sealed record ContributionPaid(string Payer, Money Amount, string Reference, LocalDate PaidOn, string By);

/// <summary>The last share that was due is paid: a pending certificate covers from now on.</summary>
/// <param name="From">first day of cover by the plan's start rule; not before the day that was foreseen</param>
/// <param name="To">last day, inclusive</param>
/// <param name="FirstCoverFrom">first day of the first of unbroken periods; null when this is the first</param>
/// <param name="Age">whole years on the first day of cover; null before it was recorded: as at enrolment</param>
public sealed record CoverTookEffect(LocalDate From, LocalDate To, string By, LocalDate? FirstCoverFrom = null, int? Age = null);

/// <param name="From">code of the unit before; null for who entered alone</param>
public sealed record UnitChanged(string? From, string Unit, string By);

/// <param name="LastDay">of cover, where it had begun; null where the certificate never covered anything</param>
/// <param name="Refunds">what each payer is to get back; null for nothing, or before it was recorded</param>
public sealed record EnrolmentCancelled(string Reason, LocalDate? LastDay, string By, IReadOnlyList<Refund>? Refunds = null);

/// <summary>What a payer is to get back of a cancelled certificate. The engine says how much and to whom; it makes no payment of it.</summary>
/// <param name="Amount">above 0.00, never more than the payer has paid</param>
/// <param name="DueOn">first day on which it is to be paid back</param>
public sealed record Refund(string Payer, Money Amount, LocalDate DueOn);

/// <summary>A certificate beyond those that the person may hold: as if it had never been.</summary>
/// <param name="DuplicateOf">the certificate that stands</param>
public sealed record EnrolmentVoided(string Reason, EnrolmentId? DuplicateOf, string By);

/// <summary>What was due was never paid.</summary>
public sealed record EnrolmentLapsed(string Reason, string By);

/// <summary>A claim's approved amount, and what it used up besides, counts against the enrolment's caps from now on.</summary>
/// <param name="Payout">null when nothing was payable and only a deductible moved on</param>
/// <param name="Kind">of the benefit; null before kinds were counted apart</param>
public sealed record BenefitUsed(ClaimId Claim, PayoutId? Payout, Money Amount, string By, IncidentKind? Kind = null, Consumption? Consumed = null);

/// <summary>A benefit of a member under any enrolment, for caps that reach across periods and plans.</summary>
/// <param name="Group">of plans that share a cap; null where the plan names none</param>
public sealed record BenefitCounted(PersonId Member, ClaimId Claim, string Plan, string? Group, IncidentKind Kind, Money Amount, string By);

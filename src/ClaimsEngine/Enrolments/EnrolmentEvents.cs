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
public sealed record EnrolmentStarted(
    EnrolmentId Enrolment, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme,
    Occupation Occupation, RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo,
    Money Contribution, IReadOnlyList<FundingShare> Funding, string? Pool, string By, LocalDate? FirstCoverFrom = null, string? CoverTier = null,
    string? Unit = null, bool? Pending = null);

/// <summary>A claim's approved amount, and what it used up besides, counts against the enrolment's caps from now on.</summary>
/// <param name="Payout">null when nothing was payable and only a deductible moved on</param>
/// <param name="Kind">of the benefit; null before kinds were counted apart</param>
public sealed record BenefitUsed(ClaimId Claim, PayoutId? Payout, Money Amount, string By, IncidentKind? Kind = null, Consumption? Consumed = null);

/// <summary>A benefit of a member under any enrolment, for caps that reach across periods and plans.</summary>
/// <param name="Group">of plans that share a cap; null where the plan names none</param>
public sealed record BenefitCounted(PersonId Member, ClaimId Claim, string Plan, string? Group, IncidentKind Kind, Money Amount, string By);

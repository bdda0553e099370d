using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

/// <summary>A member has cover. Holds what rules read (age, sex, occupation) and no personal data.</summary>
/// <param name="Age">whole years on the first day of cover</param>
/// <param name="CoverTo">last day, inclusive</param>
/// <param name="Contribution">for all units; equals the sum of <paramref name="Funding"/></param>
/// <param name="Pool">the pool of places it was charged to; null without a programme</param>
public sealed record EnrolmentStarted(
    EnrolmentId Enrolment, string CertificateNumber, PersonId Member, string Plan, int PlanVersion, string? Programme,
    Occupation Occupation, RegionCode Region, Sex Sex, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo,
    Money Contribution, IReadOnlyList<FundingShare> Funding, string? Pool, string By);

/// <summary>A claim's approved amount counts against the enrolment's caps from now on.</summary>
public sealed record BenefitUsed(ClaimId Claim, PayoutId Payout, Money Amount, string By);

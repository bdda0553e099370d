using ClaimsEngine.Plans;

namespace ClaimsEngine.Enrolments;

/// <summary>A certificate among others of its member, without the person.</summary>
/// <param name="PlanName">by the version that binds it</param>
public sealed record CertificateView(
    EnrolmentId Id, string CertificateNumber, EnrolmentStatus Status, string Plan, int PlanVersion, LocalName PlanName, string? Programme,
    RegionCode Region, string RegionName, string? Employer, int Units, LocalDate CoverFrom, LocalDate CoverTo, LocalDate? FirstCoverFrom,
    Money BenefitUsed, int Benefits)
{
    public static CertificateView Of(Enrolment e, PlanCard card) => new(
        e.Id, e.CertificateNumber, e.Status, e.Plan, e.PlanVersion, card.Name, e.Programme, e.Region, e.Region.Name, e.Employer, e.Units,
        e.CoverFrom, e.CoverTo, e.FirstCoverFrom, e.Used, e.Benefits);
}

/// <summary>What covered a member on a day.</summary>
/// <param name="AsOf">as it was known then; null is now</param>
public sealed record MemberCover(PersonId Member, LocalDate On, Instant? AsOf, IReadOnlyList<CertificateView> Certificates);

/// <summary>Asks for a person by identity number. In a body and not in an address, which logs keep.</summary>
public sealed record FindMember(IdentityNumber IdNumber);

/// <summary>A person found, with the certificates that the asking officer may see, newest first.</summary>
public sealed record MemberFound(PersonId Id, IReadOnlyList<CertificateView> Certificates);

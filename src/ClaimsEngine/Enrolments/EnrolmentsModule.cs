using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

public static class EnrolmentsModule
{
    public static Module Create() => new Module("enrolments")
        .Stores(typeof(EnrolmentStarted), typeof(BenefitUsed), typeof(BenefitCounted))
        .Creates<Enrol, Enrolment>("/api/enrolments", Role.Officer, EnrolHandler.Run, "Enrol a person under a programme or a plan")
        .Shows<Enrolment, EnrolmentView>("/api/enrolments/{enrolment}", Module.ById, enrolment => $"/api/enrolments/{enrolment.Id}", EnrolmentView.Of, "An enrolment",
            Role.Officer, Role.Approver, Role.Finance, Role.Auditor)
        .Projects(EnrolmentRegister.Model)
        .Offers(new ListRoute("/api/enrolments", EnrolmentRegister.Model, nameof(EnrolmentRow.Region), "The register of enrolments",
            [Role.Officer, Role.Approver, Role.Finance, Role.Auditor],
            new ListFilter("plan", nameof(EnrolmentRow.Plan)),
            new ListFilter("programme", nameof(EnrolmentRow.Programme)),
            new ListFilter("region", nameof(EnrolmentRow.Region), ListMatch.RegionPrefix),
            new ListFilter("occupation", nameof(EnrolmentRow.Occupation)),
            new ListFilter("certificateNumber", nameof(EnrolmentRow.CertificateNumber)),
            new ListFilter("member", nameof(EnrolmentRow.Member)),
            new ListFilter("unit", nameof(EnrolmentRow.Unit)),
            new ListFilter("status", nameof(EnrolmentRow.Status)),
            new ListFilter("from", nameof(EnrolmentRow.CoverFrom), ListMatch.From),
            new ListFilter("to", nameof(EnrolmentRow.CoverFrom), ListMatch.To)));
}

public sealed record EnrolmentView(
    EnrolmentId Id, string CertificateNumber, PersonView? Member, string Plan, int PlanVersion, string? Programme, Occupation Occupation,
    RegionCode Region, string RegionName, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo, Money Contribution,
    IReadOnlyList<FundingShare> Funding, Money BenefitUsed, int Benefits, LocalDate? FirstCoverFrom, string? CoverTier, Counters Counters, string? Unit, EnrolmentStatus Status)
{
    public static async Task<EnrolmentView> Of(Enrolment e, IRecords records) => new EnrolmentView(
        e.Id, e.CertificateNumber, await records.FindAnywhere<Person>(e.Member.Value) is { } person ? PersonView.Of(person, records) : null,
        e.Plan, e.PlanVersion, e.Programme, e.Occupation, e.Region, e.Region.Name, e.Age, e.Units, e.CoverFrom, e.CoverTo,
        e.Contribution, e.Funding, e.Used, e.Benefits, e.FirstCoverFrom, e.CoverTier, e.Counters, e.Unit, e.Status);
}

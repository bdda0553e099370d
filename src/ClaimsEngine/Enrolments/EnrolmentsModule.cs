using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

public static class EnrolmentsModule
{
    public static Module Create() => new Module("enrolments")
        .Stores(typeof(EnrolmentStarted), typeof(BenefitUsed), typeof(BenefitCounted), typeof(ContributionPaid), typeof(CoverTookEffect), typeof(UnitChanged),
            typeof(EnrolmentCancelled), typeof(EnrolmentVoided), typeof(EnrolmentLapsed))
        .Creates<Enrol, Enrolment>("/api/enrolments", Role.Officer, EnrolHandler.Run, "Enrol a person under a programme or a plan")
        .On<RecordContribution, Enrolment>("/api/enrolments/{enrolment}/contributions", Role.Finance, c => c.Enrolment.Value, RecordContributionHandler.Run,
            "Record what a payer has paid; with the last share that was due, cover takes effect")
        .On<CancelEnrolment, Enrolment>("/api/enrolments/{enrolment}/cancellation", Role.Officer, c => c.Enrolment.Value, CancelEnrolmentHandler.Run,
            "Cancel, before cover begins or where the plan allows it")
        .On<VoidEnrolment, Enrolment>("/api/enrolments/{enrolment}/voidance", Role.Officer, c => c.Enrolment.Value, VoidEnrolmentHandler.Run,
            "Void a certificate beyond those that the person may hold")
        .On<LapseEnrolment, Enrolment>("/api/enrolments/{enrolment}/lapse", Role.Finance, c => c.Enrolment.Value, LapseEnrolmentHandler.Run,
            "Let a pending certificate lapse: what was due was never paid")
        .On<ChangeUnit, Enrolment>("/api/enrolments/{enrolment}/unit", Role.Officer, c => c.Enrolment.Value, ChangeUnitHandler.Run,
            "Move the certificate to another unit")
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
    IReadOnlyList<ShareView> Funding, Money BenefitUsed, int Benefits, LocalDate? FirstCoverFrom, string? CoverTier, Counters Counters, string? Unit, EnrolmentStatus Status,
    IReadOnlyList<ContributionView> Contributions, EnrolmentEnd? End)
{
    public static async Task<EnrolmentView> Of(Enrolment e, IRecords records) => new EnrolmentView(
        e.Id, e.CertificateNumber, await records.FindAnywhere<Person>(e.Member.Value) is { } person ? PersonView.Of(person, records) : null,
        e.Plan, e.PlanVersion, e.Programme, e.Occupation, e.Region, e.Region.Name, e.Age, e.Units, e.CoverFrom, e.CoverTo,
        e.Contribution, [.. e.Funding.Select(share => ShareView.Of(share, e.PaidBy(share.Payer)))], e.Used, e.Benefits, e.FirstCoverFrom, e.CoverTier, e.Counters, e.Unit,
        e.Status, [.. e.Paid.Select(paid => new ContributionView(paid.Payer, paid.Amount, paid.Reference, paid.PaidOn))], e.End);
}

/// <summary>A payer's share of the contribution, and what has become of it.</summary>
/// <param name="Paid">received so far</param>
public sealed record ShareView(string Payer, Money Amount, Money Paid, ShareStatus Status)
{
    public static ShareView Of(FundingShare share, Money paid) =>
        new(share.Payer, share.Amount, paid, paid >= share.Amount ? ShareStatus.Paid : share.Due == true ? ShareStatus.Due : ShareStatus.Guaranteed);
}

public enum ShareStatus
{
    /// <summary>The payer answers for it; cover does not wait.</summary>
    Guaranteed,

    /// <summary>To be paid before cover takes effect.</summary>
    Due,

    Paid,
}

public sealed record ContributionView(string Payer, Money Amount, string Reference, LocalDate PaidOn);

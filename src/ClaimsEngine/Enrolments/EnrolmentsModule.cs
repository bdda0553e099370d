using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments;

public static class EnrolmentsModule
{
    public static Module Create() => new Module("enrolments")
        .Stores<Enrolment>(
            typeof(EnrolmentStarted), typeof(BenefitUsed), typeof(ContributionPaid), typeof(CoverTookEffect), typeof(EmployerChanged),
            typeof(EnrolmentCancelled), typeof(EnrolmentVoided), typeof(EnrolmentLapsed), typeof(ClaimOpened), typeof(ClaimClosed),
            typeof(RatioReached), typeof(BenefitReturned), typeof(RefundOrdered),
            typeof(ContributionReturned))
        .Stores<BenefitAccount>(typeof(BenefitCounted), typeof(BenefitClaimed), typeof(BenefitUncounted))
        .Creates<Enrol, Enrolment>("/api/enrolments", Role.Officer, "Enrol a person under a programme or a plan")
        .On<RecordContribution, Enrolment>("/api/enrolments/{enrolment}/contributions", Role.Finance, c => c.Enrolment.Value,
            "Record what a payer has paid; with the last share that was due, cover takes effect")
        .On<ReturnContribution, Enrolment>("/api/enrolments/{enrolment}/contributions/return", Role.Finance, c => c.Enrolment.Value,
            "Record that a payment went back; what is due is due again")
        .On<ConfirmParticipation, Enrolment>("/api/enrolments/{enrolment}/participation", Role.Officer, c => c.Enrolment.Value,
            "Measure the employer again: a certificate that waits for the plan's ratio takes effect once it stands")
        .On<CancelEnrolment, Enrolment>("/api/enrolments/{enrolment}/cancellation", Role.Officer, c => c.Enrolment.Value,
            "Cancel, before cover begins or where the plan allows it")
        .On<VoidEnrolment, Enrolment>("/api/enrolments/{enrolment}/voidance", Role.Officer, c => c.Enrolment.Value,
            "Void a certificate beyond those that the person may hold")
        .On<VoidClaimedEnrolment, Enrolment>("/api/enrolments/{enrolment}/voidance/approval", Role.Approver, c => c.Enrolment.Value,
            "Void a certificate under which a claim is open, as a second person")
        .On<LapseEnrolment, Enrolment>("/api/enrolments/{enrolment}/lapse", Role.Finance, c => c.Enrolment.Value,
            "Let a pending certificate lapse: what was due was never paid")
        .On<ChangeEmployer, Enrolment>("/api/enrolments/{enrolment}/employer", Role.Officer, c => c.Enrolment.Value,
            "Move the certificate to another employer")
        .Shows<Enrolment, EnrolmentView>(
            "/api/enrolments/{enrolment}", Module.ById, enrolment => $"/api/enrolments/{enrolment.Id}", EnrolmentView.Of, "An enrolment",
            Module.Readers)
        .Projects(EnrolmentRegister.Model)
        .Offers(new ListRoute("/api/enrolments", EnrolmentRegister.Model, nameof(EnrolmentRow.Region), "The register of enrolments",
            Module.Readers,
            new ListFilter("plan", nameof(EnrolmentRow.Plan)),
            new ListFilter("programme", nameof(EnrolmentRow.Programme)),
            new ListFilter("region", nameof(EnrolmentRow.Region), ListMatch.RegionPrefix),
            new ListFilter("occupation", nameof(EnrolmentRow.Occupation)),
            new ListFilter("certificateNumber", nameof(EnrolmentRow.CertificateNumber)),
            new ListFilter("member", nameof(EnrolmentRow.Member)),
            new ListFilter("employer", nameof(EnrolmentRow.Employer)),
            new ListFilter("status", nameof(EnrolmentRow.Status)),
            new ListFilter("from", nameof(EnrolmentRow.CoverFrom), ListMatch.From),
            new ListFilter("to", nameof(EnrolmentRow.CoverFrom), ListMatch.To))
        {
            Person = new ListedPerson(nameof(EnrolmentRow.Member), "memberName", Module.CaseReaders),
        });
}

/// <summary>A certificate with its member, who pays it, and what it has granted.</summary>
/// <param name="EnrolledOn">day on which it was recorded; gifts and imports may cover days before it</param>
/// <param name="WaitsFor">what a pending certificate waits for: <c>payment</c>, <c>participation</c>; empty for any other</param>
/// <param name="RefundOrders">refunds that were ordered to be paid; empty while nothing was</param>
/// <param name="Returned">payments that were recorded and went back; they are not among the contributions</param>
public sealed record EnrolmentView(
    EnrolmentId Id, string CertificateNumber, PersonView? Member, string Plan, int PlanVersion, string? Programme, Occupation Occupation,
    RegionCode Region, string RegionName, int Age, int Units, LocalDate CoverFrom, LocalDate CoverTo, Money Contribution,
    IReadOnlyList<ShareView> Funding, Money BenefitUsed, int Benefits, LocalDate? FirstCoverFrom, string? CoverTier, Counters Counters,
    string? Employer, EnrolmentStatus Status, IReadOnlyList<ContributionView> Contributions, EnrolmentEnd? End, LocalDate EnrolledOn,
    IReadOnlyList<WaitsFor> WaitsFor, IReadOnlyList<RefundOrderView> RefundOrders, IReadOnlyList<ReturnView> Returned)
{
    public static async Task<EnrolmentView> Of(Enrolment e, IRecords records) => new EnrolmentView(
        e.Id, e.CertificateNumber, await records.FindAnywhere<Person>(e.Member.Value) is { } person ? PersonView.Of(person, records) : null,
        e.Plan, e.PlanVersion, e.Programme, e.Occupation, e.Region, e.Region.Name, e.Age, e.Units, e.CoverFrom, e.CoverTo, e.Contribution,
        [.. e.Funding.Select(share => ShareView.Of(share, e.PaidBy(share.Payer)))], e.Used, e.Benefits, e.FirstCoverFrom, e.CoverTier,
        e.Counters, e.Employer, e.Status,
        [.. e.Paid.Select(paid => new ContributionView(paid.Payer, paid.Amount, paid.Reference, paid.PaidOn))], e.End,
        e.EnrolledOn, e.WaitsFor,
        [.. e.RefundOrders.Select(order => new RefundOrderView(order.Payer, order.Amount, order.Payout))],
        [.. e.Returned.Select(one => new ReturnView(one.Payer, one.Amount, one.Reference, one.ReturnedOn, one.Reason))]);
}

/// <summary>A payer's share of the contribution, and what has become of it.</summary>
/// <param name="Paid">received so far</param>
public sealed record ShareView(string Payer, Money Amount, Money Paid, ShareStatus Status)
{
    public static ShareView Of(FundingShare share, Money paid) =>
        new(share.Payer, share.Amount, paid,
            paid >= share.Amount ? ShareStatus.Paid : share.Due == true ? ShareStatus.Due : ShareStatus.Guaranteed);
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

/// <param name="PayoutId">the first payout of it; where that came back from the bank, it names the one that replaces it</param>
public sealed record RefundOrderView(string Payer, Money Amount, PayoutId PayoutId);

/// <summary>A payment that went back.</summary>
public sealed record ReturnView(string Payer, Money Amount, string Reference, LocalDate ReturnedOn, string Reason);

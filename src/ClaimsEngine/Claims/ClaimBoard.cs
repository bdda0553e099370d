using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>All claims with their state. Holds no personal data: people are ids.</summary>
public sealed record ClaimRow(
    [property: Column("number that people read out")] string Number,
    [property: Column("submitted, assessed, approved, refused, appealed, withdrawn or expired")] ClaimStatus Status,
    EnrolmentId Enrolment,
    [property: Column("person, by id")] PersonId Member,
    [property: Column("code of the plan")] string Plan,
    int PlanVersion,
    [property: Column("code of the programme, null for direct entry")] string? Programme,
    [property: Column("GB/T 2260 code or prefix")] RegionCode Region,
    [property: Column("kind of incident")] IncidentKind IncidentKind,
    LocalDate IncidentDate,
    [property: Column("documents still missing")] int MissingDocuments,
    [property: Column("assessed by the engine, in fen")] Money? AssessedAmount,
    [property: Column("approved, in fen")] Money? ApprovedAmount,
    [property: Column("null for none, and where several heirs are paid: their payouts name the claim")] PayoutId? Payout,
    [property: Column("business date, Asia/Shanghai")] LocalDate SubmittedOn,
    [property: Column("day of approval, refusal (also while an appeal is open), withdrawal or expiry, Asia/Shanghai")] LocalDate? DecidedOn,
    string SubmittedBy,
    string? DecidedBy,
    [property: Column("the step that it waits for; null once it is decided")] ClaimStep? Step,
    [property: Column("last day of that step in time, Asia/Shanghai")] LocalDate? DueOn,
    [property: Column("it is noted that this day has passed")] bool DeadlinePassed,
    [property: Column("not decided, withdrawn or expired")] bool Open,
    [property: Column("it has something that an approver has to look at")] bool Flagged,
    [property: Column("office of another place that took it in; null for none")] RegionCode? Assisting,
    [property: Column("lowest union level that may approve the assessed amount")] UnionLevel? DecisionLevel,
    [property: Column("drawn for a second look, which nobody has taken yet")] bool SecondLook,
    [property: Column("suspicions that nobody has cleared, whatever became of the claim")] int Suspicions = 0,
    [property: Column("a suspicion is open, and the claim may be paid: it is neither refused, withdrawn nor expired")]
        bool Suspected = false);

public static class ClaimBoard
{
    public static readonly ReadModel<ClaimRow> Model = new(
        "claims", "All claims with their state; no personal data", Claim.StreamType, Evolve, "status, id",
        "step, region, id", "step, id", "region, id", "plan, programme", "enrolment", "number", "due_on", "open, region, id", "member",
        "assisting", "second_look, id", "suspected, id")
    {
        Totals =
        [
            new("claim_work", "Claims by the step that they wait for and its last day",
                ["Region", "Open", "Step", "DueOn", "DecisionLevel", "SecondLook", "Suspected"], [], TotalsOf.CurrentRows, NowOnly: true),
            new("claim_work_of", "Open and closed claims of those who submitted them",
                ["SubmittedBy", "Region", "Open", "DueOn"], [], TotalsOf.CurrentRows, NowOnly: true),
        ],
    };

    public static ClaimRow? Evolve(ClaimRow? row, RecordedEvent recorded) =>
        Fold(row, recorded) is { } next && !ReferenceEquals(next, row) ? next.Waiting() : row;

    private static ClaimRow? Fold(ClaimRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        ClaimSubmitted e => new ClaimRow(
            e.Number, ClaimStatus.Submitted, e.Enrolment, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Region, e.Incident.Kind,
            e.Incident.Date, e.RequiredDocuments.Count, null, null, null, recorded.RecordedAt.Date(), null, e.By, null, null, null, false,
            true, e.Flags is not null, e.Assisting, null, false).Until(e.Deadline),
        _ when row is null => null,
        DocumentReceived { FillsGap: true, Deadline: { } next } =>
            row.Until(next) with { MissingDocuments = row.MissingDocuments - 1 },
        DocumentReceived { FillsGap: true } => row with { MissingDocuments = row.MissingDocuments - 1 },
        DeadlinePassed => row with { DeadlinePassed = true },
        SupplementRequested e => row.Until(e.Deadline) with { MissingDocuments = row.MissingDocuments + e.Added.Count },
        ClaimAssessed e => row.Until(e.Deadline) with
        {
            Status = ClaimStatus.Assessed, AssessedAmount = e.Amount, DecisionLevel = e.DecisionLevel,
            Flagged = row.Flagged || e.FourEyesExempt == true,
        },
        ClaimSampled => row with { SecondLook = true },
        SecondLookCompleted => row with { SecondLook = false },
        ClaimReclassified e => row.Until(e.Deadline) with
        {
            Status = ClaimStatus.Submitted, IncidentKind = e.After.Kind, IncidentDate = e.After.Date, MissingDocuments = e.Missing.Count,
            AssessedAmount = null, Flagged = e.Flags is not null, DecisionLevel = null,
        },
        ClaimApproved e => row.Until(null) with
        {
            Status = ClaimStatus.Approved, ApprovedAmount = e.Amount, Payout = e.Payout,
            DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By,
        },
        ApprovalRevoked => row with
        {
            Status = ClaimStatus.Assessed, ApprovedAmount = null, Payout = null, DecidedOn = null, DecidedBy = null, SecondLook = false,
        },
        ClaimRefused e => row.Until(null) with { Status = ClaimStatus.Refused, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By },
        ClaimAppealed e => row.Until(e.Deadline) with { Status = ClaimStatus.Appealed },
        RefusalUpheld or AppealWithdrawn => row.Until(null) with { Status = ClaimStatus.Refused },
        RefusalReversed e => row.OpenAgain(e.Deadline, e.Resembles),
        ClaimReopened e => row.OpenAgain(e.Deadline, e.Resembles),
        SuspicionRaised => row with { Suspicions = row.Suspicions + 1 },
        SuspicionCleared => row with { Suspicions = row.Suspicions - 1 },
        ClaimWithdrawn e => row.Until(null) with
        {
            Status = ClaimStatus.Withdrawn, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By,
        },
        ClaimExpired e => row.Until(null) with { Status = ClaimStatus.Expired, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By },
        _ => row,
    };

    /// <summary>A claim from before deadlines were kept waits for a step as well.</summary>
    private static ClaimRow Waiting(this ClaimRow row) => row with
    {
        Open = row.Status is ClaimStatus.Submitted or ClaimStatus.Assessed or ClaimStatus.Appealed,
        Suspected = row is { Suspicions: > 0, Status: not (ClaimStatus.Refused or ClaimStatus.Withdrawn or ClaimStatus.Expired) },
        Step = row switch
        {
            { DueOn: not null } => row.Step,
            { Status: ClaimStatus.Submitted, MissingDocuments: > 0 } => ClaimStep.Check,
            { Status: ClaimStatus.Submitted } => ClaimStep.Assessment,
            { Status: ClaimStatus.Assessed } => ClaimStep.Decision,
            { Status: ClaimStatus.Appealed } => ClaimStep.AppealDecision,
            _ => null,
        },
    };

    private static ClaimRow OpenAgain(this ClaimRow row, Deadline deadline, IReadOnlyList<ClaimId>? resembles) => row.Until(deadline) with
    {
        Flagged = row.Flagged || resembles is not null,
        Status = ClaimStatus.Submitted, AssessedAmount = null, DecisionLevel = null, DecidedOn = null, DecidedBy = null,
    };

    private static ClaimRow Until(this ClaimRow row, Deadline? deadline) => row with
    {
        Step = deadline?.Step, DueOn = deadline?.DueOn,
        DeadlinePassed = row.DeadlinePassed && (row.Step, row.DueOn) == (deadline?.Step, deadline?.DueOn),
    };
}

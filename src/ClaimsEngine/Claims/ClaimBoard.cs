using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>All claims with their state. Holds no personal data: people are ids.</summary>
public sealed record ClaimRow(
    [property: Column("number that people read out")] string Number,
    [property: Column("submitted, assessed, approved, refused or withdrawn")] ClaimStatus Status,
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
    PayoutId? Payout,
    [property: Column("business date, Asia/Shanghai")] LocalDate SubmittedOn,
    [property: Column("day of approval, refusal or withdrawal, Asia/Shanghai")] LocalDate? DecidedOn,
    string SubmittedBy,
    string? DecidedBy);

public static class ClaimBoard
{
    public static readonly ReadModel<ClaimRow> Model = new(
        "claims", "All claims with their state; no personal data", Claim.StreamType, Evolve, "status, region", "plan, programme", "enrolment", "number");

    public static ClaimRow? Evolve(ClaimRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        ClaimSubmitted e => new ClaimRow(e.Number, ClaimStatus.Submitted, e.Enrolment, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Region,
            e.Incident.Kind, e.Incident.Date, e.RequiredDocuments.Count, null, null, null, recorded.RecordedAt.Date(), null, e.By, null),
        _ when row is null => null,
        DocumentReceived { FillsGap: true } => row with { MissingDocuments = row.MissingDocuments - 1 },
        ClaimAssessed e => row with { Status = ClaimStatus.Assessed, AssessedAmount = e.Amount },
        ClaimApproved e => row with
        {
            Status = ClaimStatus.Approved, ApprovedAmount = e.Amount, Payout = e.Payout, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By,
        },
        ClaimRefused e => row with { Status = ClaimStatus.Refused, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By },
        ClaimWithdrawn e => row with { Status = ClaimStatus.Withdrawn, DecidedOn = recorded.RecordedAt.Date(), DecidedBy = e.By },
        _ => row,
    };
}

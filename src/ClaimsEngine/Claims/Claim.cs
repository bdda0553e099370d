using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

public enum ClaimStatus { Submitted, Assessed, Approved, Refused, Withdrawn }

/// <summary>A claim: submitted → documents → assessed → approved or refused; withdrawn before a decision.</summary>
public sealed record Claim(
    ClaimId Id, string Number, EnrolmentId Enrolment, PersonId Member, string Plan, int PlanVersion, string? Programme, RegionCode Region,
    Incident Incident, PersonId Claimant, Relation Relation, PersonId Payee, AccountId Account, IReadOnlyList<string> RequiredDocuments,
    ClaimStatus Status, string SubmittedBy, IReadOnlyList<Document> Documents, ClaimAssessed? Assessment, IReadOnlyList<string> AssessedBy,
    Outcome? Outcome) : IAggregate<Claim>
{
    public static string StreamType => "claim";

    public Guid StreamId => Id.Value;
    public RegionCode? Scope => Region;

    public IReadOnlyList<string> MissingDocuments => [.. RequiredDocuments.Where(kind => Documents.All(document => document.Kind != kind))];

    /// <summary>Open for documents, assessment and decision.</summary>
    public bool IsOpen => Status is ClaimStatus.Submitted or ClaimStatus.Assessed;

    /// <summary>Four eyes: who submitted it, or assessed it at any time.</summary>
    public bool WasHandledBy(Actor person) => SubmittedBy == person.Id || AssessedBy.Contains(person.Id);

    /// <summary>
    /// What one live claim of an enrolment holds, so that nothing is paid twice: one death whatever and whenever it is claimed; an illness by its class, whatever its
    /// day; each day of each stay (the day of discharge is another stay's to begin on); else the day of the incident.
    /// </summary>
    public static IReadOnlyList<UniqueKey> IncidentKeys(EnrolmentId enrolment, Incident incident) => incident switch
    {
        { IsDeath: true } => [DeathKey(enrolment)],
        { Kind: IncidentKind.CriticalIllness or IncidentKind.WomensIllness } => [Key($"{enrolment}/{incident.Kind}/{incident.Illness ?? "any"}")],
        { Admissions: { Count: > 0 } admissions } => [.. admissions.SelectMany(admission => admission.TakenDays()).Distinct().Select(day => Key($"{enrolment}/{incident.Kind}/{day:uuuu-MM-dd}"))],
        _ => [Key($"{enrolment}/{incident.Kind}/{incident.Date:uuuu-MM-dd}")],
    };

    public static UniqueKey DeathKey(EnrolmentId enrolment) => Key($"{enrolment}/death");

    private static UniqueKey Key(string value) => new("claim-incident", value);

    public static Claim? Evolve(Claim? state, object @event) => @event switch
    {
        ClaimSubmitted e => new Claim(e.Claim, e.Number, e.Enrolment, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Region, e.Incident, e.Claimant,
            e.Relation, e.Payee, e.Account, e.RequiredDocuments, ClaimStatus.Submitted, e.By, [], null, [], null),
        _ when state is null => null,
        DocumentReceived e => state with { Documents = [.. state.Documents, new Document(e.Document, e.Kind, e.Sha256)] },
        ClaimAssessed e => state with { Status = ClaimStatus.Assessed, Assessment = e, AssessedBy = [.. state.AssessedBy, e.By] },
        ClaimApproved e => state with { Status = ClaimStatus.Approved, Outcome = new Outcome(e.By, e.Reason, e.Amount, e.Payout) },
        ClaimRefused e => state with { Status = ClaimStatus.Refused, Outcome = new Outcome(e.By, e.Reason, Clause: e.Clause) },
        ClaimWithdrawn e => state with { Status = ClaimStatus.Withdrawn, Outcome = new Outcome(e.By, e.Reason) },
        _ => state,
    };
}

public sealed record Document(DocumentId Id, string Kind, string Sha256);

/// <summary>How a claim ended.</summary>
public sealed record Outcome(string By, string Reason, Money? Amount = null, PayoutId? Payout = null, string? Clause = null);

using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A claim as shown to those who handle it in its region.</summary>
/// <param name="Steps">how the assessed amount came about, in order</param>
public sealed record ClaimView(
    ClaimId Id, string Number, ClaimStatus Status, EnrolmentId EnrolmentId, string Plan, int PlanVersion, string? Programme, RegionCode Region, string RegionName,
    Incident Incident, PersonView? Member, ClaimantView? Claimant, AccountView? Account, IReadOnlyList<DocumentView> Documents, IReadOnlyList<string> MissingDocuments,
    Money? AssessedAmount, IReadOnlyList<Step>? Steps, string? RuleHash, string? Interpreter, Money? ApprovedAmount, PayoutId? PayoutId,
    string? DecisionReason, string? DecisionClause, string SubmittedBy, IReadOnlyList<string> AssessedBy, string? DecidedBy)
{
    public static async Task<ClaimView> Of(Claim claim, IRecords records)
    {
        var member = await records.FindAnywhere<Person>(claim.Member.Value);
        var claimant = await records.FindAnywhere<Person>(claim.Claimant.Value);
        var payee = await records.FindAnywhere<Person>(claim.Payee.Value);
        return new ClaimView(
            claim.Id, claim.Number, claim.Status, claim.Enrolment, claim.Plan, claim.PlanVersion, claim.Programme, claim.Region, claim.Region.Name,
            claim.Incident,
            member is null ? null : PersonView.Of(member, records),
            claimant is null ? null : new ClaimantView(PersonView.Of(claimant, records), claim.Relation),
            payee?.AccountOf(claim.Account) is { } account ? AccountView.Of(account) : null,
            [.. claim.Documents.Select(document => new DocumentView(document.Id, document.Kind, claimant?.FileNames.GetValueOrDefault(document.Id), document.Sha256))],
            claim.MissingDocuments,
            claim.Assessment?.Amount, claim.Assessment?.Steps, claim.Assessment?.RuleHash, claim.Assessment?.Interpreter,
            claim.Outcome?.Amount, claim.Outcome?.Payout, claim.Outcome?.Reason, claim.Outcome?.Clause, claim.SubmittedBy, claim.AssessedBy, claim.Outcome?.By);
    }
}

public sealed record ClaimantView(PersonView Person, Relation Relation);

public sealed record DocumentView(DocumentId Id, string Kind, string? FileName, string Sha256);

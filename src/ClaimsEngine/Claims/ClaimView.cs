using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A claim as shown to those who handle it in its region. Who sees no medical facts (<see cref="Actor.SeesMedicalFacts"/>) finds
/// number, status, amounts, payees and payouts: all that tells of the event is null or empty.</summary>
/// <param name="Incident">null for who sees no medical facts</param>
/// <param name="Account">to which the benefit is paid; null where several heirs are paid, each to an account of their own</param>
/// <param name="Steps">how the assessed amount came about, in order</param>
/// <param name="PayoutId">that the approval ordered; null for none, and where several heirs are paid</param>
/// <param name="Flags">what an approver has to look at: <c>incident-before-enrolment</c>; empty for nothing</param>
/// <param name="AnsweredFlags">of these, what the reason of the approval answers</param>
/// <param name="AppealableUntil">last day to appeal against the refusal, Asia/Shanghai; null where no appeal is possible, or for a refusal
/// of before appeals were recorded</param>
/// <param name="Appeal">against the last refusal; null for none</param>
/// <param name="Reclassification">the last correction of what the incident is; null for none</param>
/// <param name="Payouts">all that the approval ordered, in the order of the heirs; empty for none</param>
/// <param name="Heirs">who is paid after a death, where there are several; null for one payee</param>
/// <param name="Settlement">of hospital insurance, on which the claim rests; null for none</param>
/// <param name="Resembles">other claims of the member that may be for the same; empty for none</param>
/// <param name="Applicant">who came with the claim; null where nobody said</param>
/// <param name="Assisting">the office of another place that took the claim in; the office of <paramref name="Region"/> decides it. Null for
/// none</param>
/// <param name="AssessmentDifference">what the last assessment says otherwise than the one before; null where there was none before</param>
/// <param name="OccurrenceId">the report of several benefits of one event that the claim is part of; null for a claim alone</param>
/// <param name="DecisionLevel">the lowest union level that may approve the assessed amount; null before the assessment</param>
/// <param name="ReviewsNeeded">how many people have to review and agree before the approval; 0 for none</param>
/// <param name="Reviews">of the assessment that stands</param>
/// <param name="DecidedFor">whose stand-in decided; null for nobody's</param>
/// <param name="SecondLook">that the claim was drawn for; null if it was not</param>
/// <param name="Suspicions">that are open; while there is one the claim is not approved</param>
public sealed record ClaimView(
    ClaimId Id, string Number, ClaimStatus Status, EnrolmentId EnrolmentId, string Plan, int PlanVersion, string? Programme,
    RegionCode Region, string RegionName, Incident? Incident, PersonView? Member, ClaimantView? Claimant, AccountView? Account,
    IReadOnlyList<DocumentView> Documents, IReadOnlyList<string> MissingDocuments, Money? AssessedAmount, IReadOnlyList<Step>? Steps,
    string? RuleHash, string? Interpreter, Money? ApprovedAmount, PayoutId? PayoutId, string? DecisionReason, string? DecisionClause,
    string SubmittedBy, IReadOnlyList<string> AssessedBy, string? DecidedBy, IReadOnlyList<string> Flags,
    IReadOnlyList<string> AnsweredFlags, DeadlineView? Deadline, SupplementView? Supplement,
    LocalDate? AppealableUntil, AppealView? Appeal, ReclassificationView? Reclassification,
    IReadOnlyList<PayoutId> Payouts, IReadOnlyList<HeirView>? Heirs, Settlement? Settlement, IReadOnlyList<string> Receipts,
    IReadOnlyList<ClaimId> Resembles, ApplicantView? Applicant, OccurrenceId? OccurrenceId,
    RegionCode? Assisting, AssessmentDifference? AssessmentDifference,
    UnionLevel? DecisionLevel, int ReviewsNeeded, IReadOnlyList<ReviewView> Reviews, string? DecidedFor, SecondLookView? SecondLook,
    IReadOnlyList<SuspicionView> Suspicions)
{
    /// <summary>The people whose streams the view reads; one may stand there several times. What loads them with its own streams saves a
    /// question.</summary>
    public static IEnumerable<Guid> PeopleOf(Claim claim) =>
        [claim.Member.Value, claim.Claimant.Value, claim.Payee.Value, .. (claim.Heirs ?? []).Select(heir => heir.Person.Value)];

    public static async Task<ClaimView> Of(Claim claim, IRecords records)
    {
        await records.Look([.. PeopleOf(claim)]);
        var member = await records.FindAnywhere<Person>(claim.Member.Value);
        var claimant = await records.FindAnywhere<Person>(claim.Claimant.Value);
        var payee = await records.FindAnywhere<Person>(claim.Payee.Value);
        var view = new ClaimView(
            claim.Id, claim.Number, claim.Status, claim.Enrolment, claim.Plan, claim.PlanVersion, claim.Programme,
            claim.Region, claim.Region.Name,
            claim.Incident,
            member is null ? null : PersonView.Of(member, records),
            claimant is null ? null : new ClaimantView(PersonView.Of(claimant, records), claim.Relation),
            claim.Heirs is null && payee?.AccountOf(claim.Account) is { } account ? AccountView.Of(account) : null,
            [.. claim.Documents.Select(document =>
                DocumentView.Of(document, claimant?.FileNames.GetValueOrDefault(document.Id)))],
            claim.MissingDocuments,
            claim.Assessment?.Amount, claim.Assessment?.Steps, claim.Assessment?.RuleHash, claim.Assessment?.Interpreter,
            claim.Outcome?.Amount, claim.Outcome?.Payout, claim.Outcome?.Reason, claim.Outcome?.Clause, claim.SubmittedBy,
            claim.AssessedBy, claim.Outcome?.By, claim.Flags ?? [], claim.Outcome?.Answers ?? [],
            claim.Deadline is { } due
                ? new DeadlineView(due.Step, due.DueOn, due.Rules, due.Calendar, claim.Overdue is not null) : null,
            claim.Supplement is { } asked
                ? new SupplementView(asked.Kinds, [.. claim.Asked], asked.Text, asked.Deadline.DueOn, asked.By) : null,
            claim is { Status: ClaimStatus.Refused, Appeal: null, Refusals: [.., { AppealableUntil: var last }] } ? last : null,
            claim.Appeal is { } appeal ? new AppealView(appeal.Reason, appeal.DecideBy, appeal.Outcome, appeal.Decision, appeal.Clause,
                appeal.By, appeal.DecidedBy, appeal.Withdrawn) : null,
            claim.Reclassifications is [.., var corrected]
                ? new ReclassificationView(corrected.Before, corrected.Reason, corrected.By) : null,
            [.. claim.Outcome?.Ordered ?? []], await HeirView.Of(claim, records), claim.Settlement, claim.Receipts,
            claim.Resembles, claim.Applicant is { } applicant
                ? new ApplicantView(applicant, member?.Agents.GetValueOrDefault(claim.Id)?.Name,
                    member?.Agents.GetValueOrDefault(claim.Id)?.Phone) : null,
            claim.Occurrence, claim.Assisting, Claims.AssessmentDifference.Of(claim),
            claim.Assessment?.DecisionLevel, claim.Assessment?.ReviewsNeeded ?? 0,
            [.. claim.Reviews.Select(review => new ReviewView(review.Finding, review.Reason, review.By, review.OnBehalfOf))],
            claim.Outcome?.For,
            claim.Sampled is { } drawn ? new SecondLookView(drawn.Reasons, claim.SecondLook?.Finding, claim.SecondLook?.Reason,
                claim.SecondLook?.By, claim.SecondLook?.OnBehalfOf) : null,
            [.. claim.Suspicions.Select(open => SuspicionView.Of(open, records.By))]);
        return records.By.SeesMedicalFacts ? view : view.WithoutMedicalFacts();
    }

    /// <summary>The kinds of papers, and what people wrote, tell of the event as well.</summary>
    private ClaimView WithoutMedicalFacts() => this with
    {
        Incident = null, Documents = [], MissingDocuments = [], Steps = null, DecisionReason = null, DecisionClause = null, Flags = [],
        AnsweredFlags = [], Supplement = null, Appeal = null, Reclassification = null, Settlement = null, Receipts = [],
        AssessmentDifference = null, Reviews = [], SecondLook = null,
    };
}

/// <param name="Name">of the employer's agent; null for any other</param>
public sealed record ApplicantView(ApplicantKind Kind, string? Name, string? Phone);

/// <summary>One of several people who are paid after a death.</summary>
/// <param name="Amount">of the approved amount; null before the approval</param>
/// <param name="PayoutId">that the approval ordered; null before it, and where the amount is 0.00</param>
public sealed record HeirView(
    PersonView? Person, Relation Relation, Share Share, AccountView? Account, Money? Amount, PayoutId? PayoutId)
{
    /// <returns>null for a claim with one payee</returns>
    public static async Task<IReadOnlyList<HeirView>?> Of(Claim claim, IRecords records)
    {
        if (claim.Heirs is not { } heirs) return null;
        var shown = new List<HeirView>(heirs.Count);
        foreach (var heir in heirs)
        {
            var person = await records.FindAnywhere<Person>(heir.Person.Value);
            var paid = claim.Outcome?.Payouts?.FirstOrDefault(own => own.Heir == heir.Person);
            shown.Add(new HeirView(
                person is null ? null : PersonView.Of(person, records), heir.Relation, heir.Share,
                person?.AccountOf(heir.Account) is { } account ? AccountView.Of(account) : null, paid?.Amount, paid?.Payout));
        }
        return shown;
    }
}

/// <summary>A suspicion that is open.</summary>
/// <param name="Reason">what is suspected, which may tell of an illness; null for who sees no medical facts</param>
public sealed record SuspicionView(SuspicionKind Kind, string? Reason, string By)
{
    public static SuspicionView Of(SuspicionRaised raised, Actor by) =>
        new(raised.Kind, by.SeesMedicalFacts ? raised.Reason : null, raised.By);
}

/// <param name="Step">what the claim waits for</param>
/// <param name="Rules">the organiser's rules that set it</param>
/// <param name="Calendar">the working days that it was reckoned with</param>
/// <param name="Passed">whether it is noted that the day has passed</param>
public sealed record DeadlineView(ClaimStep Step, LocalDate DueOn, string Rules, string Calendar, bool Passed);

/// <summary>The last request for papers.</summary>
/// <param name="Kinds">what was asked for</param>
/// <param name="Open">of these, what has not come</param>
public sealed record SupplementView(
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Open, string? Text, LocalDate AnswerBy, string RequestedBy);

/// <summary>An appeal against the refusal.</summary>
/// <param name="Reason">what the claimant says against the refusal</param>
/// <param name="DecideBy">last day for its decision, Asia/Shanghai</param>
/// <param name="Outcome">null while it is open</param>
/// <param name="By">who recorded it</param>
/// <param name="Withdrawn">why the claimant took it back; null where it was not</param>
public sealed record AppealView(
    string Reason, LocalDate DecideBy, AppealOutcome? Outcome, string? DecisionReason, string? DecisionClause, string By,
    string? DecidedBy, string? Withdrawn);

/// <param name="Before">the incident as it was claimed, or corrected, before</param>
/// <param name="By">who corrected it</param>
public sealed record ReclassificationView(Incident Before, string Reason, string By);

/// <param name="OnBehalfOf">whose stand-in the reviewer was; null for nobody's</param>
public sealed record ReviewView(ReviewFinding Finding, string Reason, string By, string? OnBehalfOf);

/// <param name="DrawnFor">the rules by which the claim was drawn</param>
/// <param name="Finding">null until the second look was taken; so are its reason and who took it</param>
public sealed record SecondLookView(
    IReadOnlyList<string> DrawnFor, SecondLookFinding? Finding, string? Reason, string? By, string? OnBehalfOf);

public sealed record ClaimantView(PersonView Person, Relation Relation);

/// <param name="Sha256">hex digest of the file that is kept, or of the one that was told</param>
/// <param name="MediaType">of the file that is kept; null where only its digest was told</param>
/// <param name="Bytes">of that file; null with it</param>
/// <param name="OriginalSeenBy">who has held the original on paper in hand; null for nobody</param>
public sealed record DocumentView(
    DocumentId Id, string Kind, string? FileName, string Sha256, string? MediaType, long? Bytes, string? OriginalSeenBy)
{
    public static DocumentView Of(Document document, string? fileName) => new(
        document.Id, document.Kind, fileName, document.Sha256, document.Content?.MediaType, document.Content?.Bytes,
        document.OriginalSeenBy);
}

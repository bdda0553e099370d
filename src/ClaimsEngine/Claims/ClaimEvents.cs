using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>What became of a refusal on appeal.</summary>
public enum AppealOutcome
{
    /// <summary>The refusal stands.</summary>
    Upheld,

    /// <summary>The refusal does not stand: the claim is open again.</summary>
    Reversed,
}

/// <summary>What a reviewer says of an assessment.</summary>
public enum ReviewFinding
{
    Agree,

    /// <summary>It does not count toward the reviews that are needed; the approver sees its reason.</summary>
    Object,
}

/// <summary>What the second look at a decided claim found.</summary>
public enum SecondLookFinding { Confirmed, Questioned }

/// <summary>What is suspected. The public-funds rules of Qinghai (facts.md, F36-F37) name false reporting, impersonation, withholding and
/// diversion.</summary>
public enum SuspicionKind
{
    /// <summary>Papers are forged, or tell what is not so (虚报).</summary>
    FalsePapers,

    /// <summary>Somebody applies in another's name (冒领).</summary>
    Impersonation,

    /// <summary>The same was claimed before, here or elsewhere.</summary>
    DoubleClaim,

    /// <summary>Somebody of an office, an agent point or a hospital takes part.</summary>
    Collusion,

    /// <summary>The money does not go to whom it is meant for (截留、挪用).</summary>
    Diversion,

    Other,
}

/// <summary>Why a claim that had ended is opened again.</summary>
public enum ReopeningCause
{
    /// <summary>Papers that were asked for came after their time, and the office takes them.</summary>
    LatePapers,

    /// <summary>Something is known now that was not known when the claim ended.</summary>
    NewEvidence,

    /// <summary>The office made a mistake.</summary>
    OfficeError,

    /// <summary>The claimant took the claim back and wants it after all.</summary>
    ClaimantAsks,
}

/// <summary>Why an approval is taken back.</summary>
public enum RevocationCause
{
    /// <summary>What was suspected is so.</summary>
    Suspicion,

    /// <summary>An objection to the public notice was upheld.</summary>
    Objection,

    /// <summary>The office made a mistake.</summary>
    OfficeError,
}

public enum Relation { Self, Spouse, Parent, Child, Sibling, OtherRelative, LegalHeir, NamedBeneficiary }

/// <summary>Member, claimant and payee are three facts: a living member is paid whoever claims, after a death the claimant or the
/// heirs.</summary>
/// <param name="Payee">where several heirs are paid, the first of them; so is the account</param>
/// <param name="RequiredDocuments">what the plan version bound to the certificate asks for in this kind of claim</param>
/// <param name="Flags">what an approver has to look at (<see cref="ClaimFlags"/>); null for nothing, or before flags were noted</param>
/// <param name="Deadline">until when the office is to do the first step; null before deadlines were kept</param>
/// <param name="Heirs">who is paid what share after a death, 2 to 10; null for a claim with one payee</param>
/// <param name="Settlement">of hospital insurance, on which the claim rests; null for none</param>
/// <param name="Receipts">numbers of the receipts that the claim rests on; null for none</param>
/// <param name="Resembles">other claims of the member that may be for the same; null for none</param>
/// <param name="Applicant">who came to the office with it; null where nobody said</param>
/// <param name="Occurrence">the report of several benefits of one event, of which it is one; null for a claim alone</param>
/// <param name="Assisting">the office of another place that took the claim in for the home office; null for none</param>
/// <param name="PlanYear">calendar year in which the cover of the certificate begins: whose books the claim stands in; null before it was
/// kept</param>
/// <param name="Reserve">what the plan's rules give on the facts of the submission: the first estimate for the books. Null where they have
/// no answer yet, and before it was kept</param>
public sealed record ClaimSubmitted(
    ClaimId Claim, string Number, EnrolmentId Enrolment, PersonId Member, string Plan, int PlanVersion, string? Programme,
    RegionCode Region, Incident Incident, PersonId Claimant, Relation Relation, PersonId Payee, AccountId Account,
    IReadOnlyList<string> RequiredDocuments, string By, IReadOnlyList<string>? Flags = null, Deadline? Deadline = null,
    IReadOnlyList<Heir>? Heirs = null, Settlement? Settlement = null, IReadOnlyList<string>? Receipts = null,
    IReadOnlyList<ClaimId>? Resembles = null, ApplicantKind? Applicant = null, OccurrenceId? Occurrence = null,
    RegionCode? Assisting = null, int? PlanYear = null, Money? Reserve = null);

/// <param name="Sha256">hex digest of the file's content</param>
/// <param name="FillsGap">a required document that was missing until now</param>
/// <param name="Deadline">of the step that begins or goes on because the papers are complete with this one; null for any other</param>
/// <param name="Content">of the file, which the engine keeps; null where only its digest was told</param>
public sealed record DocumentReceived(
    DocumentId Document, string Kind, string Sha256, bool FillsGap, string By, Deadline? Deadline = null, PaperContent? Content = null);

/// <summary>An officer has held the original of a document in hand.</summary>
/// <param name="Kind">of the document</param>
public sealed record OriginalChecked(DocumentId Document, string Kind, string By);

/// <summary>The claimant is asked for papers, once for all that are missing. The office's clock stands still until they are
/// there.</summary>
/// <param name="Kinds">all that is missing now</param>
/// <param name="Added">of these, what was not missing before: asked for beyond the plan's papers, or once more</param>
/// <param name="Text">what the claimant is told beside the list; null for nothing</param>
/// <param name="Deadline">for the answer</param>
/// <param name="Stopped">the step that stands still; null where the papers were never complete</param>
/// <param name="Left">days that are left of that step, in the unit of its rule; null where none stands still</param>
public sealed record SupplementRequested(
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Added, string? Text, Deadline Deadline, ClaimStep? Stopped, int? Left, string By);

/// <summary>The office did not do a step in time. Nothing else changes.</summary>
public sealed record DeadlinePassed(ClaimStep Step, LocalDate DueOn, string By);

/// <summary>The papers that were asked for did not come in time. The claim is closed unpaid; the incident may be claimed again.</summary>
/// <param name="Missing">what had not come</param>
public sealed record ClaimExpired(IReadOnlyList<string> Missing, LocalDate DueOn, string Reason, string By);

/// <summary>Computed by the engine; holds its inputs, so that it can be recomputed.</summary>
/// <param name="RuleHash">of the card that was used</param>
/// <param name="Interpreter">of the code that computed it</param>
/// <param name="Consumed">what it uses up besides money once it is approved; null is nothing</param>
/// <param name="ReviewLevel">the union level that decides this amount by the plan's own rule; null where the card names none</param>
/// <param name="Deadline">for the decision; null before deadlines were kept</param>
/// <param name="DecisionLevel">the lowest union level that may approve the amount, by the organiser's limits and the plan's own rule
/// together; null before it was recorded</param>
/// <param name="ReviewsNeeded">how many people have to review before the approval; null for none</param>
/// <param name="FourEyesExempt">true where the person who submitted or reclassified assessed under the rule for small offices; else
/// null</param>
public sealed record ClaimAssessed(
    Money Amount, CaseFacts Facts, IReadOnlyList<Step> Steps, int PlanVersion, string RuleHash, string Interpreter, string By,
    Consumption? Consumed = null, UnionLevel? ReviewLevel = null, Deadline? Deadline = null, UnionLevel? DecisionLevel = null,
    int? ReviewsNeeded = null, bool? FourEyesExempt = null);

/// <summary>Before the decision another person has reviewed the assessment. The review is of this assessment only.</summary>
/// <param name="OnBehalfOf">whose stand-in the reviewer was; null for nobody's</param>
public sealed record ClaimReviewed(ReviewFinding Finding, string Reason, string By, string? OnBehalfOf = null)
{
    /// <summary>Whether both are one person's, or one's and that of a stand-in: they count once.</summary>
    public bool SharesNameWith(ClaimReviewed other) =>
        By == other.By || By == other.OnBehalfOf || OnBehalfOf is { } name && (name == other.By || name == other.OnBehalfOf);
}

/// <summary>The office corrects what the incident is. The claim is to be assessed anew.</summary>
/// <param name="RequiredDocuments">what the plan version asks for in this kind of claim</param>
/// <param name="Missing">of these, and of what the claimant was asked for beside them, what is missing now</param>
/// <param name="Flags">what an approver has to look at (<see cref="ClaimFlags"/>); null for nothing</param>
/// <param name="Deadline">of the step that the claim then waits for; null for a claim from before deadlines were kept</param>
/// <param name="Resembles">other claims of the member that may be for the same; null for none</param>
public sealed record ClaimReclassified(
    Incident Before, Incident After, IReadOnlyList<string> RequiredDocuments, IReadOnlyList<string> Missing, string Reason, string By,
    IReadOnlyList<string>? Flags = null, Deadline? Deadline = null, IReadOnlyList<ClaimId>? Resembles = null);

/// <param name="Payout">null when nothing was payable and the claim only counts toward a deductible, and where several heirs are
/// paid</param>
/// <param name="Answers">the flags of the claim that the reason answers; null for a claim without flags</param>
/// <param name="Payouts">what each of several heirs gets, in their order; null where one payee is paid, or nothing</param>
/// <param name="OnBehalfOf">whose stand-in the approver was; null for nobody's</param>
public sealed record ClaimApproved(
    Money Amount, PayoutId? Payout, string By, string Reason, IReadOnlyList<string>? Answers = null,
    IReadOnlyList<HeirPayout>? Payouts = null, string? OnBehalfOf = null);

/// <summary>The approved claim was drawn for a second look. Holds the inputs of the draw, so that it can be repeated
/// (<see cref="Draw"/>).</summary>
/// <param name="Rules">the handling rules, <c>15/1</c></param>
/// <param name="Key">of the organiser, from these rules</param>
/// <param name="Number">0 to 999; below <paramref name="PerMille"/> the claim is drawn</param>
/// <param name="PerMille">the highest share that applied</param>
/// <param name="Reasons">every rule that applied: random, straight-through, over-amount, or a flag of the claim</param>
public sealed record ClaimSampled(string Rules, string Key, int Number, int PerMille, IReadOnlyList<string> Reasons, string By);

/// <summary>Another person than all before has looked at the decided claim once more.</summary>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record SecondLookCompleted(SecondLookFinding Finding, string Reason, string By, string? OnBehalfOf = null);

/// <summary>The approval no longer holds: nothing of it was paid, and what it used is free again. The refusal of the claim
/// follows.</summary>
/// <param name="Amount">that had been approved</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record ApprovalRevoked(RevocationCause Cause, Money Amount, string By, string? OnBehalfOf = null);

/// <param name="Clause">the clause of the plan that the refusal rests on</param>
/// <param name="ByRegion">where the person who refused acts, and so the union level; null before appeals were recorded</param>
/// <param name="AppealableUntil">last day to appeal, Asia/Shanghai; null before appeals were recorded: then no time is checked</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record ClaimRefused(
    string Reason, string? Clause, string By, RegionCode? ByRegion = null, LocalDate? AppealableUntil = null, string? OnBehalfOf = null);

/// <summary>The claimant appeals against the refusal.</summary>
/// <param name="Reason">what the claimant says against it</param>
/// <param name="Deadline">for the decision on the appeal</param>
public sealed record ClaimAppealed(string Reason, Deadline Deadline, string By);

/// <summary>The refusal stands, and no further appeal is possible.</summary>
/// <param name="Clause">the clause of the plan that this decision rests on</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record RefusalUpheld(string Reason, string? Clause, string By, string? OnBehalfOf = null);

/// <summary>The refusal does not stand: the claim is open again, and is assessed and decided anew.</summary>
/// <param name="Deadline">of the step that the claim waits for again</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
/// <param name="Resembles">other claims of the member that may be for the same, and were not noted before; null for none</param>
public sealed record RefusalReversed(
    string Reason, Deadline Deadline, string By, string? OnBehalfOf = null, IReadOnlyList<ClaimId>? Resembles = null);

/// <summary>The claimant takes the appeal back: the refusal stands, and no further appeal against it is possible.</summary>
public sealed record AppealWithdrawn(string Reason, string By);

/// <param name="On">business date in Asia/Shanghai; null before claims could be reopened: then no time is checked</param>
public sealed record ClaimWithdrawn(string Reason, string By, LocalDate? On = null);

/// <summary>A claim that had expired, was withdrawn or was refused is open again. It is assessed and decided anew.</summary>
/// <param name="Deadline">of the step that it then waits for; the clock begins anew</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
/// <param name="Resembles">other claims of the member that may be for the same, and were not noted before; null for none</param>
public sealed record ClaimReopened(
    ReopeningCause Cause, string Reason, Deadline Deadline, string By, string? OnBehalfOf = null, IReadOnlyList<ClaimId>? Resembles = null);

/// <summary>Several benefits of one event were claimed in one report. Each is a claim of its own from then on.</summary>
/// <param name="Member">whose event it is; all claims are under certificates of this person</param>
/// <param name="Region">of the first certificate</param>
public sealed record OccurrenceReported(
    OccurrenceId Occurrence, PersonId Member, RegionCode Region, LocalDate Date, IReadOnlyList<ClaimId> Claims, string By);

/// <summary>Somebody suspects that the claim is not honest: until the clearance it is not approved.</summary>
/// <param name="Reason">what is suspected; finance is not shown it</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
public sealed record SuspicionRaised(SuspicionKind Kind, string Reason, string By, string? OnBehalfOf = null);

/// <summary>The open suspicion of this kind does not hold.</summary>
public sealed record SuspicionCleared(SuspicionKind Kind, string Reason, string By);

/// <summary>How a person of the office told a claimant something that no text message told.</summary>
public enum ContactWay { Phone, InPerson, Letter, Message }

/// <summary>The claimant, or the payee, was told by a person of the office. Nothing else changes.</summary>
/// <param name="Notice">what of</param>
public sealed record ClaimantInformed(NoticeId Notice, ContactWay How, string By);

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

public enum Relation { Self, Spouse, Parent, Child, Sibling, OtherRelative, LegalHeir, NamedBeneficiary }

/// <summary>Member, claimant and payee are three facts: a living member is paid whoever claims, after a death the claimant or the
/// heirs.</summary>
/// <param name="Payee">where several heirs are paid, the first of them; so is the account</param>
/// <param name="RequiredDocuments">what the plan version bound to the certificate asks for in this kind of claim</param>
/// <param name="Flags">what an approver has to look at (<see cref="ClaimFlags"/>); null for nothing, or before flags were noted</param>
/// <param name="Deadline">until when the office is to do the first step; null before deadlines were kept</param>
/// <param name="Heirs">who is paid what share after a death, 2 to 10; null for a claim with one payee</param>
/// <param name="Settlement">of hospital insurance, on which the claim rests; null for none</param>
public sealed record ClaimSubmitted(
    ClaimId Claim, string Number, EnrolmentId Enrolment, PersonId Member, string Plan, int PlanVersion, string? Programme,
    RegionCode Region, Incident Incident, PersonId Claimant, Relation Relation, PersonId Payee, AccountId Account,
    IReadOnlyList<string> RequiredDocuments, string By, IReadOnlyList<string>? Flags = null, Deadline? Deadline = null,
    IReadOnlyList<Heir>? Heirs = null, Settlement? Settlement = null);

/// <param name="Sha256">hex digest of the file's content</param>
/// <param name="FillsGap">a required document that was missing until now</param>
/// <param name="Deadline">of the step that begins or goes on because the papers are complete with this one; null for any other</param>
public sealed record DocumentReceived(
    DocumentId Document, string Kind, string Sha256, bool FillsGap, string By, Deadline? Deadline = null);

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
public sealed record ClaimAssessed(
    Money Amount, CaseFacts Facts, IReadOnlyList<Step> Steps, int PlanVersion, string RuleHash, string Interpreter, string By,
    Consumption? Consumed = null, UnionLevel? ReviewLevel = null, Deadline? Deadline = null);

/// <summary>The office corrects what the incident is. The claim is to be assessed anew.</summary>
/// <param name="RequiredDocuments">what the plan version asks for in this kind of claim</param>
/// <param name="Missing">of these, and of what the claimant was asked for beside them, what is missing now</param>
/// <param name="Flags">what an approver has to look at (<see cref="ClaimFlags"/>); null for nothing</param>
/// <param name="Deadline">of the step that the claim then waits for; null for a claim from before deadlines were kept</param>
public sealed record ClaimReclassified(
    Incident Before, Incident After, IReadOnlyList<string> RequiredDocuments, IReadOnlyList<string> Missing, string Reason, string By,
    IReadOnlyList<string>? Flags = null, Deadline? Deadline = null);

/// <param name="Payout">null when nothing was payable and the claim only counts toward a deductible, and where several heirs are
/// paid</param>
/// <param name="Answers">the flags of the claim that the reason answers; null for a claim without flags</param>
/// <param name="Payouts">what each of several heirs gets, in their order; null where one payee is paid, or nothing</param>
public sealed record ClaimApproved(
    Money Amount, PayoutId? Payout, string By, string Reason, IReadOnlyList<string>? Answers = null,
    IReadOnlyList<HeirPayout>? Payouts = null);

/// <param name="Clause">the clause of the plan that the refusal rests on</param>
/// <param name="ByRegion">where the person who refused acts, and so the union level; null before appeals were recorded</param>
/// <param name="AppealableUntil">last day to appeal, Asia/Shanghai; null before appeals were recorded: then no time is checked</param>
public sealed record ClaimRefused(
    string Reason, string? Clause, string By, RegionCode? ByRegion = null, LocalDate? AppealableUntil = null);

/// <summary>The claimant appeals against the refusal.</summary>
/// <param name="Reason">what the claimant says against it</param>
/// <param name="Deadline">for the decision on the appeal</param>
public sealed record ClaimAppealed(string Reason, Deadline Deadline, string By);

/// <summary>The refusal stands, and no further appeal is possible.</summary>
/// <param name="Clause">the clause of the plan that this decision rests on</param>
public sealed record RefusalUpheld(string Reason, string? Clause, string By);

/// <summary>The refusal does not stand: the claim is open again, and is assessed and decided anew.</summary>
/// <param name="Deadline">of the step that the claim waits for again</param>
public sealed record RefusalReversed(string Reason, Deadline Deadline, string By);

public sealed record ClaimWithdrawn(string Reason, string By);

/// <summary>How a person of the office told a claimant something that no text message told.</summary>
public enum ContactWay { Phone, InPerson, Letter, Message }

/// <summary>The claimant, or the payee, was told by a person of the office. Nothing else changes.</summary>
/// <param name="Notice">what of</param>
public sealed record ClaimantInformed(NoticeId Notice, ContactWay How, string By);

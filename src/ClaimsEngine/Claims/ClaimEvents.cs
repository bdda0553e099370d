using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

public enum Relation { Self, Spouse, Parent, Child, Sibling, OtherRelative, LegalHeir, NamedBeneficiary }

/// <summary>Member, claimant and payee are three facts: a relative may claim for a living member, who is paid; after a death the claimant is.</summary>
/// <param name="RequiredDocuments">what the plan version bound to the certificate asks for in this kind of claim</param>
public sealed record ClaimSubmitted(
    ClaimId Claim, string Number, EnrolmentId Enrolment, PersonId Member, string Plan, int PlanVersion, string? Programme, RegionCode Region,
    Incident Incident, PersonId Claimant, Relation Relation, PersonId Payee, AccountId Account, IReadOnlyList<string> RequiredDocuments, string By);

/// <param name="Sha256">hex digest of the file's content</param>
/// <param name="FillsGap">a required document that was missing until now</param>
public sealed record DocumentReceived(DocumentId Document, string Kind, string Sha256, bool FillsGap, string By);

/// <summary>Computed by the engine; holds its inputs, so that it can be recomputed.</summary>
/// <param name="RuleHash">of the card that was used</param>
/// <param name="Interpreter">of the code that computed it</param>
/// <param name="Consumed">what it uses up besides money once it is approved; null is nothing</param>
/// <param name="ReviewLevel">the union level that decides this amount by the plan's own rule; null where the card names none</param>
public sealed record ClaimAssessed(
    Money Amount, CaseFacts Facts, IReadOnlyList<Step> Steps, int PlanVersion, string RuleHash, string Interpreter, string By, Consumption? Consumed = null,
    UnionLevel? ReviewLevel = null);

/// <param name="Payout">null when nothing was payable and the claim only counts toward a deductible</param>
public sealed record ClaimApproved(Money Amount, PayoutId? Payout, string By, string Reason);

/// <param name="Clause">the clause of the plan that the refusal rests on</param>
public sealed record ClaimRefused(string Reason, string? Clause, string By);

public sealed record ClaimWithdrawn(string Reason, string By);

using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>A decided claim as a what-if reads it.</summary>
/// <param name="Granted">approved, perhaps at 0.00; false is refused</param>
/// <param name="Approved">0.00 for a refused claim</param>
/// <param name="Assessed">by the engine at the time; null if it was refused without an assessment</param>
/// <param name="Facts">of that assessment; null without one</param>
/// <param name="Consumed">by that assessment; counted only if it was granted</param>
public sealed record DecidedClaim(
    string Number, PersonId Member, EnrolmentId Enrolment, RegionCode Region, IncidentKind Kind,
    LocalDate DecidedOn, bool Granted, Money Approved, Money? Assessed,
    CaseFacts? Facts, Consumption? Consumed);

/// <summary>What became of one claim.</summary>
/// <param name="After">what the draft card would have paid; 0.00 where it has no answer, as before where a person's refusal stands</param>
/// <param name="Reason">why the draft has no answer (a refusal's code and detail), or <c>kept</c> where a person's refusal stands: one
/// against the engine's sum, or without asking it. Null where the draft has an answer</param>
public sealed record WhatIfLine(DecidedClaim Claim, Money After, string? Reason)
{
    public const string Kept = "kept";

    public Money Before => Claim.Approved;
    public bool IsAnswered => Reason is null or Kept;
}

using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>What became of the rows of a sheet.</summary>
/// <param name="No">why the roster was refused as a whole; null when it was carried out</param>
internal sealed record RosterOutcome(RosterTally Tally, ParticipationReached? Participation, Refusal? No = null);

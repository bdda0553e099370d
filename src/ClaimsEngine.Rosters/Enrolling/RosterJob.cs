namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>One roster to be enrolled: what is asked for, the terms that follow from it, and who asks.</summary>
public sealed record RosterJob(RosterOrder Order, RosterTerms Terms, RosterSender Sender);

/// <summary>Who sends a roster, and under which names its events are found again.</summary>
/// <param name="Request">of all events of one roster: the id of its work</param>
/// <param name="Trace">of the request that sent it</param>
public sealed record RosterSender(Actor By, string Request, string Trace);

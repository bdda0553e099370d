using ClaimsEngine.Enrolments;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>How much of an employer takes part when a roster is enrolled, where the plan asks for a part of it. Writes nothing.</summary>
internal sealed class RosterParticipation(
    RosterTerms terms, EmployerMembers members, RosterDecider decider, KeyReader keys, PatientReading reading, IClock clock,
    CancellationToken cancelled)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool IsMeasured => terms.Eligibility.Participation is not null;

    /// <param name="accepted">rows that are to be enrolled and count</param>
    /// <returns>null where the plan measures nothing</returns>
    public async Task<ParticipationReached?> With(long accepted)
    {
        if (terms.Eligibility.Participation is not { } rule) return null;
        var question = EmployerRules.Question(
            terms.Eligibility, terms.Employer!.Code, terms.Plan, terms.Programme, clock.GetCurrentInstant().Date(), terms.To)!;
        var enrolled = await reading.Ask(() => members.Count(question, Patience, cancelled));
        return EmployerRules.Reached(rule, terms.Employer!, accepted + enrolled.All);
    }

    /// <summary>The same for all rows that would be accepted if they were stored batch by batch.</summary>
    /// <param name="foreseen">where the others are counted</param>
    /// <param name="report">rows decided</param>
    public async Task<ParticipationReached?> Foreseen(RosterSheet sheet, RosterTally foreseen, Action<long> report)
    {
        var (counted, done, left) = (0L, 0L, new PlacesLeft(keys, reading));
        RosterBatch? before = null;
        foreach (var rows in sheet.Drafts(foreseen).Chunk(GoodRows.BatchRows))
        {
            cancelled.ThrowIfCancellationRequested();
            var decided = await decider.Decide(rows, before);
            before = decided.Batch;
            foreseen.Refused(decided.Refused);
            foreseen.LeaveUnchanged(decided.Unchanged);
            await left.Look(before.Pools, cancelled);
            counted += before.Draws.Count(draw => left.Draw(draw.Places) is null && terms.Counts(draw.Draft.Person.IdNumber.Sex));
            report(done += rows.Length);
        }
        return await With(counted);
    }
}

using ClaimsEngine.Enrolments;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>Enrols everybody of a sheet in one transaction, or nobody.</summary>
internal sealed class AllOrNothing(
    RosterDecider decider, RosterParticipation participation, BulkWriter writer, IRosterProgress progress, CancellationToken cancelled)
{
    /// <summary>Rows that may be accepted as a whole: they are one transaction, for which other writers wait.</summary>
    private const int MostAtOnce = 50_000;

    public async Task<RosterOutcome> Enrol(RosterSheet sheet, RosterTally tally)
    {
        if (sheet.RowCount > MostAtOnce)
            return new RosterOutcome(tally, null, new Refusal(Refuse.TooLargeForAllOrNothing,
                $"{sheet.RowCount} rows; at most {MostAtOnce} are accepted as a whole, more with accept=good-rows", "accept"));
        progress.Report(0, sheet.RowCount);
        List<RosterDraft> rows = [.. sheet.Drafts(tally)];
        // An earlier run that was killed after its COMMIT has stored all of it.
        return RosterCheckpoint.Read(progress.Checkpoint) is { } stored ? Done(stored, sheet, tally) : await Enrol(rows, sheet, tally);
    }

    private async Task<RosterOutcome> Enrol(List<RosterDraft> rows, RosterSheet sheet, RosterTally tally)
    {
        for (var attempt = 1; ; attempt++)
        {
            var decided = await decider.Decide(rows);
            List<RefusedRow> refused = [.. decided.Refused, .. await decider.BeyondThePlaces(decided.Batch)];
            var reached = await participation.With(decided.Batch.Counted);
            if (refused.Count > 0 || tally.Rejected > 0)
            {
                tally.Refused(refused.OrderBy(row => row.Row));
                tally.LeaveUnchanged(decided.Unchanged);
                var no = new Refusal(Refuse.RowsNotAccepted, $"{tally.Rejected} of {sheet.RowCount} rows cannot be accepted");
                return new RosterOutcome(tally, reached, no);
            }
            if (reached is not null && EmployerRules.TooFew(reached) is { } tooFew)
            {
                tally.LeaveUnchanged(decided.Unchanged);
                return new RosterOutcome(tally, reached, tooFew);
            }
            var last = rows.Count == 0 ? 0 : rows[^1].Row;
            var all = RosterCheckpoint.Beginning(reached).After(last, decided.Accepted, decided.Unchanged, []);
            if (decided.Accepted == 0 || await Store(decided, all)) return Done(all, sheet, tally);
            if (attempt == Race.Attempts)
                return new RosterOutcome(tally, reached, new Refusal(Refuse.Busy, "others changed the same things; send the roster again"));
            await Race.Pause(attempt, cancelled);
        }
    }

    private async Task<bool> Store(DecidedBatch decided, RosterCheckpoint all) =>
        await writer.Write(decided.Batch.Write, cancelled, connection => progress.Note(connection, all.ToJson(), cancelled)) is Stored;

    private RosterOutcome Done(RosterCheckpoint all, RosterSheet sheet, RosterTally tally)
    {
        tally.Accept(all.Accepted);
        tally.LeaveUnchanged(all.Unchanged);
        progress.Report(sheet.RowCount, sheet.RowCount);
        return new RosterOutcome(tally, all.Participation);
    }
}

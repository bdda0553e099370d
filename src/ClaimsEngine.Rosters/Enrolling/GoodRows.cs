using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>
/// Enrols the good rows of a sheet, batch by batch, and lists the bad ones. It goes on where an earlier run of the same roster stopped.
/// </summary>
internal sealed class GoodRows(
    RosterDecider decider, RosterParticipation participation, Func<RosterTally, RosterCheckpoint, BatchStorage> storage,
    IRosterProgress progress, PatientReading reading, CancellationToken cancelled)
{
    public const int BatchRows = 1_000;

    private long done;

    public async Task<RosterOutcome> Enrol(RosterSheet sheet, RosterTally tally)
    {
        var total = sheet.RowCount * (participation.IsMeasured ? 2L : 1);
        progress.Report(0, total);
        if (RosterCheckpoint.Read(progress.Checkpoint) is not { } checkpoint)
        {
            checkpoint = RosterCheckpoint.Beginning(null);
            if (participation.IsMeasured)
            {
                var foreseen = new RosterTally(sheet);
                var reached = await participation.Foreseen(sheet, foreseen, rows => progress.Report(rows, total));
                if (reached is not null && EmployerRules.TooFew(reached) is { } tooFew) return new RosterOutcome(foreseen, reached, tooFew);
                checkpoint = RosterCheckpoint.Beginning(reached);
                await Note(checkpoint);
            }
        }
        if (participation.IsMeasured) done = sheet.RowCount;
        await Enrol(sheet, tally, checkpoint, total);
        progress.Report(total, total);
        return new RosterOutcome(tally, checkpoint.Participation);
    }

    /// <summary>While one batch is being stored the next one is read and decided.</summary>
    private async Task Enrol(RosterSheet sheet, RosterTally tally, RosterCheckpoint checkpoint, long total)
    {
        var batches = storage(tally, checkpoint);
        var storing = Task.CompletedTask;
        var first = true;
        try
        {
            foreach (var rows in NotDealtWith(sheet, tally, checkpoint).Chunk(BatchRows))
            {
                cancelled.ThrowIfCancellationRequested();
                var decided = await decider.Decide(rows);
                await storing;
                storing = Task.Run(() => batches.Store(rows, decided), CancellationToken.None);
                if (first) await storing;   // the first of an employer begins its cover, which the others join
                first = false;
                progress.Report(done += rows.Length, total);
            }
        }
        finally
        {
            await storing;
        }
    }

    /// <summary>
    /// The people behind the checkpoint. What became of the others is told by the checkpoint, or found again in the sheet.
    /// </summary>
    private IEnumerable<RosterDraft> NotDealtWith(RosterSheet sheet, RosterTally tally, RosterCheckpoint checkpoint)
    {
        tally.Accept(checkpoint.Accepted);
        tally.LeaveUnchanged(checkpoint.Unchanged);
        var refusals = checkpoint.Refusals();
        foreach (var draft in sheet.Drafts(tally))
        {
            if (draft.Row > checkpoint.LastRow)
            {
                yield return draft;
                continue;
            }
            if (refusals.TryGetValue(draft.Row, out var refusal)) tally.Refused(draft.Row, refusal);
            done++;
        }
    }

    private Task<bool> Note(RosterCheckpoint checkpoint) => reading.Ask(async () =>
    {
        await progress.Note(checkpoint.ToJson(), cancelled);
        return true;
    });
}

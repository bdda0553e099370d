using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>
/// Stores the batches of a roster one after another. What becomes of a batch is counted and noted when it is stored, in the same
/// transaction, so that a checkpoint never tells of more or less than is on record.
/// </summary>
internal sealed class BatchStorage(
    RosterDecider decider, BulkWriter writer, IRosterProgress progress, PatientReading reading, RosterTally tally, RosterCheckpoint begun,
    CancellationToken cancelled)
{
    private readonly HashSet<string> tight = [];   // pools that were found full
    private RosterCheckpoint checkpoint = begun;

    /// <summary>Stores what was decided, and decides again where somebody else was quicker.</summary>
    /// <param name="rows">one or more, behind all that were stored before</param>
    public Task Store(IReadOnlyList<RosterDraft> rows, DecidedBatch decided) => Store(rows, decided, rows[^1].Row, []);

    /// <param name="lastRow">of the batch, its refused rows included</param>
    /// <param name="full">rows of the batch for which a pool has too little left; they are no longer among the rows</param>
    private async Task Store(IReadOnlyList<RosterDraft> rows, DecidedBatch decided, int lastRow, IReadOnlyList<RefusedRow> full)
    {
        for (var attempt = 1; ; attempt++, decided = await decider.Decide(rows))
        {
            // A row that one pool refuses leaves its part of the other pools to the next.
            if (decided.Batch.Pools.Any(tight.Contains) && await decider.BeyondThePlaces(decided.Batch) is { Count: > 0 } beyond)
            {
                full = [.. full, .. beyond];
                var gone = beyond.Select(row => row.Row).ToHashSet();
                rows = [.. rows.Where(row => !gone.Contains(row.Row))];
                attempt = 0;   // fewer are left: so far it is no race that was lost
                continue;
            }

            var outcome = await Store(decided, lastRow, [.. full, .. decided.Refused]);
            if (outcome is Stored) return;
            if (outcome is PlacesExhausted exhausted && tight.Add(exhausted.Pool)) continue;
            if (attempt < Race.Attempts)
            {
                await Race.Pause(attempt, cancelled);
                continue;
            }
            await GiveUpTogether(rows, lastRow, full);
            return;
        }
    }

    /// <summary>One row that always loses must not hold up the others.</summary>
    private async Task GiveUpTogether(IReadOnlyList<RosterDraft> rows, int lastRow, IReadOnlyList<RefusedRow> full)
    {
        if (rows.Count == 1)
        {
            var busy = new RefusedRow(rows[0].Row, new Refusal(Refuse.Busy, "others changed the same things"));
            await Settle(lastRow, 0, 0, [.. full, busy], NoteAlone);
            return;
        }
        var half = (rows.Count + 1) / 2;
        RosterDraft[] first = [.. rows.Take(half)], second = [.. rows.Skip(half)];
        var middle = first[^1].Row;
        await Store(first, await decider.Decide(first), middle, [.. full.Where(row => row.Row <= middle)]);
        await Store(second, await decider.Decide(second), lastRow, [.. full.Where(row => row.Row > middle)]);
    }

    private Task<WriteOutcome> Store(DecidedBatch decided, int lastRow, IReadOnlyList<RefusedRow> refused) =>
        Settle(lastRow, decided.Accepted, decided.Unchanged, refused, decided.Accepted == 0 ? NoteAlone
            : next => writer.Write(decided.Batch.Write, cancelled, connection => progress.Note(connection, next.ToJson(), cancelled)));

    /// <summary>Counts rows once they are stored.</summary>
    /// <param name="store">stores them together with the checkpoint behind them</param>
    private async Task<WriteOutcome> Settle(
        int lastRow, int accepted, int unchanged, IReadOnlyList<RefusedRow> refused, Func<RosterCheckpoint, Task<WriteOutcome>> store)
    {
        var next = checkpoint.After(lastRow, accepted, unchanged, refused);
        var outcome = await store(next);
        if (outcome is not Stored) return outcome;
        checkpoint = next;
        tally.Refused(refused);
        tally.Accept(accepted);
        tally.LeaveUnchanged(unchanged);
        return outcome;
    }

    /// <summary>Nothing is stored but the checkpoint. To note it twice does no harm.</summary>
    private Task<WriteOutcome> NoteAlone(RosterCheckpoint next) => reading.Ask<WriteOutcome>(async () =>
    {
        await progress.Note(next.ToJson(), cancelled);
        return new Stored(0);
    });
}

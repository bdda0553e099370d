using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>A batch, and what becomes of its rows if it is stored.</summary>
internal sealed record DecidedBatch(RosterBatch Batch, IReadOnlyList<RefusedRow> Refused, int Unchanged)
{
    public int Accepted => Batch.Draws.Count;
}

/// <summary>
/// Decides batches of one roster on what is on record now. Writes nothing; waits while PostgreSQL is away for some seconds.
/// </summary>
internal sealed class RosterDecider(RecordRoom records, RosterJob job, PatientReading reading, IClock clock, CancellationToken cancelled)
{
    /// <param name="before">a batch of which nothing was written, and which this one follows all the same</param>
    public Task<DecidedBatch> Decide(IReadOnlyList<RosterDraft> rows, RosterBatch? before = null) => reading.Ask(async () =>
    {
        var batch = await RosterBatch.Prepare(records, job, rows, clock.GetCurrentInstant(), cancelled);
        if (before is not null) batch.Foresee(before);
        var (refused, unchanged) = (new List<RefusedRow>(), 0);
        foreach (var row in rows)
        {
            if (await batch.Holds(row)) unchanged++;
            else if (await batch.Decide(row) is { } refusal) refused.Add(new RefusedRow(row.Row, refusal));
        }
        return new DecidedBatch(batch, refused, unchanged);
    });

    /// <summary>The rows of a batch that find too little left in a pool: first come, first served.</summary>
    public async Task<IReadOnlyList<RefusedRow>> BeyondThePlaces(RosterBatch batch)
    {
        var (left, beyond) = (new PlacesLeft(records.Keys, reading), new List<RefusedRow>());
        await left.Look(batch.Pools, cancelled);
        foreach (var (draft, places) in batch.Draws)
            if (left.Draw(places) is { } full) beyond.Add(new RefusedRow(draft.Row, full));
        return beyond;
    }
}

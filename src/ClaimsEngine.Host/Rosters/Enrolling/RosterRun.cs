using System.Globalization;
using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Pipeline;

namespace ClaimsEngine.Host.Rosters.Enrolling;

/// <summary>How a roster ended.</summary>
/// <param name="No">why it was refused as a whole; null when it was carried out</param>
public sealed record RosterEnd(RosterResult Result, NotDone? No);

/// <summary>
/// Enrols the people of a roster, each by the rule of a single enrolment. Rows are read, decided and stored in batches: memory does not grow with the
/// sheet, but for the reasons of rows that are not accepted and, in order to know duplicates, some 30 bytes a row. Sending a roster again changes nothing.
/// </summary>
public sealed class RosterRun(ClaimsDatabase database, IdentityKey identityKey, IClock clock, RosterOrder order, RosterTerms terms, RosterSender sender)
{
    /// <summary>Rows of a roster that may be accepted as a whole: they are one transaction, for which other writers wait.</summary>
    public const int MostAtOnce = 50_000;

    private const int BatchRows = 1_000, Attempts = 12;

    private readonly IEventStore store = database.Events;
    private readonly HashSet<string> tight = [];   // pools that were found full
    private RosterTally tally = null!;
    private CancellationToken cancelled;

    /// <param name="file">read in place if it can seek; left open</param>
    /// <param name="corrected">asked for once, when there are rows to be corrected: the sheet with its reasons is written there</param>
    /// <param name="report">rows done, and rows in all over every pass</param>
    public async Task<RosterEnd> Over(Stream file, Func<Stream> corrected, Action<long, long?> report, CancellationToken cancellation)
    {
        cancelled = cancellation;
        var (opened, fault) = await RosterSheet.Open(file, terms.Defaults(sender.By), cancellation: cancellation);
        if (opened is null) return Unreadable(fault!);
        using var sheet = opened;
        tally = new RosterTally(sheet);
        var (no, participation) = order.Accept == RosterAccept.AllOrNothing ? await AsAWhole(sheet, report) : await RowByRow(sheet, report);
        if (tally.Rejected > 0)
            await CorrectedSheet.Write(sheet, sheet.Read().Select(row => (row.Sheet, tally.ReasonsOf(row))), corrected(), cancellation: cancellation);
        return new RosterEnd(ResultOf(sheet, participation), no);
    }

    private async Task<(NotDone? No, ParticipationReached? Reached)> AsAWhole(RosterSheet sheet, Action<long, long?> report)
    {
        if (sheet.RowCount > MostAtOnce)
            return (NotDone.For(new Refusal(Refuse.TooLargeForAllOrNothing,
                $"{sheet.RowCount} rows; at most {MostAtOnce} are accepted as a whole, more with accept=good-rows", "accept")), null);
        report(0, sheet.RowCount);
        var rows = new List<RosterDraft>(sheet.RowCount);
        foreach (var draft in Drafts(sheet, tally)) rows.Add(draft);

        for (var attempt = 1; ; attempt++)
        {
            var (batch, refused, unchanged) = await Decide(rows, null);
            refused.AddRange(await BeyondThePlaces(batch));
            if (refused.Count > 0 || tally.Rejected > 0)
            {
                foreach (var (row, refusal) in refused.OrderBy(pair => pair.Row)) tally.Refused(row, refusal);
                tally.LeaveUnchanged(unchanged);
                return (NotDone.For(new Refusal(Refuse.RowsNotAccepted, $"{tally.Rejected} of {sheet.RowCount} rows cannot be accepted")), await Reached(batch.Counted));
            }
            var reached = await Reached(batch.Counted);
            if (reached?.IsEnough() == false)
            {
                tally.LeaveUnchanged(unchanged);
                return (TooFew(reached), reached);
            }
            if (rows.Count == unchanged || await store.Append(batch.Append(), cancelled) is Appended)
            {
                tally.Accept(rows.Count - unchanged);
                tally.LeaveUnchanged(unchanged);
                report(sheet.RowCount, null);
                return (null, reached);
            }
            if (attempt == Attempts) return (new NotDone(Refuse.Busy, "others changed the same things; send the roster again", []), reached);
            await Pause(attempt);
        }
    }

    private async Task<(NotDone? No, ParticipationReached? Reached)> RowByRow(RosterSheet sheet, Action<long, long?> report)
    {
        var done = 0L;
        ParticipationReached? reached = null;
        var total = sheet.RowCount * (terms.Eligibility.Participation is null ? 1L : 2);
        report(0, total);
        if (terms.Eligibility.Participation is not null)
        {
            var foreseen = new RosterTally(sheet);
            reached = await Reached(await WouldBeAccepted(sheet, foreseen, rows => report(done += rows, total)));
            if (reached?.IsEnough() == false)
            {
                tally = foreseen;
                return (TooFew(reached), reached);
            }
        }

        // while one batch is being stored the next one is read and decided
        var storing = Task.CompletedTask;
        var first = true;
        try
        {
            foreach (var rows in Drafts(sheet, tally).Chunk(BatchRows))
            {
                cancelled.ThrowIfCancellationRequested();
                var prepared = await Decide(rows, null);
                await storing;
                storing = Task.Run(() => Store(rows, prepared), CancellationToken.None);
                if (first) await storing;   // the first of a unit begins its cover, which the others join
                first = false;
                report(done += rows.Length, null);
            }
        }
        finally
        {
            await storing;
        }
        report(total, null);
        return (null, reached);
    }

    /// <summary>Stores what was decided, and decides again what somebody else was quicker at.</summary>
    private async Task Store(IReadOnlyList<RosterDraft> rows, Decided decided)
    {
        for (var attempt = 1; ; attempt++, decided = await Decide(rows, null))
        {
            var (batch, refused, unchanged) = decided;
            var full = new HashSet<int>();
            // all pools or none: a row that one of them refuses leaves its part of the others
            if (batch.Pools.Any(tight.Contains))
                foreach (var (row, refusal) in await BeyondThePlaces(batch))
                {
                    full.Add(row);
                    tally.Refused(row, refusal);
                }
            if (full.Count > 0)
            {
                rows = [.. rows.Where(row => !full.Contains(row.Row))];
                attempt = 0;   // fewer are left: so far it is no race that was lost
                continue;
            }

            var accepted = rows.Count - refused.Count - unchanged;
            var outcome = accepted == 0 ? null : await store.Append(batch.Append(), cancelled);
            if (outcome is null or Appended)
            {
                foreach (var (row, refusal) in refused) tally.Refused(row, refusal);
                tally.Accept(accepted);
                tally.LeaveUnchanged(unchanged);
                return;
            }
            if (outcome is PlacesExhausted exhausted && tight.Add(exhausted.Pool)) continue;
            if (attempt >= Attempts)
            {
                // one row that always loses must not hold up the others
                if (rows.Count > 1)
                    foreach (var half in rows.Chunk((rows.Count + 1) / 2)) await Store(half, await Decide(half, null));
                else tally.Refused(rows[0].Row, new Refusal(Refuse.Busy, "others changed the same things"));
                return;
            }
            await Pause(attempt);
        }
    }

    /// <summary>How many rows would be accepted whose part in the unit is measured. Writes nothing.</summary>
    private async Task<long> WouldBeAccepted(RosterSheet sheet, RosterTally foreseen, Action<int> report)
    {
        var (counted, left) = (0L, new PlacesLeft(store));
        RosterBatch? before = null;
        foreach (var rows in Drafts(sheet, foreseen).Chunk(BatchRows))
        {
            cancelled.ThrowIfCancellationRequested();
            (before, var refused, var unchanged) = await Decide(rows, before);
            foreach (var (row, refusal) in refused) foreseen.Refused(row, refusal);
            foreseen.LeaveUnchanged(unchanged);
            await left.Look(before.Pools, cancelled);
            counted += before.Draws.Count(draw => left.Draw(draw.Places) is null && terms.Counts(draw.Draft.Person.IdNumber.Sex));
            report(rows.Length);
        }
        return counted;
    }

    private sealed record Decided(RosterBatch Batch, List<(int Row, Refusal Refusal)> Refused, int Unchanged);

    /// <param name="before">a batch of which nothing was written, and which this one follows all the same</param>
    private async Task<Decided> Decide(IReadOnlyList<RosterDraft> rows, RosterBatch? before)
    {
        var batch = await RosterBatch.Prepare(store, identityKey, order, terms, sender, rows, clock.GetCurrentInstant(), cancelled);
        if (before is not null) batch.Foresee(before);
        var (refused, unchanged) = (new List<(int, Refusal)>(), 0);
        foreach (var row in rows)
        {
            if (batch.Holds(row)) unchanged++;
            else if (await batch.Decide(row) is { } refusal) refused.Add((row.Row, refusal));
        }
        return new Decided(batch, refused, unchanged);
    }

    /// <summary>The rows of a batch that find too little left in a pool: first come, first served.</summary>
    private async Task<List<(int Row, Refusal Refusal)>> BeyondThePlaces(RosterBatch batch)
    {
        var (left, beyond) = (new PlacesLeft(store), new List<(int, Refusal)>());
        await left.Look(batch.Pools, cancelled);
        foreach (var (draft, places) in batch.Draws)
            if (left.Draw(places) is { } full) beyond.Add((draft.Row, full));
        return beyond;
    }

    /// <summary>The rows that say of somebody, and of nobody a second time.</summary>
    /// <param name="counting">where the others are counted</param>
    private static IEnumerable<RosterDraft> Drafts(RosterSheet sheet, RosterTally counting)
    {
        var firstRows = new Dictionary<long, int>(sheet.RowCount);
        foreach (var row in sheet.Read())
        {
            counting.Note(row);
            if (row.Draft is not { } draft) counting.Unreadable(row);
            else if (firstRows.TryAdd(NumberOf(draft), row.Number)) yield return draft;
            else counting.Duplicate(row.Number, firstRows[NumberOf(draft)]);
        }
    }

    /// <summary>The identity number in eight bytes: its last character follows from the other seventeen.</summary>
    private static long NumberOf(RosterDraft draft) => long.Parse(draft.Person.IdNumber.Value.AsSpan(0, 17), CultureInfo.InvariantCulture);

    private async Task<ParticipationReached?> Reached(long accepted) => terms.Eligibility.Participation is not { } rule ? null
        : UnitRules.Reached(rule, terms.Unit!, accepted + await UnitMembers.Count(database, terms, clock.GetCurrentInstant().Date().PlusDays(1), cancelled));

    private static NotDone TooFew(ParticipationReached reached) => NotDone.For(new Refusal(Refuse.ParticipationTooLow,
        $"{reached.Enrolled} of {reached.Of} take part, {reached.Percent.ToString(CultureInfo.InvariantCulture)} %; the plan asks for {reached.Required} %"));

    private Task Pause(int attempt) => Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1 << Math.Min(attempt + 2, 8))), cancelled);

    private RosterEnd Unreadable(RosterFileFault fault) => new(
        ResultOf(null, null) with { Fault = new RosterFileProblem(fault.Code, fault.Text, fault.TextZh) }, NotDone.For(new Refusal(Refuse.RosterUnreadable, fault.Text)));

    private RosterResult ResultOf(RosterSheet? sheet, ParticipationReached? participation) => new(
        order.Programme, order.Plan, order.Unit, NameOf(order.Accept), sheet is null ? null : FormOf(sheet.Format), sheet?.RowCount ?? 0,
        tally?.Accepted ?? 0, tally?.Rejected ?? 0, tally?.Unchanged ?? 0, participation, tally?.Errors ?? [], tally?.Notes is { Count: > 0 } notes ? notes : null, null);

    public static string NameOf(RosterAccept accept) => accept == RosterAccept.AllOrNothing ? RosterAcceptNames.AllOrNothing : RosterAcceptNames.GoodRows;

    private static string FormOf(SheetFormat format) => format == SheetFormat.Csv ? "csv" : "xlsx";
}

using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>How a roster ended.</summary>
/// <param name="No">why it was refused as a whole; null when it was carried out</param>
public sealed record RosterEnd(RosterResult Result, NotDone? No);

/// <summary>
/// Enrols the people of rosters, each by the rule of a single enrolment. Rows are read, decided and stored in batches: memory does not grow
/// with the sheet, but for the reasons of rows that are not accepted and, in order to know duplicates, some 30 bytes a row. A run that was
/// killed goes on where it stopped; sending a roster again changes nothing.
/// </summary>
public sealed class RosterRun(RecordRoom records, BulkWriter writer, EmployerMembers members, StorageOptions options, IClock clock)
{
    /// <param name="file">read in place if it can seek; left open</param>
    /// <param name="corrected">
    /// asked for once, when there are rows to be corrected: the sheet with its reasons is written there; left open
    /// </param>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL did not come back within <see cref="StorageOptions.Reconnect"/>.</exception>
    public async Task<RosterEnd> Over(
        RosterJob job, Stream file, Func<Stream> corrected, IRosterProgress progress, CancellationToken cancellation)
    {
        var (opened, fault) = await RosterSheet.Open(file, job.Terms.Defaults(job.Sender.By), cancellation: cancellation);
        if (opened is null) return Unreadable(job.Order, fault!);
        using var sheet = opened;
        var outcome = new RosterOutcome(new RosterTally(sheet), null);
        try
        {
            outcome = await Enrol(job, sheet, outcome.Tally, progress, cancellation);
            var tally = outcome.Tally;
            var rows = sheet.Read().Select(row => (row.Sheet, tally.ReasonsOf(row)));
            if (tally.Rejected > 0) await CorrectedSheet.Write(sheet, rows, corrected(), cancellation: cancellation);
        }
        catch (Exception exception) when (Postgres.IsFull(exception))
        {
            outcome = outcome with
            {
                No = new Refusal(Refuse.StorageFull, "the storage is full. What was stored stays. "
                    + "Send the same roster again when there is room: who is enrolled is left unchanged"),
            };
        }
        catch (RegisterBehindException)
        {
            outcome = outcome with
            {
                No = new Refusal(Refuse.Busy, "it is not known yet who of the employer is a member; send the same roster again"),
            };
        }
        return new RosterEnd(ResultOf(job.Order, sheet, outcome), outcome.No is { } no ? NotDone.For(no) : null);
    }

    private Task<RosterOutcome> Enrol(
        RosterJob job, RosterSheet sheet, RosterTally tally, IRosterProgress progress, CancellationToken cancellation)
    {
        var reading = new PatientReading(options, cancellation);
        var decider = new RosterDecider(records, job, reading, clock, cancellation);
        var participation = new RosterParticipation(job.Terms, members, decider, records.Keys, reading, clock, cancellation);
        return job.Order.Accept == RosterAccept.AllOrNothing
            ? new AllOrNothing(decider, participation, writer, progress, cancellation).Enrol(sheet, tally)
            : new GoodRows(decider, participation, Storage, progress, reading, cancellation).Enrol(sheet, tally);

        BatchStorage Storage(RosterTally counting, RosterCheckpoint begun) =>
            new(decider, writer, progress, reading, counting, begun, cancellation);
    }

    private static RosterEnd Unreadable(RosterOrder order, RosterFileFault fault) => new(
        ResultOf(order, null, null) with { Fault = new RosterFileProblem(fault.Code, fault.Text, fault.TextZh) },
        NotDone.For(new Refusal(Refuse.RosterUnreadable, fault.Text)));

    private static RosterResult ResultOf(RosterOrder order, RosterSheet? sheet, RosterOutcome? outcome)
    {
        var tally = outcome?.Tally;
        return new RosterResult(
            order.Programme, order.Plan, order.Employer, order.Accept.Name(),
            sheet?.Format.ToString().ToLowerInvariant(), sheet?.RowCount ?? 0,
            tally?.Accepted ?? 0, tally?.Rejected ?? 0, tally?.Unchanged ?? 0, outcome?.Participation, tally?.Errors ?? [],
            tally?.Notes is { Count: > 0 } notes ? notes : null, null);
    }
}

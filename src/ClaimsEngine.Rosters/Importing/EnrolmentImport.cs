using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ClaimsEngine.Programmes;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Rosters.Importing;

/// <summary>How an import ended.</summary>
/// <param name="Rows">of the sheet</param>
/// <param name="Rejected">rows of which nothing was stored, in this run or an earlier one</param>
/// <param name="Earlier">rows that an earlier run over the same source dealt with, so that this one passed them over</param>
/// <param name="Unchanged">rows of this run that were recorded before, by another source or one by one</param>
/// <param name="Events">stored by this run</param>
/// <param name="Position">of the source's last event in the feed, whichever run stored it</param>
public sealed record ImportEnd(long Rows, long Rejected, long Earlier, long Unchanged, long Events, long Position);

/// <summary>
/// Enrolments of the past from a sheet, each decided by the rules of its own day, stored in bulk. The rows that were dealt with are noted
/// in the transactions that store them, under the hash of the file: a run that was killed goes on where it stopped, and a whole one changes
/// nothing. Memory does not grow with the sheet, but for the reasons of the rows that are rejected.
/// </summary>
/// <param name="defaults">what the rows need not say</param>
public sealed class EnrolmentImport(Importer importer, RecordRoom records, IClock clock, PastCover defaults, Actor by)
{
    /// <summary>Rows whose questions are asked together.</summary>
    private const int ChunkRows = 2_000;

    private static readonly RosterLimits Limits = new() { Rows = 200_000_000, LastRow = int.MaxValue - 1, FileBytes = 64L << 30 };

    private long committed, unchanged;

    /// <param name="file">CSV or XLSX, seekable; left open</param>
    /// <param name="rejected">asked for once, if rows were rejected: a sheet of them, with their reasons, is written there</param>
    /// <param name="report">rows dealt with, and rows in all</param>
    /// <returns>how it ended, or why the file can't be read: exactly one of the two</returns>
    /// <exception cref="SourceTakenException">Another process imports this file.</exception>
    public async Task<(ImportEnd? End, RosterFileFault? Fault)> Over(
        Stream file, Func<Stream> rejected, Action<long, long> report, CancellationToken cancellation)
    {
        file.Position = 0;
        var source = await SourceOf(file, cancellation);
        file.Position = 0;
        var (opened, fault) = await RosterSheet.Open(file, new RosterDefaults(Within: by.Region, Past: defaults), Limits, cancellation);
        if (opened is null) return (null, fault);
        using var sheet = opened;

        var before = await importer.StateOf(source, cancellation);
        committed = before?.LastRow ?? 0;
        var progress = new Listener(state =>
        {
            Volatile.Write(ref committed, state.LastRow);
            report(state.Rows, sheet.RowCount);
        });
        var state = await importer.Run(source, Rows(sheet, source, committed, cancellation), null, progress, cancellation);
        if (state.Rejected > 0) await WriteRejected(sheet, source, rejected(), cancellation);
        return (new ImportEnd(
            sheet.RowCount, state.Rejected, before?.Rows ?? 0, unchanged, state.Events - (before?.Events ?? 0), state.Position), null);
    }

    /// <summary>The file, what was said of all its rows, and for which place: said otherwise it is another source.</summary>
    private async Task<string> SourceOf(Stream file, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        return $"enrolments/{hash}/{defaults.Programme}/{defaults.Plan}/{defaults.Employer}/{defaults.EnrolledOn:uuuuMMdd}/{by.Region}";
    }

    private async IAsyncEnumerable<ImportRow> Rows(
        RosterSheet sheet, string source, long resumed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var inFlight = new InFlight();
        var request = NamedGuid.Of("import", source).ToString();   // every event carries it: 36 characters, not the source's 80
        var today = clock.GetCurrentInstant().Date();
        foreach (var rows in sheet.Read().Where(row => row.Number > resumed).Chunk(ChunkRows))
        {
            inFlight.Forget(Volatile.Read(ref committed));
            var drafts = rows.Select(row => row.Draft).OfType<RosterDraft>().ToArray();
            var chunk = await ImportChunk.Prepare(records, by, inFlight, request, drafts, today, cancellation);
            foreach (var row in rows)
            {
                if (row.Draft is not { } draft)
                {
                    yield return ImportChunk.Unreadable(row);
                    continue;
                }
                var (decided, outcome) = await chunk.Decide(draft);
                if (outcome == Outcome.Unchanged) unchanged++;
                yield return decided;
            }
        }
    }

    private async Task WriteRejected(RosterSheet sheet, string source, Stream destination, CancellationToken cancellation)
    {
        var (reasons, texts) = (new Dictionary<long, string>(), new SharedTexts());
        await foreach (var row in importer.RejectedRows(source, cancellation)) reasons[row.Row] = texts.Of(ReasonOf(row));
        var rows = sheet.Rows().Where(row => reasons.ContainsKey(row.Number)).Select(row => (row, reasons[row.Number]));
        await CorrectedSheet.Write(sheet, rows, destination, keepRowNumbers: false, cancellation);
    }

    /// <summary>In Chinese, as the column of reasons says it.</summary>
    private static string ReasonOf(RejectedRow row) => row.Reason switch
    {
        RejectionReason.Refused => row.Detail,
        RejectionReason.PlacesExhausted => (Programme.IsBudget(row.Subject) ? Refuse.BudgetExceeded : Refuse.QuotaExceeded).TitleZh,
        RejectionReason.Unstorable => RosterFaults.ControlCharacter.TextZh,
        // Others recorded the same person meanwhile, or an earlier row that this one follows was rejected.
        _ => Refuse.Busy.TitleZh,
    };
}

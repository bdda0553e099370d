using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>Writes a sheet of text, row by row. What is written goes to the destination asynchronously in pieces of some 64 KiB, and is not
/// held.</summary>
public abstract class SheetWriter : IAsyncDisposable
{
    private readonly Pieces pieces;
    private bool finished;

    private protected SheetWriter(Stream destination) => pieces = new Pieces(destination);

    /// <summary>Where a format writes.</summary>
    private protected Stream Output => pieces.Output;

    /// <param name="destination">left open</param>
    /// <param name="name">of the sheet in an XLSX file: what a workbook does not allow in it is left out</param>
    /// <param name="separator">between the cells of a CSV file</param>
    public static SheetWriter To(Stream destination, SheetFormat format, string name = "", char separator = ',') =>
        format == SheetFormat.Csv ? new CsvSheetWriter(destination, separator) : new XlsxSheetWriter(destination, name);

    /// <summary>
    /// The next row; without cells, a blank one. Text that is no valid Unicode is written with U+FFFD. In CSV, what a spreadsheet would
    /// compute gets an apostrophe, which reading takes off; in XLSX every cell is text, of which 32,767 characters are written. NUL is left
    /// out of CSV, which would be no text with it.
    /// </summary>
    public async ValueTask Write(IReadOnlyList<string> cells, CancellationToken cancellation = default)
    {
        await WriteRow(cells, cancellation);
        await pieces.SendIfFull(cancellation);
    }

    /// <summary>Ends the file. Without it what was written is no whole file: so it stays after a fault halfway.</summary>
    public async Task Finish(CancellationToken cancellation = default)
    {
        if (finished) return;
        finished = true;
        await End(cancellation);
        await pieces.Finish(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Release();   // nothing more is sent
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask WriteRow(IReadOnlyList<string> cells, CancellationToken cancellation);

    private protected abstract ValueTask End(CancellationToken cancellation);

    /// <summary>Gives back what the format holds, whether it has ended or not; also twice.</summary>
    private protected abstract ValueTask Release();
}

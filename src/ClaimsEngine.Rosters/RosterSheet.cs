using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>
/// A roster as it stands in a CSV or XLSX file. Opening it goes through the whole file once, so that whatever is wrong with the file as
/// such is known before the first row is taken; the rows can then be read any number of times, one reading at a time, in memory that does
/// not grow with their number.
/// </summary>
public sealed class RosterSheet : IDisposable
{
    private readonly Stream stream;
    private readonly bool owned;
    private readonly RosterFile file;
    private readonly ISheetSource source;
    private readonly RosterHeader header;
    private readonly RosterDefaults defaults;
    private readonly MergedRange[] merged;
    private readonly int[] dates;

    private RosterSheet(
        Stream stream, bool owned, RosterFile file, ISheetSource source, RosterHeader header, RosterDefaults defaults, Extent extent)
    {
        (this.stream, this.owned, this.file, this.source, this.header, this.defaults) = (stream, owned, file, source, header, defaults);
        (RowCount, BlankRows, Width) = (extent.Rows, extent.LastRow - header.Row.Number - extent.Rows, extent.Width);
        // those in the header or above it say nothing about people
        merged = [.. source.Merged.Where(range => range.LastRow > header.Row.Number && Matters(range)).OrderBy(range => range.FirstRow)];
        dates = [.. Headings.Where(heading => heading.Column?.IsDate() == true).Select(heading => heading.Position)];
    }

    public SheetFormat Format => file.Format;

    /// <summary>The sheet's name in its workbook; empty for CSV.</summary>
    public string Name => source.Name;

    /// <summary>The header's row, as the person sees it.</summary>
    public int HeaderRow => header.Row.Number;

    /// <summary>By position, up to the last that is not blank.</summary>
    public IReadOnlyList<SheetHeading> Headings => header.Headings;

    /// <summary>Rows below the header that hold anything in a column that is read; a prepared serial number alone makes no row.</summary>
    public int RowCount { get; }

    /// <summary>Blank rows between the header and the last row; they are passed over.</summary>
    public int BlankRows { get; }

    /// <summary>Cells of the widest row.</summary>
    internal int Width { get; }

    /// <summary>Rows above the header: a title, as employers put it there.</summary>
    internal IReadOnlyList<SheetRow> Above => header.Above;

    internal SheetRow Header => header.Row;

    /// <summary>The character between the cells of a CSV file.</summary>
    internal char Separator => source is CsvSource csv ? csv.Separator : ',';

    /// <summary>Opens a roster, or says why it can't be read: exactly one of the two is given.</summary>
    /// <param name="stream">One that can seek is read in place from its beginning, synchronously, and must stay open as long as the sheet.
    /// Any other is read to its end first, asynchronously, into a temporary file. The caller's stream is left open.</param>
    /// <param name="defaults">what the rows need not say</param>
    /// <exception cref="IOException">The stream or the disk failed; nothing else is thrown for what stands in the file.</exception>
    public static async Task<(RosterSheet? Sheet, RosterFileFault? Fault)> Open(
        Stream stream, RosterDefaults? defaults = null, RosterLimits? limits = null, CancellationToken cancellation = default)
    {
        Stream? seekable = null;
        RosterFile? file = null;
        RosterSheet? sheet = null;
        try
        {
            limits ??= RosterLimits.Default;
            seekable = await Spool.Seekable(stream, limits.FileBytes, cancellation);
            file = RosterFile.Open(seekable, limits, cancellation);
            var (source, header) = RosterHeader.Choose(file, limits);
            header.Check(defaults ?? RosterDefaults.None, limits);
            var extent = Survey(source, header, limits, cancellation);
            var owned = !ReferenceEquals(seekable, stream);
            sheet = new RosterSheet(seekable, owned, file, source, header, defaults ?? RosterDefaults.None, extent);
            return (sheet, null);
        }
        catch (UnreadableException exception)
        {
            return (null, exception.Fault);
        }
        catch (Exception exception) when (seekable is not null && file?.Format != SheetFormat.Csv && RosterFile.IsDamage(exception))
        {
            return (null, RosterFaults.DamagedWorkbook.Fault());
        }
        finally
        {
            if (sheet is null)
            {
                file?.Dispose();
                if (seekable is not null && !ReferenceEquals(seekable, stream)) await seekable.DisposeAsync();
            }
        }
    }

    /// <summary>The rows below the header as they stand there, blank ones passed over. Lazily; one reading at a time.</summary>
    public IEnumerable<SheetRow> Rows()
    {
        var marking = new MergedColumns(merged, Headings.Count);
        foreach (var row in source.Rows())
        {
            if (row.Number <= HeaderRow || !header.IsHeldBy(row)) continue;
            yield return WithCellCount(Dated(marking.Mark(row)));
        }
    }

    /// <summary>Every row with what it says of a person, or all that is wrong with it. Lazily; one reading at a time.</summary>
    public IEnumerable<RosterRow> Read()
    {
        var reading = new RowReading(Headings, defaults);
        return Rows().Select(reading.Read);
    }

    public void Dispose()
    {
        file.Dispose();
        if (owned) stream.Dispose();
    }

    /// <summary>Reads every row once: what is wrong with the file shows here.</summary>
    private static Extent Survey(ISheetSource source, RosterHeader header, RosterLimits limits, CancellationToken cancellation)
    {
        var (rows, last, width) = (0, header.Row.Number, header.Above.Append(header.Row).Max(row => row.Extent));
        foreach (var row in source.Rows())
        {
            if (row.Number % 1024 == 0) cancellation.ThrowIfCancellationRequested();
            if (row.Number > limits.LastRow)
                throw RosterFaults.TooManyRows.Unreadable($"beyond row {limits.LastRow}", $"超过第{limits.LastRow}行");
            if (row.Number <= header.Row.Number || !header.IsHeldBy(row)) continue;
            if (++rows > limits.Rows) throw RosterFaults.TooManyRows.Unreadable($"more than {limits.Rows}", $"超过 {limits.Rows} 行");
            (last, width) = (row.Number, Math.Max(width, row.Extent));
        }
        if (rows == 0) throw RosterFaults.NoRows.Unreadable();
        return new Extent(rows, last, width);
    }

    private bool Matters(MergedRange range)
    {
        for (var column = range.FirstColumn; column <= range.LastColumn && column < Headings.Count; column++)
            if (Headings[column].Column is { } known && !known.IsIgnored()) return true;
        return false;
    }

    // a date is a number of days in the workbook's own calendar; as text it means the same everywhere, in the corrected sheet as well
    private SheetRow Dated(SheetRow row)
    {
        SheetCell[]? cells = null;
        foreach (var column in dates)
        {
            if (!row[column].Is(CellTraits.Number) || SheetDate.OfSerial(row[column].Text, source.From1904) is not { } date) continue;
            cells ??= [.. row.Cells];
            cells[column] = new SheetCell(date.ToString("uuuu-MM-dd", null), cells[column].Traits & ~CellTraits.Number);
        }
        return cells is null ? row : row with { Cells = cells };
    }

    private SheetRow WithCellCount(SheetRow row) =>
        Format == SheetFormat.Csv && (row.Cells.Count < Headings.Count || row.Extent > header.Row.Cells.Count)
            ? row with { Traits = row.Traits | RowTraits.CellCount } : row;

    private readonly record struct Extent(int Rows, int LastRow, int Width);
}

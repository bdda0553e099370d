using ClaimsEngine.Rosters.Csv;
using CsvHelper;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>A sheet as CSV in UTF-8 with a mark, by which Excel and WPS know it.</summary>
internal sealed class CsvSheetWriter : SheetWriter
{
    private readonly CsvWriter csv;

    public CsvSheetWriter(Stream destination, char separator) : base(destination)
    {
        var options = new CsvWriterOptions { Separator = separator, WriteByteOrderMark = true, ValidateFieldCount = false };
        csv = CsvWriter.Create(Output, options, leaveOpen: true);
    }

    private protected override ValueTask WriteRow(IReadOnlyList<string> cells, CancellationToken cancellation)
    {
        if (cells.Count == 0) csv.WriteField("");
        foreach (var cell in cells) csv.WriteField(FormulaGuard.Put(cell.Replace("\0", "", StringComparison.Ordinal)));
        csv.EndRecord();
        return ValueTask.CompletedTask;
    }

    private protected override ValueTask End(CancellationToken cancellation) => Release();

    private protected override ValueTask Release()
    {
        csv.Dispose();
        return ValueTask.CompletedTask;
    }
}

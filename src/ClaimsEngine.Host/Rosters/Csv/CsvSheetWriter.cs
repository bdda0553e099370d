using CsvHelper;

namespace ClaimsEngine.Host.Rosters.Csv;

/// <summary>A sheet as CSV in UTF-8 with a mark, by which Excel and WPS know it.</summary>
internal sealed class CsvSheetWriter : SheetWriter
{
    private readonly CsvWriter csv;

    public CsvSheetWriter(Stream destination, char separator) : base(destination) => csv = CsvWriter.Create(Output,
        new CsvWriterOptions { Separator = separator, WriteByteOrderMark = true, ValidateFieldCount = false }, leaveOpen: true);

    private protected override void WriteRow(IReadOnlyList<string> cells)
    {
        if (cells.Count == 0) csv.WriteField("");
        foreach (var cell in cells) csv.WriteField(FormulaGuard.Put(cell.Contains('\0') ? cell.Replace("\0", "", StringComparison.Ordinal) : cell));
        csv.EndRecord();
    }

    private protected override void End() => csv.Dispose();
}

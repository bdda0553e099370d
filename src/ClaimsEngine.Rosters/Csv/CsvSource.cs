using System.Text;
using ClaimsEngine.Rosters.Sheets;
using CsvHelper;

namespace ClaimsEngine.Rosters.Csv;

/// <summary>A CSV file as a sheet. A row's number is that of its record, as spreadsheet programs count: a line break between quotes begins
/// no row.</summary>
internal sealed class CsvSource(Stream stream, Encoding encoding, char separator, RosterLimits limits) : ISheetSource
{
    private readonly CsvReaderOptions reading = new()
    {
        HasHeader = false, SkipEmptyLines = false, Separator = separator, MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = limits.RowBytes, IncludeValuesInExceptions = false,
    };

    public string Name => "";

    public bool From1904 => false;

    public char Separator => separator;

    public IReadOnlyList<MergedRange> Merged => [];

    public IEnumerable<SheetRow> Rows()
    {
        stream.Position = 0;
        // UTF-8 goes to the parser as it is; anything else by way of a decoder
        using var text = encoding is UTF8Encoding ? null
            : new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        using var csv = text is null ? CsvReader.Create(stream, reading, leaveOpen: true) : CsvReader.Create(text, reading);
        var number = 0;
        while (Read(csv, number + 1)) yield return Row(csv, ++number);
    }

    private static bool Read(CsvReader csv, int row)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            var rule = exception.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal)
                ? RosterFaults.RowTooLong : RosterFaults.BrokenQuotes;
            throw rule.Unreadable($"row {row}", $"第{row}行");
        }
    }

    private SheetRow Row(CsvReader csv, int number)
    {
        var cells = new SheetCell[Math.Min(csv.FieldCount, limits.Columns)];
        for (var i = 0; i < cells.Length; i++)
        {
            var text = FormulaGuard.TakeOff(csv.GetString(i));
            cells[i] = text.Length > limits.CellCharacters
                ? new SheetCell(text[..limits.CellCharacters], CellTraits.TooLong) : new SheetCell(text);
        }
        var wider = false;
        for (var i = cells.Length; i < csv.FieldCount && !wider; i++) wider = !csv.IsEmpty(i);
        return new SheetRow(number, cells, wider ? RowTraits.Wider : RowTraits.None);
    }
}

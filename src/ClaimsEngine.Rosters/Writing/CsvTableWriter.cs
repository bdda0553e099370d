using System.Globalization;
using ClaimsEngine.Rosters.Csv;
using CsvHelper;
using NodaTime.Text;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>A table as CSV in UTF-8 with a mark, by which Excel and WPS know it.</summary>
internal sealed class CsvTableWriter : TableWriter
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private readonly Pieces pieces;
    private readonly CsvWriter csv;

    public CsvTableWriter(Stream destination, IReadOnlyList<TableColumn> columns) : base(columns)
    {
        pieces = new Pieces(destination);
        var options = new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true, ValidateFieldCount = false };
        csv = CsvWriter.Create(pieces.Output, options, leaveOpen: true);
    }

    private protected override ValueTask Begin(CancellationToken cancellation)
    {
        foreach (var column in Columns) csv.WriteField(column.HeadingWithZone());
        csv.EndRecord();
        return ValueTask.CompletedTask;
    }

    private protected override ValueTask WriteRow(object?[] row, bool isTotal, CancellationToken cancellation)
    {
        for (var i = 0; i < row.Length; i++) csv.WriteField(row[i] is { } cell ? TextOf(Columns[i].Kind, cell) : "");
        csv.EndRecord();
        return pieces.SendIfFull(cancellation);
    }

    private protected override async Task End(CancellationToken cancellation)
    {
        csv.Dispose();
        await pieces.Finish(cancellation);
    }

    private protected override ValueTask Release()
    {
        csv.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Only text can be a formula: a negative amount stays a number.</summary>
    private static string TextOf(CellKind kind, object cell) => kind switch
    {
        CellKind.Text => FormulaGuard.Put(((string)cell).Replace("\0", "", StringComparison.Ordinal)),
        CellKind.Number => Convert.ToInt64(cell, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        CellKind.Money => ((Money)cell).ToString(),
        CellKind.Ratio => ((decimal)cell).Rounded().ToString("0.######", CultureInfo.InvariantCulture),
        CellKind.Date => LocalDatePattern.Iso.Format((LocalDate)cell),
        CellKind.Moment => Local.Format(((Instant)cell).InShanghai()),
        CellKind.Flag => (bool)cell ? "true" : "false",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no text is written for this kind"),
    };
}

using System.Globalization;
using ClaimsEngine.Rosters.Xlsx;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>
/// A table as a workbook: typed cells, a heading row that stays in place, widths, and a last sheet of notes. What does not fit on one sheet
/// goes on on the next one, which has the heading as well.
/// </summary>
/// <param name="mostRows">of a sheet, with its heading</param>
internal sealed class XlsxTableWriter(
    Stream destination, string title, IReadOnlyList<TableColumn> columns, IReadOnlyList<TableNote> notes,
    int mostRows = XlsxTableWriter.MostRows) : TableWriter(columns)
{
    /// <summary>Rows of a sheet, with its heading: the format allows no more.</summary>
    public const int MostRows = 1_048_576;

    private static readonly DateTime FirstDay = new(1900, 3, 1);

    private readonly Pieces pieces = new(destination);
    private readonly List<string> names = [];
    private Spreadsheet? book;
    private Styles styles = null!;
    private StyledCell[] cells = [];
    private int rows;

    private protected override async ValueTask Begin(CancellationToken cancellation)
    {
        book = await Spreadsheet.CreateNewAsync(pieces.Output, XlsxSheetWriter.Writing, cancellation);
        styles = new Styles(book);
        cells = new StyledCell[Columns.Count];
        await BeginSheet(cancellation);
    }

    private protected override async ValueTask WriteRow(object?[] row, bool isTotal, CancellationToken cancellation)
    {
        if (rows == mostRows) await BeginSheet(cancellation);
        for (var i = 0; i < row.Length; i++)
            cells[i] = row[i] is { } cell ? CellOf(Columns[i].Kind, cell, isTotal ? styles.Bold : styles.Plain) : default;
        await book!.AddRowAsync(cells, cancellation);
        rows++;
        await pieces.SendIfFull(cancellation);
    }

    private protected override async Task End(CancellationToken cancellation)
    {
        if (notes.Count > 0)
        {
            var options = new WorksheetOptions();
            options.Column(1).Width = 16;
            options.Column(2).Width = 48;
            await book!.StartWorksheetAsync(Unused("说明"), options, cancellation);
            foreach (var note in notes)
                await book.AddRowAsync([Text(note.Heading, styles.Plain), Text(note.Value, styles.Plain)], cancellation);
        }
        await book!.FinishAsync(cancellation);
        await pieces.Finish(cancellation);
    }

    private protected override ValueTask Release() => book?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task BeginSheet(CancellationToken cancellation)
    {
        var options = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 0; i < Columns.Count; i++)
        {
            var column = options.Column(i + 1);
            column.Width = WidthOf(Columns[i]);
            column.DefaultStyle = styles.Plain[Columns[i].Kind];
        }
        await book!.StartWorksheetAsync(Unused(title), options, cancellation);
        for (var i = 0; i < cells.Length; i++) cells[i] = Text(Columns[i].HeadingWithZone(), styles.Bold);
        await book.AddRowAsync(cells, cancellation);
        rows = 1;
    }

    /// <summary>Names of sheets are different ones: the second of a title gets a number.</summary>
    private string Unused(string wanted)
    {
        var name = XlsxSheetWriter.Allowed(wanted);
        for (var number = 2; names.Contains(name); number++)
            name = XlsxSheetWriter.Allowed(wanted.Length > 20 ? wanted[..20] : wanted) + $" {number}";
        names.Add(name);
        return name;
    }

    private static StyledCell CellOf(CellKind kind, object cell, StyleSet look) => kind switch
    {
        CellKind.Text => Text((string)cell, look),
        CellKind.Number => new StyledCell(Convert.ToInt64(cell, CultureInfo.InvariantCulture), look.Ids[kind]),
        CellKind.Money => new StyledCell(((Money)cell).Fen / 100m, look.Ids[kind]),
        CellKind.Ratio => new StyledCell(((decimal)cell).Rounded(), look.Ids[kind]),
        CellKind.Date => Day(((LocalDate)cell).ToDateTimeUnspecified(), "yyyy-MM-dd", kind, look),
        CellKind.Moment => Day(ToTheSecond(((Instant)cell).InShanghai()), "yyyy-MM-dd HH:mm:ss", kind, look),
        CellKind.Flag => new StyledCell((bool)cell, look.Ids[kind]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no cell is written for this kind"),
    };

    private static StyledCell Text(string text, StyleSet look)
    {
        var allowed = text.Length > XlsxSheetWriter.MostCharacters ? text[..XlsxSheetWriter.MostCharacters] : text;
        return new StyledCell(SheetXml.Escape(allowed), look.Ids[CellKind.Text]);
    }

    /// <summary>Days before those that the format counts right stand as text.</summary>
    private static StyledCell Day(DateTime day, string pattern, CellKind kind, StyleSet look) => day >= FirstDay
        ? new StyledCell(day, look.Ids[kind]) : Text(day.ToString(pattern, CultureInfo.InvariantCulture), look);

    private static DateTime ToTheSecond(LocalDateTime time) => time.With(TimeAdjusters.TruncateToSecond).ToDateTimeUnspecified();

    /// <summary>A Chinese character is twice as wide as a figure.</summary>
    private static double WidthOf(TableColumn column)
    {
        var heading = column.HeadingWithZone().Sum(character => character < '\u0100' ? 1 : 2) + 2;
        return Math.Clamp(heading, column.Kind switch
        {
            CellKind.Text => 14, CellKind.Money => 15, CellKind.Date => 12, CellKind.Moment => 21, _ => 9,
        }, 40);
    }

    private sealed class Styles(Spreadsheet book)
    {
        public StyleSet Plain { get; } = new(book, bold: false);
        public StyleSet Bold { get; } = new(book, bold: true);
    }

    private sealed class StyleSet
    {
        private readonly Dictionary<CellKind, Style> styles = [];

        public StyleSet(Spreadsheet book, bool bold)
        {
            foreach (var kind in Enum.GetValues<CellKind>())
            {
                styles[kind] = new Style { Format = FormatOf(kind), Font = { Bold = bold } };
                Ids[kind] = book.AddStyle(styles[kind]);
            }
        }

        public Dictionary<CellKind, StyleId> Ids { get; } = [];

        public Style this[CellKind kind] => styles[kind];

        private static NumberFormat? FormatOf(CellKind kind) => kind switch
        {
            CellKind.Text => NumberFormat.Standard(StandardNumberFormat.Text),
            CellKind.Money => NumberFormat.Standard(StandardNumberFormat.ThousandsSeparatorTwoDecimalPlaces),
            CellKind.Ratio => NumberFormat.Custom("0.00####"),
            CellKind.Date => NumberFormat.Custom("yyyy-mm-dd"),
            CellKind.Moment => NumberFormat.Custom("yyyy-mm-dd hh:mm:ss"),
            _ => null,
        };
    }
}

using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Xlsx;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>
/// A workbook of one sheet of text. Cells are inline strings in the text format, so that an identity number corrected in a spreadsheet
/// program stays text and a text that begins like a formula is none. Nothing is held.
/// </summary>
internal sealed class XlsxSheetWriter(Stream destination, string name) : SheetWriter(destination)
{
    internal const int MostCharacters = 32_767;

    internal static readonly SpreadCheetahOptions Writing = new()
    {
        CompressionLevel = SpreadCheetahCompressionLevel.Fastest, PreserveStringWhitespace = true, WriteCellReferenceAttributes = true,
        // 等线, under the name that the library takes: three characters at least
        DefaultFont = new DefaultFont { Name = "DengXian", Size = 11 },
    };

    private Spreadsheet? sheet;

    private protected override async ValueTask WriteRow(IReadOnlyList<string> cells, CancellationToken cancellation)
    {
        sheet ??= await Begin(cancellation);
        var row = new DataCell[cells.Count];
        for (var i = 0; i < row.Length; i++)
        {
            var text = cells[i].Length > MostCharacters ? cells[i][..MostCharacters] : cells[i];
            row[i] = text.Length == 0 ? default : new DataCell(SheetXml.Escape(text));
        }
        await sheet.AddRowAsync(row, cancellation);
    }

    private protected override async ValueTask End(CancellationToken cancellation)
    {
        sheet ??= await Begin(cancellation);
        await sheet.FinishAsync(cancellation);
    }

    private protected override ValueTask Release() => sheet?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Spreadsheet> Begin(CancellationToken cancellation)
    {
        var begun = await Spreadsheet.CreateNewAsync(Output, Writing, cancellation);
        var text = new Style { Format = NumberFormat.Standard(StandardNumberFormat.Text) };
        var options = new WorksheetOptions();
        // every column that a roster may have, and that of the reasons: cells that are still blank are text as well when they are filled in
        for (var column = 1; column <= RosterLimits.Default.Columns + 1; column++)
        {
            options.Column(column).DefaultStyle = text;
            options.Column(column).Width = 18;
        }
        await begun.StartWorksheetAsync(Allowed(name), options, cancellation);
        return begun;
    }

    // at most 31 characters, none of them with a meaning in a reference
    internal static string Allowed(string name)
    {
        var allowed = string.Concat(name.Where(character =>
            character is >= ' ' and < '\uFFFE' and not ('[' or ']' or ':' or '*' or '?' or '/' or '\\') && !char.IsSurrogate(character)));
        allowed = (allowed.Length > 31 ? allowed[..31] : allowed).Trim('\'');
        return allowed.Length == 0 ? "Sheet1" : allowed;
    }
}

using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Rosters;

/// <summary>
/// The sheet that was sent, once more: the same format, rows above the header, columns and order, every cell as text, with the reasons as
/// last column 错误原因. It can be corrected and sent again; the column of reasons is then ignored, and replaced in the next answer.
/// </summary>
public static class CorrectedSheet
{
    /// <param name="rows">rows of the sheet in their order, all or only some, each with its reasons (empty: nothing is wrong with
    /// it)</param>
    /// <param name="destination">written asynchronously, left open</param>
    /// <param name="keepRowNumbers">every row stands where it stood, with blank rows where some are left out; else they close up</param>
    public static async Task Write(
        RosterSheet sheet, IEnumerable<(SheetRow Row, string Reasons)> rows, Stream destination, bool keepRowNumbers = true,
        CancellationToken cancellation = default)
    {
        await using var writer = SheetWriter.To(destination, sheet.Format, sheet.Name, sheet.Separator);
        var kept = Enumerable.Range(0, sheet.Width)
            .Where(column => column >= sheet.Headings.Count || sheet.Headings[column].Column != RosterColumn.Reasons).ToArray();
        var written = 0;
        foreach (var above in sheet.Above) await WriteAt(above.Number, Cells(above, kept));
        await WriteAt(sheet.HeaderRow, [.. Cells(sheet.Header, kept), RosterColumns.ReasonsHeading]);
        foreach (var (row, reasons) in rows) await WriteAt(keepRowNumbers ? row.Number : 0, [.. Cells(row, kept), reasons]);
        await writer.Finish(cancellation);

        async ValueTask WriteAt(int number, string[] cells)
        {
            for (; written < number - 1; written++) await writer.Write([], cancellation);
            await writer.Write(cells, cancellation);
            written++;
        }
    }

    private static string[] Cells(SheetRow row, int[] columns) => Array.ConvertAll(columns, column => row[column].Text);
}

using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SheetList = DocumentFormat.OpenXml.Spreadsheet.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Workbooks as another program makes them: the Open XML SDK, with shared strings as Excel writes them.</summary>
internal static class Workbooks
{
    public const string SheetPath = "xl/worksheets/sheet1.xml";

    public static byte[] Of(params object?[][] rows) => Of(Sheet("Sheet1", rows));

    public static byte[] Of(params Action<WorkbookPart, SheetList>[] sheets)
    {
        var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            var list = book.Workbook.AppendChild(new SheetList());
            book.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable();
            foreach (var add in sheets) add(book, list);
        }
        return file.ToArray();
    }

    /// <param name="rows">cells: a string, a number, a <see cref="Cell"/>, or null for none</param>
    public static Action<WorkbookPart, SheetList> Sheet(string name, object?[][] rows, SheetStateValues? state = null,
        params string[] merged) => (book, list) =>
    {
        var part = book.AddNewPart<WorksheetPart>();
        var data = new SheetData();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = data.AppendChild(new Row { RowIndex = (uint)(i + 1) });
            for (var j = 0; j < rows[i].Length; j++)
            {
                if (rows[i][j] is not { } value) continue;
                var cell = value as Cell ?? (value is string text ? Shared(book, text)
                    : new Cell { CellValue = new CellValue(FormattableString.Invariant($"{value}")) });
                cell.CellReference = $"{(j < 26 ? "" : (char)('A' + j / 26 - 1))}{(char)('A' + j % 26)}{i + 1}";
                row.AppendChild(cell);
            }
        }
        part.Worksheet = new Worksheet(data);
        if (merged.Length > 0) part.Worksheet.AppendChild(new MergeCells(merged.Select(range => new MergeCell { Reference = range })));
        var sheet = new Sheet { Name = name, SheetId = (uint)list.ChildElements.Count + 1, Id = book.GetIdOfPart(part) };
        if (state is not null) sheet.State = state;
        list.AppendChild(sheet);
    };

    public static Cell Formula(string formula, string? cached) =>
        new() { CellFormula = new CellFormula(formula), CellValue = cached is null ? null : new CellValue(cached),
            DataType = CellValues.String };

    public static Cell Inline(string text) =>
        new() { DataType = CellValues.InlineString,
            InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }) };

    /// <summary>The same file with one part rewritten; null takes it out.</summary>
    public static byte[] With(byte[] file, string path, Func<string, string?> change)
    {
        var copy = new MemoryStream();
        copy.Write(file);
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            var before = "";
            if (zip.GetEntry(path) is { } entry)
            {
                using (var reader = new StreamReader(entry.Open())) before = reader.ReadToEnd();
                entry.Delete();
            }
            if (change(before) is { } after)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(after);
            }
        }
        return copy.ToArray();
    }

    private static Cell Shared(WorkbookPart book, string text)
    {
        var table = book.SharedStringTablePart!.SharedStringTable;
        table.AppendChild(new SharedStringItem(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        return new Cell { DataType = CellValues.SharedString, CellValue = new CellValue($"{table.ChildElements.Count - 1}") };
    }
}

using System.Text;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using CellFormat = DocumentFormat.OpenXml.Spreadsheet.CellFormat;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class CorrectedSheetTests
{
    private const string Bad = "王样例,620602199001010028,快递员,620602";

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task A_csv_file_comes_back_as_it_was_with_a_last_column_of_reasons(char separator)
    {
        string[] lines = ["花名册,,,", "", Header, Good, "", Bad];
        var text = Encoding.UTF8.GetString(await Corrected(Csv([.. lines.Select(line => line.Replace(',', separator))])));
        Assert.Equal(
            "\uFEFF花名册,,,\r\n\"\"\r\n姓名,身份证号,职业,地区,错误原因\r\n" + Good + ",\r\n\"\"\r\n" + Bad + ",身份证号：身份证号校验位错误，请核对\r\n",
            text.Replace(separator, ','));
    }

    [Fact]
    public async Task Row_numbers_stay_or_close_up()
    {
        var file = Csv(Header, Good, Good, Bad);
        Assert.Equal([4], (await Rows(await Corrected(file, row => row.Faults.Count > 0))).Select(row => row.Number));
        Assert.Equal([2], (await Rows(await Corrected(file, row => row.Faults.Count > 0, keepRowNumbers: false))).Select(row =>
            row.Number));
    }

    [Theory]
    [InlineData(SheetFormat.Csv)]
    [InlineData(SheetFormat.Xlsx)]
    public async Task It_can_be_sent_again_and_its_reasons_are_replaced(SheetFormat format)
    {
        string[] headings = ["错误原因", .. Header.Split(','), "备注"];
        string[][] cells = [headings, ["旧的原因", .. Good.Split(','), "=1"], ["旧的原因", .. Bad.Split(','), ""]];
        var once = await Corrected(await Written(format, cells));
        var twice = await Corrected(once);
        using var sheet = await Opened(twice);
        Assert.Equal(format, sheet.Format);
        Assert.Equal([.. Header.Split(','), "备注", "错误原因"], sheet.Headings.Select(heading => heading.Text));
        Assert.Equal(["", "身份证号：身份证号校验位错误，请核对"], sheet.Rows().Select(row => row[5].Text));
        Assert.Equal("=1", sheet.Rows().First()[4].Text);
        if (format == SheetFormat.Csv) Assert.Equal(once, twice);
    }

    [Fact]
    public async Task What_a_workbook_held_as_a_number_or_date_comes_back_as_text()
    {
        var file = Workbooks.Of(["序号", .. Header.Split(','), "出生日期", "手机号"], [1, .. Good.Split(','), 32874, 13800138000]);
        using var sheet = await Opened(await Corrected(file));
        Assert.Equal(["1", .. Good.Split(','), "1990-01-01", "13800138000", ""],
            Enumerable.Range(0, 8).Select(column => sheet.Rows().Single()[column].Text));
        Assert.All(sheet.Rows().Single().Cells, cell => Assert.Equal(CellTraits.None, cell.Traits));
        Assert.NotNull(sheet.Read().Single().Draft);
    }

    [Fact]
    public async Task Text_beyond_the_headings_is_kept()
    {
        using var sheet = await Opened(await Corrected(Csv(Header, Good, Good + ",,甲")));
        Assert.Equal("甲", sheet.Rows().Last()[5].Text);
        Assert.Equal("错误原因", sheet.Headings[6].Text);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta")]
    [InlineData("\ra", "\"'\ra\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'=1", "''=1")]
    [InlineData("''@", "'''@")]
    [InlineData("'a", "'a")]
    [InlineData("a=1", "a=1")]
    public async Task What_a_spreadsheet_would_compute_is_neutralised_in_csv_and_read_back_as_it_was(string cell, string written)
    {
        var file = await Written(SheetFormat.Csv, ["备注", .. Header.Split(',')], [cell, .. Good.Split(',')]);
        Assert.Contains($"\r\n{written},李样例", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        using var sheet = await Opened(file);
        Assert.Equal(cell, sheet.Rows().Single()[0].Text);
    }

    [Theory]
    [InlineData(SheetFormat.Csv)]
    [InlineData(SheetFormat.Xlsx)]
    public async Task Whatever_is_written_is_read_back(SheetFormat format)
    {
        var random = new Random(20251020);
        for (var round = 0; round < 300; round++)
        {
            var rows =
                Enumerable.Range(0, random.Next(1, 6)).Select(_ => (string[])[.. Good.Split(','), Text(random), Text(random)]).ToArray();
            using var sheet = await Opened(await Written(format, [[.. Header.Split(','), "备注", "说明"], .. rows]));
            Assert.Equal(rows, sheet.Rows().Select(row => Enumerable.Range(0, 6).Select(column => row[column].Text).ToArray()));
            // and once more through the corrected sheet
            using var again = await Opened(await Corrected(await Written(format, [[.. Header.Split(','), "备注", "说明"], .. rows])));
            Assert.Equal(rows, again.Rows().Select(row => Enumerable.Range(0, 6).Select(column => row[column].Text).ToArray()));
        }
    }

    [Fact]
    public async Task A_full_cell_of_characters_that_are_escaped_is_read_back_whole()
    {
        var full = new string('\r', 32_767);
        using var sheet = await Opened(await Written(SheetFormat.Xlsx, [.. Header.Split(','), "备注"], [.. Good.Split(','), full]));
        Assert.Equal(new SheetCell(full), sheet.Rows().Single()[4]);
    }

    [Fact]
    public async Task A_workbook_is_what_the_format_says()
    {
        var file = await Written(SheetFormat.Xlsx, [.. Header.Split(','), "备注"], [], [.. Good.Split(','), "=\u0001<&>\"_x000D_\r\n\t 甲 "]);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document));
        var workbook = document.WorkbookPart!;
        var cells = workbook.WorksheetParts.Single().Worksheet.Descendants<Cell>().ToArray();
        Assert.Equal(["A1", "B1", "C1", "D1", "E1", "A3", "B3", "C3", "D3", "E3"], cells.Select(cell => cell.CellReference!.Value));
        var formats = workbook.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToArray();
        Assert.All(cells, cell => Assert.True(cell.CellFormula is null && formats[cell.StyleIndex!].NumberFormatId! == 49u)); // text
        Assert.Equal("=_x0001_<&>\"_x005F_x000D__x000D_\n\t 甲 ", cells[^1].InnerText);
    }

    [Theory]
    [InlineData("一月/二月[1]:*?\\", "一月二月1")]
    [InlineData("'", "Sheet1")]
    [InlineData("", "Sheet1")]
    [InlineData("A&B<\"'>", "A&B<\"'>")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    public async Task A_sheets_name_is_one_that_workbooks_allow(string name, string allowed)
    {
        var file = new MemoryStream();
        await using (var writer = SheetWriter.To(file, SheetFormat.Xlsx, name))
        {
            await writer.Write(Header.Split(','));
            await writer.Write(Good.Split(','));
            await writer.Finish();
        }
        using var sheet = await Opened(file.ToArray());
        Assert.Equal(allowed, sheet.Name);
    }

    [Theory]
    [InlineData(SheetFormat.Csv)]
    [InlineData(SheetFormat.Xlsx)]
    public async Task What_is_no_text_becomes_some(SheetFormat format)
    {
        using var sheet = await Opened(await Written(format, [.. Header.Split(','), "备注"], [.. Good.Split(','), "甲\uD800乙"]));
        Assert.Equal("甲\uFFFD乙", sheet.Rows().Single()[4].Text);
    }

    [Theory]
    [InlineData(SheetFormat.Csv)]
    [InlineData(SheetFormat.Xlsx)]
    public async Task It_goes_out_asynchronously_in_pieces(SheetFormat format)
    {
        var destination = new WriteOnlyAsync();
        await new SyntheticRoster(1, RegionCode.Of("62"), new NodaTime.LocalDate(2025, 10, 20)).Write(destination, format, 20_000);
        Assert.InRange(destination.Largest, 1, 256 << 10);
        Assert.True(destination.Written.Length > 8 * destination.Largest || format == SheetFormat.Xlsx);
        using var sheet = await Opened(destination.Written);
        Assert.Equal(20_000, sheet.RowCount);
    }

    [Fact]
    public async Task A_sheet_that_was_not_finished_is_not_whole()
    {
        var file = new MemoryStream();
        await using (var writer = SheetWriter.To(file, SheetFormat.Xlsx))
            for (var row = 0; row < 20_000; row++) await writer.Write([Guid.NewGuid().ToString()]);
        Assert.True(file.Length > 0);
        await Refused(file.ToArray(), RosterFaults.DamagedWorkbook);
    }

    private static async Task<byte[]> Corrected(byte[] file, Func<RosterRow, bool>? only = null, bool keepRowNumbers = true)
    {
        using var sheet = await Opened(file);
        var copy = new WriteOnlyAsync();
        await CorrectedSheet.Write(sheet, sheet.Read().Where(only ?? (_ => true)).Select(row => (row.Sheet, row.Reasons)), copy,
            keepRowNumbers);
        return copy.Written;
    }

    private static async Task<byte[]> Written(SheetFormat format, params string[][] rows)
    {
        var file = new MemoryStream();
        await using var writer = SheetWriter.To(file, format);
        foreach (var row in rows) await writer.Write(row);
        await writer.Finish();
        return file.ToArray();
    }

    /// <summary>Any text without NUL and without halves of characters; often of what files give a meaning.</summary>
    private static string Text(Random random)
    {
        string[] special =
        [
            "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "'", "''", "\"", "\"\"", ",", ";", " ", "　", "\u00A0", "\uFEFF",
            "_x000D_", "_x005F_", "_x0041", "<", "&", "]]>", "\u0001", "\u001F", "\uFFFE", "\uFFFF", "\uFFFD",
            "😀", "𠮷", "张", "é", "1E5", "0012", "sep=;",
        ];
        var text = new StringBuilder();
        for (var length = random.Next(0, 8); length > 0; length--)
            text.Append(random.Next(3) == 0 ? ((char)random.Next(1, 0xD800)).ToString() : special[random.Next(special.Length)]);
        return text.ToString();
    }
}

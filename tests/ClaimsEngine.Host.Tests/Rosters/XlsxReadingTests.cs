using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using CellValue = DocumentFormat.OpenXml.Spreadsheet.CellValue;
using CellValues = DocumentFormat.OpenXml.Spreadsheet.CellValues;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using SheetStateValues = DocumentFormat.OpenXml.Spreadsheet.SheetStateValues;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class XlsxReadingTests
{
    private static readonly object?[] Headings = Header.Split(',');
    private static readonly object?[] Person = Good.Split(',');

    [Fact]
    public async Task A_workbook_of_shared_strings_as_excel_writes_it()
    {
        using var sheet = await Opened(Workbooks.Of(Workbooks.Sheet("职工", [["样例公司花名册"], [], Headings, Person, [], Person])));
        Assert.Equal((SheetFormat.Xlsx, "职工", 3, 2, 1), (sheet.Format, sheet.Name, sheet.HeaderRow, sheet.RowCount, sheet.BlankRows));
        Assert.Equal([4, 6], sheet.Read().Select(row => row.Number));
        Assert.All(sheet.Read(), row => Assert.Equal("李样例", row.Draft!.Person.Name));
    }

    [Fact]
    public async Task Inline_strings_and_rich_text_without_its_pronunciation()
    {
        var file = Workbooks.Of(Headings, [Workbooks.Inline("李样例"), .. Person[1..]]);
        file = Workbooks.With(file, Workbooks.SheetPath, xml => xml.Replace("<x:t xml:space=\"preserve\">李样例</x:t>",
            "<x:r><x:rPr><x:b/></x:rPr><x:t>李</x:t></x:r><x:r><x:t>样例</x:t></x:r><x:rPh sb=\"0\" eb=\"1\"><x:t>lǐ</x:t></x:rPh>",
                StringComparison.Ordinal));
        Assert.Equal("李样例", (await Row(file)).Draft!.Person.Name);
    }

    [Fact]
    public async Task Cells_and_rows_that_leave_out_their_names_follow_each_other()
    {
        var file = Workbooks.With(Workbooks.Of(Headings, Person), Workbooks.SheetPath,
            xml => System.Text.RegularExpressions.Regex.Replace(xml, " r=\"[A-Z0-9]+\"", ""));
        Assert.Equal(2, (await Row(file)).Draft!.Row);
    }

    [Fact]
    public async Task A_strict_workbook_differs_in_its_namespaces_alone()
    {
        var file = Workbooks.Of(Headings, Person);
        string? Strict(string xml) => xml
            .Replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
                StringComparison.Ordinal)
            .Replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships", StringComparison.Ordinal);
        foreach (var path in (string[])[Workbooks.SheetPath, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
            "_rels/.rels"])
            file = Workbooks.With(file, path, Strict);
        Assert.NotNull((await Row(file)).Draft);
    }

    [Fact]
    public async Task A_malformed_hyperlink_does_not_matter()
    {
        var file = Workbooks.With(Workbooks.Of(Headings, Person), "xl/worksheets/_rels/sheet1.xml.rels", _ =>
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="h" TargetMode="External"
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="mailto:li,@@"/></Relationships>
            """);
        Assert.NotNull((await Row(file)).Draft);
    }

    [Fact]
    public async Task Numbers_of_up_to_15_digits_are_exact()
    {
        var row = await Row([.. Headings, "手机号", "份数", "工号"], [.. Person, 13800138000, 2.0, 7]);
        Assert.Equal(("13800138000", 2, "7"), (row.Draft!.Person.Phone, row.Draft.Units, row.Draft.EmployeeNumber));
        Assert.Equal("620602199001010027", (await Row(Headings, ["李样例", 620602900101002, "快递员", 620602])).Draft!.Person.IdNumber.Value);
    }

    [Theory]
    [InlineData("620602199001010027")]
    [InlineData("6.20602199001010E+17")]
    public async Task An_identity_number_stored_as_a_number_has_lost_its_digits(string stored)
    {
        var row = await Row(Headings, ["李样例", new Cell { CellValue = new CellValue(stored) }, "快递员", 620602]);
        Assert.Equal((RosterFaults.DigitsLost, "身份证号"), (Assert.Single(row.Faults).Rule, row.Faults[0].Column));
    }

    [Fact]
    public async Task So_has_an_account_number_or_an_employee_number()
    {
        var row = await Row([.. Headings, "开户行", "卡号", "工号"], [.. Person, "样例银行", 6217000000000000020m, 12345678901234567m]);
        Assert.Equal([(RosterFaults.DigitsLost, "卡号"), (RosterFaults.DigitsLost, "工号")],
            row.Faults.Select(fault => (fault.Rule, fault.Column)));
    }

    [Theory]
    [InlineData(32874, false)]
    [InlineData(32874.75, false)]
    [InlineData(31412, true)]
    [InlineData(19900101, false)]
    public async Task A_birth_date_as_a_serial_number(double serial, bool from1904)
    {
        var file = Workbooks.Of([.. Headings, "出生日期"], [.. Person, serial]);
        if (from1904) file = Workbooks.With(file, "xl/workbook.xml", xml =>
            xml.Replace("<x:sheets>", "<x:workbookPr date1904=\"1\"/><x:sheets>", StringComparison.Ordinal));
        var row = await Row(file);
        Assert.Empty(row.Faults);
        Assert.Equal("1990-01-01", row.Sheet[4].Text);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    [InlineData(2958466)]
    [InlineData(-5)]
    public async Task A_serial_number_of_no_day(double serial)
    {
        var row = await Row([.. Headings, "出生日期"], [.. Person, serial]);
        Assert.Equal(RosterFaults.InvalidBirthDate, Assert.Single(row.Faults).Rule);
    }

    [Theory]
    [InlineData(1, "1900-01-01")]
    [InlineData(59, "1900-02-28")]
    [InlineData(61, "1900-03-01")]
    [InlineData(2958465, "9999-12-31")]
    public async Task The_1900_calendar_has_a_day_that_never_was(double serial, string date) =>
        Assert.Equal(date, (await Row([.. Headings, "出生日期"], [.. Person, serial])).Sheet[4].Text);

    [Fact]
    public async Task A_formula_is_at_fault_even_with_its_value()
    {
        var row = await Row(Headings, [Workbooks.Formula("A1", "李样例"), Person[1], Workbooks.Formula("A1", null), Person[3]]);
        Assert.Equal([(RosterFaults.FormulaCell, "姓名"), (RosterFaults.FormulaCell, "职业")],
            row.Faults.Select(fault => (fault.Rule, fault.Column)));
    }

    [Fact]
    public async Task A_formula_in_a_column_that_is_not_read_does_not_matter() =>
        Assert.NotNull((await Row(["序号", .. Headings], [Workbooks.Formula("ROW()-1", "1"), .. Person])).Draft);

    [Fact]
    public async Task An_error_is_at_fault()
    {
        var row = await Row(Headings,
            ["李样例", Person[1], new Cell { DataType = CellValues.Error, CellValue = new CellValue("#REF!") }, Person[3]]);
        Assert.Equal((RosterFaults.ErrorCell, "职业"), (Assert.Single(row.Faults).Rule, row.Faults[0].Column));
    }

    [Fact]
    public async Task Merged_cells_in_the_data_are_at_fault_in_every_row_and_elsewhere_they_are_not()
    {
        object?[][] rows = [["样例公司花名册"], Headings, Person, [Person[0], Person[1], null, Person[3]], Person];
        var file = Workbooks.Of(Workbooks.Sheet("S", rows, null, "A1:D1", "C3:C4", "F3:G9"));
        var read = await Rows(file);
        Assert.Equal([(3, RosterFaults.MergedCells, "职业")], read[0].Faults.Select(fault => (fault.Row, fault.Rule, fault.Column)));
        Assert.Equal([(4, RosterFaults.MergedCells, "职业")], read[1].Faults.Select(fault => (fault.Row, fault.Rule, fault.Column)));
        Assert.NotNull(read[2].Draft);
    }

    [Fact]
    public async Task More_merged_cells_than_anybody_makes()
    {
        var file =
            Workbooks.Of(Workbooks.Sheet("S", [Headings, Person], null, [.. Enumerable.Range(10, 4).Select(row => $"A{row}:B{row}")]));
        await Refused(file, RosterFaults.TooManyMergedCells, new RosterLimits { MergedRanges = 3 });
    }

    [Fact]
    public async Task A_hidden_row_is_at_fault()
    {
        var file = Workbooks.With(Workbooks.Of(Headings, Person, Person), Workbooks.SheetPath,
            xml => xml.Replace("<x:row r=\"2\"", "<x:row r=\"2\" hidden=\"1\"", StringComparison.Ordinal));
        var rows = await Rows(file);
        Assert.Equal((RosterFaults.HiddenRow, null), (Assert.Single(rows[0].Faults).Rule, rows[0].Faults[0].Column));
        Assert.NotNull(rows[1].Draft);
    }

    [Fact]
    public async Task The_one_sheet_with_the_header_is_taken_wherever_it_stands()
    {
        var file = Workbooks.Of(Workbooks.Sheet("填表说明", [["请按模板填写"], ["姓名", "必填"]]), Workbooks.Sheet("职工", [Headings, Person]));
        using var sheet = await Opened(file);
        Assert.Equal("职工", sheet.Name);
    }

    [Fact]
    public async Task Of_several_sheets_none_is_chosen_and_their_names_are_told()
    {
        var fault = await Refused(Workbooks.Of(Workbooks.Sheet("一月", [Headings, Person]), Workbooks.Sheet("二月", [Headings])),
            RosterFaults.SeveralSheets);
        Assert.EndsWith("'一月', '二月'", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sheet_of_a_roster_the_names_of_all_are_told()
    {
        var fault = await Refused(Workbooks.Of(Workbooks.Sheet("一月", [["日期"]]), Workbooks.Sheet("二月", [])), RosterFaults.HeaderNotFound);
        Assert.EndsWith("('一月', '二月')", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_sheet_is_not_sent()
    {
        using var sheet = await Opened(Workbooks.Of(
            Workbooks.Sheet("旧", [Headings, Person, Person], SheetStateValues.VeryHidden), Workbooks.Sheet("新", [Headings, Person])));
        Assert.Equal("新", sheet.Name);
    }

    [Fact]
    public async Task Two_hundred_columns()
    {
        await Refused(Workbooks.Of([.. Headings, .. Enumerable.Repeat("甲", 196)], Person), RosterFaults.TooManyColumns);
        var row = await Row(Headings, [.. Person, .. Enumerable.Repeat((object?)null, 195), "甲"]);
        Assert.Equal(RosterFaults.CellWithoutHeading, Assert.Single(row.Faults).Rule);
    }

    [Fact]
    public async Task A_cell_below_no_heading_is_named_by_its_letter()
    {
        var row = await Row(Headings, [.. Person, null, "甲"]);
        Assert.Equal((RosterFaults.CellWithoutHeading, "F"), (Assert.Single(row.Faults).Rule, row.Faults[0].Column));
    }

    [Fact]
    public async Task A_cell_of_more_than_32767_characters_is_at_fault_and_cut()
    {
        var row = await Row(["备注", .. Headings], [new string('长', 32_768), .. Person]);
        Assert.Equal((RosterFaults.CellTooLong, "备注"), (Assert.Single(row.Faults).Rule, row.Faults[0].Column));
        Assert.Equal(32_767, row.Sheet[0].Text.Length);
        Assert.Empty((await Row(["备注", .. Headings], [new string('长', 32_767), .. Person])).Faults);
    }

    [Fact]
    public async Task A_header_alone() => await Refused(Workbooks.Of(Headings, [null, " "], []), RosterFaults.NoRows);

    [Fact]
    public async Task Rows_beyond_the_last_that_a_sheet_has()
    {
        var file = Workbooks.With(Workbooks.Of(Headings, Person), Workbooks.SheetPath,
            xml => xml.Replace("r=\"2\"", "r=\"1048577\"", StringComparison.Ordinal).Replace("2\" t=", "1048577\" t=",
                StringComparison.Ordinal));
        await Refused(file, RosterFaults.TooManyRows);
        await Refused(Workbooks.Of([Headings, .. Enumerable.Repeat(Person, 11)]), RosterFaults.TooManyRows, new RosterLimits { Rows = 10 });
    }

    [Fact]
    public async Task Text_that_excel_escapes_is_read_back()
    {
        var row = await Row(["备注", .. Headings], [Workbooks.Inline("甲_x000D_乙_x005F_x000D_"), .. Person]);
        Assert.Equal("甲\r乙_x000D_", row.Sheet[0].Text);
    }

    private static Task<RosterRow> Row(params object?[][] rows) => Row(Workbooks.Of(rows));

    private static async Task<RosterRow> Row(byte[] file) => Assert.Single(await Rows(file));
}

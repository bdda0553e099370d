using System.Text;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class CsvReadingTests
{
    [Fact]
    public Task Utf8_without_a_mark() => Reads(Csv(Header, Good));

    [Fact]
    public Task Utf8_with_a_mark() => Reads([.. Encoding.UTF8.Preamble, .. Csv(Header, Good)]);

    [Fact]
    public Task Gb18030_which_gb2312_and_gbk_are_parts_of() => Reads(Gb18030.GetBytes($"{Header}\r\n{Good}\r\n"));

    [Fact]
    public async Task A_character_that_only_gb18030_has_in_four_bytes()
    {
        var row = Assert.Single(await Rows(Gb18030.GetBytes($"{Header}\n李㐂样例,620602199001010027,快递员,620602\n")));
        Assert.Equal("李㐂样例", row.Draft!.Person.Name);
    }

    [Fact]
    public async Task The_encoding_may_show_in_the_last_row_alone()
    {
        var lines = string.Concat(Enumerable.Repeat("Li Yangli,620602199001010027,courier,620602\n", 5_000));
        var rows = await Rows(Gb18030.GetBytes($"name,idNumber,occupation,region\n{lines}李样例,620602199001010027,快递员,620602"));
        Assert.Equal("李样例", rows[^1].Draft!.Person.Name);
        Assert.Equal(5_002, rows[^1].Number);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task Utf16_and_utf32_are_told(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        await Refused([.. encoding.Preamble, .. encoding.GetBytes($"{Header}\n{Good}\n")], RosterFaults.UnsupportedEncoding);
    }

    [Fact]
    public Task Bytes_of_no_encoding_are_told() => Refused([.. Csv(Header, Good), 0xFF, 0xFF, 0x20, 0x0A], RosterFaults.UndecodableText);

    [Fact]
    public Task Nul_characters_are_no_text() =>
        Refused(Csv(Header, Good.Replace("李", "李\0", StringComparison.Ordinal)), RosterFaults.NotText);

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public Task Other_separators(char separator) => Reads(Csv(Header.Replace(',', separator), Good.Replace(',', separator)));

    [Fact]
    public async Task A_separator_is_not_misled_by_commas_in_the_cells()
    {
        var row = await Row("姓名;身份证号;职业;地区;备注", "李样例;620602199001010027;快递员;620602;甲,乙,丙,丁,戊,己");
        Assert.NotNull(row.Draft);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    public Task Other_line_ends(string end) => Reads(Encoding.UTF8.GetBytes(Header + end + Good));

    [Fact]
    public async Task Row_numbers_are_those_of_the_sheet_blank_rows_and_line_breaks_in_quotes_included()
    {
        using var sheet = await Opened(Header + ",备注", "", Good + ",\"甲\r\n乙\"", ",,,,", "  ,　,,,", Good + ",", "", "");
        Assert.Equal([3, 6], sheet.Rows().Select(row => row.Number));
        Assert.Equal((2, 3), (sheet.RowCount, sheet.BlankRows));
        Assert.Equal("甲\r\n乙", sheet.Rows().First()[4].Text);
    }

    [Fact]
    public async Task A_row_with_nothing_but_its_prepared_serial_number_is_blank()
    {
        using var sheet = await Opened("序号," + Header, "1," + Good, "2,,,,", "3,,,,");
        Assert.Equal((1, 0), (sheet.RowCount, sheet.BlankRows));
    }

    [Fact]
    public async Task Empty_columns_at_the_end_are_nothing()
    {
        using var sheet = await Opened(Header + ",,,", Good + ",,,", Good, Good + ",,,,,");
        Assert.All(sheet.Read(), row => Assert.Empty(row.Faults));
        Assert.Equal((4, 3), (sheet.Headings.Count, sheet.RowCount));
    }

    [Fact]
    public async Task Rows_with_too_few_or_too_many_cells_are_at_fault_and_the_others_are_not()
    {
        var rows = await Rows(Header, Good, "李样例,620602199001010027,快递员", Good + ",13800138000");
        Assert.Empty(rows[0].Faults);
        Assert.Equal(RosterFaults.CellCount, rows[1].Faults[0].Rule);
        Assert.Contains("3", rows[1].Faults[0].Text, StringComparison.Ordinal);
        Assert.Equal(RosterFaults.CellCount, Assert.Single(rows[2].Faults).Rule);
        Assert.Null(rows[2].Faults[0].Column);
    }

    [Fact]
    public Task Text_below_no_heading_is_at_fault() =>
        Faulty("姓名,,身份证号,职业,地区", "李样例,甲,620602199001010027,快递员,620602", RosterFaults.CellWithoutHeading, "B");

    [Theory]
    [InlineData("李样例,\"620602199001010027,快递员,620602")]
    [InlineData("李\"样例,620602199001010027,快递员,620602")]
    [InlineData("\"李\"样例,620602199001010027,快递员,620602")]
    public async Task Broken_quotes_name_the_row(string line)
    {
        var fault = await Refused(Csv(Header, Good, line, Good), RosterFaults.BrokenQuotes);
        Assert.EndsWith("row 3", fault.Text, StringComparison.Ordinal);
        Assert.EndsWith("第3行", fault.TextZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_that_swallows_the_rest_of_a_large_file_is_not_held_in_memory()
    {
        var lines = Enumerable.Repeat(Good, 40_000);
        var fault = await Refused(Csv([Header, Good, "\"" + Good, .. lines]), RosterFaults.RowTooLong);
        Assert.EndsWith("row 3", fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("@SUM(1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("'=1")]
    [InlineData(" ＝1")]
    public Task A_cell_that_begins_like_a_formula_is_at_fault(string name) =>
        Faulty(Header, Good.Replace("李样例", name, StringComparison.Ordinal), RosterFaults.FormulaText, "姓名");

    [Fact]
    public async Task A_telephone_number_may_begin_with_plus() =>
        Assert.Equal("+8613800138000", (await Draft("电话", "+86 13800138000")).Person.Phone);

    [Fact]
    public async Task A_cell_of_more_than_32767_characters_is_at_fault_and_cut()
    {
        var row = await Row(Header + ",备注", $"{Good},{new string('长', 40_000)}");
        Assert.Equal((RosterFaults.CellTooLong, "备注"), (Assert.Single(row.Faults).Rule, row.Faults[0].Column));
        Assert.Equal(32_767, row.Sheet[4].Text.Length);
    }

    [Fact]
    public async Task Two_hundred_columns_are_refused() =>
        Assert.Contains("100", (await Refused(Csv(string.Join(',', Enumerable.Repeat("姓名,身份证号", 100)), Good),
            RosterFaults.TooManyColumns)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Two_hundred_cells_below_a_good_header_are_the_rows_fault()
    {
        var rows = await Rows(Header, Good + string.Concat(Enumerable.Repeat(",甲", 196)), Good);
        Assert.Equal(RosterFaults.CellCount, Assert.Single(rows[0].Faults).Rule);
        Assert.NotNull(rows[1].Draft);
    }

    [Fact]
    public Task An_empty_file() => Refused([], RosterFaults.EmptyFile);

    [Theory]
    [InlineData(Header)]
    [InlineData(Header + "\r\n\r\n,,,\r\n")]
    public Task A_header_alone(string file) => Refused(Encoding.UTF8.GetBytes(file), RosterFaults.NoRows);

    [Fact]
    public Task Only_blank_lines() => Refused("\r\n\r\n \r\n"u8.ToArray(), RosterFaults.HeaderNotFound);

    [Fact]
    public async Task More_rows_than_a_roster_may_have()
    {
        var fault = await Refused(Csv([Header, .. Enumerable.Repeat(Good, 11)]), RosterFaults.TooManyRows, new RosterLimits { Rows = 10 });
        Assert.Contains("10", fault.Text, StringComparison.Ordinal);
        await Refused(Csv([Header, Good, .. Enumerable.Repeat("", 20), Good]), RosterFaults.TooManyRows, new RosterLimits { LastRow = 20 });
    }

    [Fact]
    public async Task A_million_rows_are_not_too_many_and_one_more_is()
    {
        var line = Encoding.UTF8.GetBytes("甲,1,a,6\n");
        var file = new byte[Csv(Header).Length + line.Length * 1_000_001];
        Csv(Header).CopyTo(file, 0);
        for (var at = Csv(Header).Length; at < file.Length; at += line.Length) line.CopyTo(file, at);
        using (var sheet = await Opened(file[..^line.Length])) Assert.Equal(1_000_000, sheet.RowCount);
        await Refused(file, RosterFaults.TooManyRows);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_whether_it_can_seek_or_not()
    {
        var limits = new RosterLimits { FileBytes = 20 };
        await Refused(Csv(Header, Good), RosterFaults.FileTooLarge, limits);
        var (_, fault) = await RosterSheet.Open(new ForwardOnly(Csv(Header, Good)), limits: limits);
        Assert.Equal(RosterFaults.FileTooLarge, fault!.Rule);
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_read_asynchronously_and_can_be_closed_before_the_rows_are_read()
    {
        var stream = new ForwardOnly(Csv(Header, Good));
        var (sheet, _) = await RosterSheet.Open(stream);
        stream.Dispose();
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "roster-*"));
        using (sheet) Assert.Equal(sheet!.Read().Select(row => row.Draft), sheet.Read().Select(row => row.Draft));
    }

    [Fact]
    public async Task A_stream_that_can_seek_is_read_from_its_beginning_and_left_open()
    {
        foreach (var file in (byte[][])[Csv(Header, Good), Workbooks.Of(Header.Split(','), Good.Split(','))])
        {
            var stream = new MemoryStream(file) { Position = 3 };
            var (sheet, _) = await RosterSheet.Open(stream);
            Assert.Single(sheet!.Read());
            sheet.Dispose();
            Assert.Equal(file.Length, stream.Length);
            Assert.Null((await RosterSheet.Open(stream)).Fault);
        }
    }

    [Fact]
    public async Task A_stream_that_fails_is_the_callers()
    {
        await Assert.ThrowsAsync<IOException>(() => RosterSheet.Open(new ForwardOnly(Csv(Header, Good), failing: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RosterSheet.Open(new MemoryStream(Csv(Header, Good)), cancellation: new CancellationToken(true)));
    }

    private static async Task Reads(byte[] file)
    {
        using var sheet = await Opened(file);
        Assert.Equal((SheetFormat.Csv, "", 1, 1, 0), (sheet.Format, sheet.Name, sheet.HeaderRow, sheet.RowCount, sheet.BlankRows));
        var person = Assert.Single(sheet.Read()).Draft!.Person;
        Assert.Equal(("李样例", "620602199001010027", "courier", "620602"),
            (person.Name, person.IdNumber.Value, person.Occupation.Code, person.Region.Value));
    }
}

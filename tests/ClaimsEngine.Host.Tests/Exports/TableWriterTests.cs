using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ClaimsEngine.Host.Tests.Rosters;
using ClaimsEngine.Rosters.Writing;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Exports;

/// <summary>What a written table holds when another program opens it.</summary>
public sealed class TableWriterTests
{
    private static readonly (TableFormat Format, string Type)[] Forms =
        [(TableFormat.Csv, OpenedTable.Csv), (TableFormat.Xlsx, OpenedTable.Xlsx), (TableFormat.Parquet, OpenedTable.Parquet)];

    private static readonly TableColumn[] Columns =
    [
        new("code", "编号", CellKind.Text), new("count", "件数", CellKind.Number), new("amount", "金额", CellKind.Money),
        new("share", "比例", CellKind.Ratio), new("day", "日期", CellKind.Date), new("at", "时间", CellKind.Moment),
        new("open", "未结", CellKind.Flag), new("status", "状态", CellKind.Text, code => code == "settled" ? "已到账" : null),
    ];

    private static readonly object?[] Full =
    [
        "620602199001010027", 12L, new Money(-12_000_050), 1.0050004m, new LocalDate(2025, 10, 20),
        Instant.FromUtc(2025, 12, 31, 16, 30, 5), true, "settled",
    ];

    private static readonly object?[] Empty = new object?[8];

    [Fact]
    public async Task A_workbook_has_typed_cells_under_Chinese_headings_that_stay_in_place()
    {
        var file = await Written(TableFormat.Xlsx, Columns, [Full, Empty]);
        var sheets = OpenedTable.Sheets(file);
        Assert.Equal(["付款", "说明"], sheets.Select(sheet => sheet.Name));
        var table = sheets[0].Table;
        Assert.Equal(["编号", "件数", "金额", "比例", "日期", "时间（北京时间）", "未结", "状态代码", "状态"], table.Headings);
        // 49 is text, 4 is two decimals with separators of thousands; a day is the number of days since 1900
        Assert.Equal(
            ["inlineStr 49", "n", "n 4", "n 0.00####", "n yyyy-mm-dd", "n yyyy-mm-dd hh:mm:ss", "b", "inlineStr 49", "inlineStr 49"],
            table.Types);
        Same(["620602199001010027", "12", "-120000.5", "1.005"], table.Rows[0][..4]);
        Assert.Equal(new DateTime(2025, 10, 20), DateTime.FromOADate(double.Parse(table.Rows[0][4]!)));
        Assert.Equal(
            new DateTime(2026, 1, 1, 0, 30, 5), DateTime.FromOADate(double.Parse(table.Rows[0][5]!)), TimeSpan.FromMilliseconds(1));
        Same(["1", "settled", "已到账"], table.Rows[0][6..]);
        Assert.All(table.Rows[1], Assert.Null);
        Assert.Equal(["事件位置", "12"], sheets[1].Table.Headings);
        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Contains("<x:pane ySplit=\"1\"", document.WorkbookPart!.WorksheetParts.First().Worksheet.OuterXml);
    }

    [Fact]
    public async Task Parquet_has_exact_types_under_the_names_of_the_API_and_says_the_headings_beside()
    {
        var file = await Written(TableFormat.Parquet, Columns, [Full, Empty]);
        var table = OpenedTable.Of(OpenedTable.Parquet, file);
        Assert.Equal(["code", "count", "amount", "share", "day", "at", "open", "status", "statusText"], table.Headings);
        Assert.Equal(["Varchar", "BigInt", "Decimal", "Decimal", "Date", "TimestampTz", "Boolean", "Varchar", "Varchar"], table.Types);
        Same(
            ["620602199001010027", "12", "-120000.50", "1.005000", "2025-10-20", "2025-12-31T16:30:05.000000Z", "true", "settled", "已到账"],
            table.Rows[0]);
        Assert.All(table.Rows[1], Assert.Null);
        var said = OpenedTable.Metadata(file);
        Assert.Equal(("12", "金额"), (said["position"], said["heading.amount"]));
    }

    [Fact]
    public async Task CSV_has_local_times_plain_numbers_and_a_mark_of_UTF_8()
    {
        var table = OpenedTable.Of(OpenedTable.Csv, await Written(TableFormat.Csv, Columns, [Full, Empty]));
        Assert.Equal(["编号", "件数", "金额", "比例", "日期", "时间（北京时间）", "未结", "状态代码", "状态"], table.Headings);
        Same(
            ["620602199001010027", "12", "-120000.50", "1.005", "2025-10-20", "2026-01-01 00:30:05", "true", "settled", "已到账"],
            table.Rows[0]);
        Assert.All(table.Rows[1], cell => Assert.True(string.IsNullOrEmpty(cell)));
    }

    private static readonly string[] Hostile =
    [
        "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "he said \"no\", twice", "two\nlines", "a;b,c",
        "\u202E倒写\u200F", "_x0041_", "<b>&amp;</b>", "]]>", "👩‍🔧", "NULL", "1e5", "0012", new string('长', 40_000),
    ];

    [Fact]
    public async Task Hostile_text_comes_back_as_text_and_computes_nothing()
    {
        foreach (var (format, type) in Forms)
        {
            var table = OpenedTable.Of(type, await Written(
                format, [new("text", "文本", CellKind.Text), new("n", "序号", CellKind.Number)],
                Hostile.Select((text, i) => (object?[])[text, i])));
            var read = table.Rows.Select(row => row[0]).ToArray();
            if (format == TableFormat.Parquet) Assert.Equal(Hostile, read);
            if (format == TableFormat.Xlsx)
            {
                Assert.Equal(Hostile[..^1], read[..^1]);
                Assert.Equal(Hostile[^1][..32_767], read[^1]);
                Assert.Equal("inlineStr 49", table.Types[0]);
            }
            if (format == TableFormat.Csv)
            {
                Assert.DoesNotContain(read, text => text![0] is '=' or '+' or '-' or '@' or '\t' or '＝');
                Assert.Equal(Hostile, read.Select(text => ClaimsEngine.Rosters.Csv.FormulaGuard.TakeOff(text!)));
            }
        }
    }

    [Fact]
    public async Task Text_that_is_no_Unicode_is_written_all_the_same()
    {
        foreach (var (format, type) in Forms)
        {
            var table = OpenedTable.Of(type, await Written(format, [new("text", "文本", CellKind.Text)], [["a\uD800b"], ["next"]]));
            Assert.Equal(["a\uFFFDb", "next"], table.Rows.Select(row => row[0]));
        }
    }

    [Fact]
    public async Task An_empty_table_has_its_headings()
    {
        foreach (var (format, type) in Forms)
        {
            var table = OpenedTable.Of(type, await Written(format, Columns, []));
            Assert.Equal(9, table.Headings.Count);
            Assert.Empty(table.Rows);
        }
    }

    [Fact]
    public async Task A_total_is_the_last_row_for_people_and_no_row_for_programs()
    {
        foreach (var (format, type) in Forms)
        {
            object?[] total = [null, 12L, new Money(-12_000_050), null, null, null, null, null];
            var rows = OpenedTable.Of(type, await Written(format, Columns, [Full], total)).Rows;
            Assert.Equal(format == TableFormat.Parquet ? 1 : 2, rows.Count);
            if (format != TableFormat.Parquet)
                Same(["合计", "12", format == TableFormat.Xlsx ? "-120000.5" : "-120000.50"], rows[1][..3]);
        }
    }

    [Fact]
    public async Task What_does_not_fit_on_a_sheet_goes_on_on_the_next_one_under_the_same_heading()
    {
        using var file = new MemoryStream();
        await using (var writer = new XlsxTableWriter(file, "付款", [new("n", "序号", CellKind.Number)], [], mostRows: 3))
        {
            for (var i = 1; i <= 5; i++) await writer.Write([i]);
            await writer.Finish();
        }
        var sheets = OpenedTable.Sheets(file.ToArray());
        Assert.Equal(["付款", "付款 2", "付款 3"], sheets.Select(sheet => sheet.Name));
        Assert.All(sheets, sheet => Assert.Equal(["序号"], sheet.Table.Headings));
        Assert.Equal(["1", "2", "3", "4", "5"], sheets.SelectMany(sheet => sheet.Table.Rows).Select(row => row[0]));
        Assert.Equal(1_048_576, XlsxTableWriter.MostRows);
    }

    [Fact]
    public async Task A_writer_holds_no_row_that_was_sent_and_writes_nothing_synchronously()
    {
        const int Rows = 45_000;   // two groups of Parquet and the beginning of a third
        foreach (var (format, type) in Forms)
        {
            var (destination, held) = (new WriteOnlyAsync(), new List<WeakReference>());
            await using (var writer = TableWriter.To(destination, format, "付款", Columns))
            {
                for (var i = 0; i < Rows; i++) await WriteOne(writer, i, held);
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                // 20,000 rows of the last group, and the one that the writer has just seen
                Assert.DoesNotContain(held[..^(format == TableFormat.Parquet ? 20_001 : 2)], row => row.IsAlive);
                Assert.NotEmpty(destination.Written);
                await writer.Finish();
            }
            Assert.Equal(Rows, OpenedTable.Count(type, destination.Written));
            if (format != TableFormat.Parquet) Assert.InRange(destination.Largest, 1, 256 << 10);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask WriteOne(TableWriter writer, int i, List<WeakReference> held)
    {
        var row = (object?[])Full.Clone();
        row[0] = Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(i)));   // does not become small
        held.Add(new WeakReference(row[0]));
        return writer.Write(row);
    }

    [Fact]
    public async Task A_file_without_its_end_cannot_be_taken_for_a_whole_one()
    {
        var destination = new WriteOnlyAsync();
        await using (var writer = TableWriter.To(destination, TableFormat.Parquet, "付款", Columns))
            for (var i = 0; i < 20_000; i++) await WriteOne(writer, i, []);
        Assert.NotEmpty(destination.Written);
        Assert.NotEqual("PAR1"u8.ToArray(), destination.Written[^4..]);
    }

    [Fact]
    public async Task A_row_of_another_length_is_a_fault() => await Assert.ThrowsAsync<ArgumentException>(
        () => Written(TableFormat.Csv, Columns, [["one cell"]]));

    private static void Same(IEnumerable<string?> expected, IEnumerable<string?> cells) => Assert.Equal(expected, cells);

    private static async Task<byte[]> Written(
        TableFormat format, IReadOnlyList<TableColumn> columns, IEnumerable<object?[]> rows, object?[]? total = null)
    {
        var destination = new WriteOnlyAsync();
        await using var writer = TableWriter.To(destination, format, "付款", columns, new TableNote("position", "事件位置", "12"));
        foreach (var row in rows) await writer.Write(row);
        await writer.Finish(total);
        return destination.Written;
    }
}

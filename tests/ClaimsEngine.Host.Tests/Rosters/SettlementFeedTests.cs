using System.Text;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Rosters.Sheets;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Feeds of settlements as they are read, without the engine.</summary>
public sealed class SettlementFeedTests
{
    private const string Json =
        """{"source":"样例市医保中心","settlementNumber":"S-1","idNumber":"620602199001010027","name":"李样例","admitted":"2025-09-08","""
        + """ "discharged":"2025-09-21","hospitalGrade":3,"total":"9210.55","inScope":"8006.20","ownShare":"2873.46"}""";

    private const string Headings = "经办机构,结算单号,身份证号,姓名,入院日期,出院日期,医院等级,总费用,政策范围内费用,个人自付";
    private const string Cells = "样例市医保中心,S-1,620602199001010027,李样例,2025-09-08,2025-09-21,3,9210.55,8006.20,2873.46";

    private static List<SettlementRow> JsonLines(string text) => Read(Encoding.UTF8.GetBytes(text), SettlementForm.JsonLines);

    private static List<SettlementRow> Read(byte[] file, SettlementForm form = SettlementForm.Csv)
    {
        using var stream = new MemoryStream(file);
        return [.. SettlementFeed.Read(stream, form, TestContext.Current.CancellationToken)];
    }

    private static string Unreadable(byte[] file, SettlementForm form = SettlementForm.Csv) =>
        Assert.Throws<UnreadableException>(() => Read(file, form)).Fault.Code;

    [Fact]
    public void Both_forms_say_the_same()
    {
        var expected = Assert.Single(JsonLines(Json)).Read;
        Assert.NotNull(expected);
        foreach (var (headings, cells) in ((string, string)[])
        [
            (Headings, Cells),
            ("source,settlementNumber,idNumber,name,admitted,discharged,hospitalGrade,total,inScope,ownShare", Cells),
            ("经办机构;结算编号;身份证号码;患者姓名;入院时间;出院时间;医院级别;医疗总费用(元);政策范围内金额(元);自付(元)",
                "样例市医保中心; S-1 ;６２０６０２199001010027;李样例;2025年9月8日;2025/9/21;三级甲等;¥9,210.55;8006.20元;2873.46"),
            (Headings + ",病种", Cells + ","),
        ])
        {
            var row = Assert.Single(Read(Csv(headings, cells)));
            Assert.Equal(expected, row.Read);
            Assert.Equal(2, row.Line);
        }
        Assert.Equal(expected, Assert.Single(Read(Gb18030.GetBytes($"{Headings}\r\n{Cells}\r\n"))).Read);
    }

    [Fact]
    public void A_bad_line_does_not_keep_the_others_from_being_read()
    {
        var tooLong = new string('x', 70_000);
        var turned = Json.Replace("2025-09-21", "2025-09-01", StringComparison.Ordinal);
        var rows = JsonLines($"\uFEFF{Json}\n\nno JSON\n[]\n{turned}\r\n{tooLong}\n"
            + "{\"name\":\"\\ud800\"}\n" + Json);
        Assert.Equal(
        [
            (1, null), (3, "line-unreadable"), (4, "line-unreadable"), (5, "value-contradicts"), (6, "line-unreadable"),
            (7, "value-invalid"), (8, null),
        ], rows.Select(row => (row.Line, row.Faults.FirstOrDefault()?.Code)));
        Assert.NotNull(rows[^1].Read);
    }

    [Fact]
    public void A_fault_of_a_sheet_names_the_column_as_the_sheet_does()
    {
        var rows = Read(Csv("结算编号,经办机构,证件号码,姓名,入院日期,出院日期,总费用,政策范围内费用,个人自付",
            "S 1,样例市医保中心,1,李样例,2025-09-08,2025-09-21,9210.55,8006.20,x", "S-2,,620602199001010027,李样例,,2025-09-21,1,1,1",
            "S-3,样例市医保中心,620602199001010027,李样例,2025-09-08,2025-09-21,9210.55,8006.20,1,more"));
        Assert.Equal([("个人自付", "value-invalid"), ("证件号码", "value-invalid")],
            rows[0].Faults.Select(fault => (fault.Column!, fault.Code)).Order());
        Assert.Equal([("入院日期", "value-missing"), ("经办机构", "value-missing")],
            rows[1].Faults.Select(fault => (fault.Column!, fault.Code)).Order());
        Assert.Equal("line-unreadable", Assert.Single(rows[2].Faults).Code);
    }

    [Fact]
    public void A_feed_whose_lines_cannot_be_told_is_refused_as_a_whole()
    {
        Assert.Equal("empty-file", Unreadable([]));
        Assert.Equal("no-rows", Unreadable([], SettlementForm.JsonLines));
        Assert.Equal("no-rows", Unreadable(Csv(Headings)));
        Assert.Equal("missing-heading", Unreadable(Csv("a,b", "1,2")));
        Assert.Equal("missing-heading", Unreadable(Csv("结算单号,姓名", "1,2")));
        Assert.Equal("unknown-heading", Unreadable(Csv(Headings + ",诊断", Cells + ",J18")));
        Assert.Equal("repeated-heading", Unreadable(Csv(Headings + ",医院级别", Cells + ",3")));
        Assert.Equal("broken-quotes", Unreadable(Csv(Headings, Cells, "\"a\"b")));
        Assert.Equal("not-text", Unreadable("PK\u0003\u0004\0\0"u8.ToArray()));
    }
}

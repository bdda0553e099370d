using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Tests.Http;

public sealed class PaymentResultsCsvTests
{
    private const string Chinese =
        "银行流水号,付款编号,结果,退汇原因\r\n"
        + "B-1,01a1fc72-4866-72a9-8e5e-33e1064e9c2f,成功,\r\n"
        + "B-2,01a1fc72-4866-72a9-8e5e-33e1064e9c30,退汇,\"户名不符,账户关闭\"\r\n";

    private const string Expected =
        """
        {"lines":[{"bankReference":"B-1","payoutId":"01a1fc72-4866-72a9-8e5e-33e1064e9c2f","outcome":"settled"},
        {"bankReference":"B-2","payoutId":"01a1fc72-4866-72a9-8e5e-33e1064e9c30","outcome":"returned","reason":"户名不符,账户关闭"}]}
        """;

    [Fact]
    public void Columns_stand_in_any_order_and_in_chinese() => Reads(Encoding.UTF8.GetBytes(Chinese));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_heading() =>
        Reads([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Chinese)]);

    [Fact]
    public void Gb18030_is_read_as_well() => Reads(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Chinese));

    [Fact]
    public void English_headings_and_words_are_the_json_names() => Reads(Encoding.UTF8.GetBytes(
        Chinese.Replace("银行流水号,付款编号,结果,退汇原因", "bankReference,payoutId,outcome,reason", StringComparison.Ordinal)
            .Replace("成功", "settled", StringComparison.Ordinal).Replace(",退汇,", ",returned,", StringComparison.Ordinal)));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("付款编号,备注\r\n1,2\r\n", "column 2 is no column")]
    [InlineData("付款编号,结果\r\n1\r\n", "no CSV")]
    [InlineData("付款编号,结果\r\n1,2,3\r\n", "no CSV")]
    [InlineData("付款编号,结果\r\n\"1,2\r\n", "no CSV")]
    public void A_file_that_cannot_be_read_says_why(string file, string reason)
    {
        var read = Read(Encoding.UTF8.GetBytes(file));
        Assert.Null(read.Json);
        Assert.Contains(reason, Assert.Single(read.Faults).Message, StringComparison.Ordinal);
    }

    private static void Reads(byte[] file)
    {
        var read = Read(file);
        Assert.Empty(read.Faults);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), read.Json), read.Json!.ToJsonString());
    }

    [Fact]
    public void A_bank_has_its_own_words_units_and_a_line_of_totals_that_shows_a_file_cut_off()
    {
        var hohhot = BankProfile.Of("hohhot")!.Results;
        const string file = "业务编号|处理状态|交易流水|失败代码|失败说明|金额（分）\r\n"
            + "01a1fc72486672a98e5e33e1064e9c2f|00|B-1|||30001\r\n01a1fc72486672a98e5e33e1064e9c30|01|B-2|AC04||100\r\n";
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var read = ResultsCsv.Read(gb18030.GetBytes(file + "合计||2|||30101\r\n"), hohhot);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"lines":[{"payoutId":"01a1fc72-4866-72a9-8e5e-33e1064e9c2f","outcome":"settled","bankReference":"B-1","amount":"300.01"},
            {"payoutId":"01a1fc72-4866-72a9-8e5e-33e1064e9c30","outcome":"returned","bankReference":"B-2","reasonCode":"AC04",
            "amount":"1.00"}],"control":{"lines":2,"sum":"301.01"}}
            """), read.Json), read.Json?.ToJsonString());
        Assert.Contains("cut off", Assert.Single(ResultsCsv.Read(gb18030.GetBytes(file), hohhot).Faults).Message,
            StringComparison.Ordinal);
        Assert.Equal("lines.0.amount", Assert.Single(ResultsCsv.Read(
            gb18030.GetBytes(file.Replace("30001", "300.01", StringComparison.Ordinal) + "合计||2|||30101\r\n"), hohhot).Faults).Field);
    }

    private static ReportFile Read(byte[] file) => ResultsCsv.Read(file, BankProfile.Of("default")!.Results);
}

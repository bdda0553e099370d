using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Http;

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
    [InlineData("付款编号,金额\r\n1,2\r\n", "金额")]
    [InlineData("付款编号,结果\r\n1\r\n", "no CSV")]
    [InlineData("付款编号,结果\r\n1,2,3\r\n", "no CSV")]
    [InlineData("付款编号,结果\r\n\"1,2\r\n", "no CSV")]
    public void A_file_that_cannot_be_read_says_why(string file, string reason)
    {
        var (json, fault) = PaymentResultsCsv.ToJson(Encoding.UTF8.GetBytes(file));
        Assert.Null(json);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    private static void Reads(byte[] file)
    {
        var (json, fault) = PaymentResultsCsv.ToJson(file);
        Assert.Null(fault);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), JsonNode.Parse(json)), Encoding.UTF8.GetString(json!));
    }
}

using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Tests.Banks;

/// <summary>The bank's report as ISO 20022.</summary>
public sealed class Pain002Tests
{
    private const string One = "01a1fc72-4866-72a9-8e5e-33e1064e9c2f", Two = "01a1fc72-4866-72a9-8e5e-33e1064e9c30";

    private static readonly PaymentBatch Batch = Fold.Of<PaymentBatch>([new PaymentBatchAssembled(
        new PaymentBatchId(Guid.NewGuid()), "B62-20251120-7K3F9QTN", RegionCode.Of("62"),
        [new PaymentLine(new PayoutId(Guid.Parse(One)), Money.Yuan(1)), new PaymentLine(new PayoutId(Guid.Parse(Two)), Money.Yuan(2))],
        "a")])!;

    [Fact]
    public void Each_transfer_becomes_a_line_with_its_reason_and_amount()
    {
        var read = Read(Report("", $"""
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>B62-20251120-7K3F9QTN</OrgnlPmtInfId>
              <TxInfAndSts><OrgnlEndToEndId>{One.Replace("-", "", StringComparison.Ordinal)}</OrgnlEndToEndId><TxSts>ACSC</TxSts>
                <AcctSvcrRef>B-1</AcctSvcrRef><OrgnlTxRef><Amt><InstdAmt Ccy="CNY">1.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
              <TxInfAndSts><StsId>S-2</StsId><OrgnlEndToEndId>{Two}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
                <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>账户已销户</AddtlInf></StsRsnInf></TxInfAndSts>
            </OrgnlPmtInfAndSts>
            """));
        Assert.Empty(read.Faults);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""
            {
              "lines": [{ "payoutId": "{{One}}", "outcome": "settled", "bankReference": "B-1", "amount": "1.00", "currency": "CNY" },
                { "payoutId": "{{Two}}", "outcome": "returned", "reasonCode": "AC04", "reason": "账户已销户", "bankReference": "S-2" }],
              "control": { "batch": "B62-20251120-7K3F9QTN", "count": 2, "amount": "3.00" }
            }
            """), read.Json), read.Json?.ToJsonString());
    }

    [Fact]
    public void A_status_of_the_whole_group_stands_for_every_transfer()
    {
        var read = Read(Report("<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>", ""));
        Assert.Equal([(One, "returned", "AM04", "R-1"), (Two, "returned", "AM04", "R-1")], read.Json!["lines"]!.AsArray().Select(line =>
            ((string)line!["payoutId"]!, (string)line["outcome"]!, (string)line["reasonCode"]!, (string)line["bankReference"]!)));
    }

    [Fact]
    public void A_transfer_that_is_under_way_is_pending() => Assert.Equal("pending", (string)Read(Report("", $"""
        <OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>{One}</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>
        """)).Json!["lines"]![0]!["outcome"]!);

    [Theory]
    [InlineData("not xml", "no well-formed XML")]
    [InlineData("<a/>", "no pain.002.001.10")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "no well-formed XML")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"/>", "CstmrPmtStsRpt is missing")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt/></Document>", "OrgnlGrpInfAndSts")]
    public void A_file_that_is_no_report_says_why(string file, string why) =>
        Assert.Contains(why, Assert.Single(Read(file).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void A_report_that_was_cut_off_anywhere_is_refused()
    {
        var whole = Report("<GrpSts>ACSC</GrpSts>", "");
        foreach (var length in (int[])[whole.Length - 1, whole.Length - 20, whole.Length / 2, 60])
            Assert.Null(Read(whole[..length]).Json);
    }

    [Fact]
    public void Two_totals_that_differ_and_an_unknown_status_are_named()
    {
        var read = Read(Report("", $"""
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>OTHER</OrgnlPmtInfId><OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>x</OrgnlCtrlSum>
            <TxInfAndSts><OrgnlEndToEndId>{One}</OrgnlEndToEndId><TxSts>MAYBE</TxSts></TxInfAndSts></OrgnlPmtInfAndSts>
            """));
        Assert.Equal(["control.batch", "control.count", "control.amount", "lines.0.outcome"], read.Faults.Select(fault => fault.Field));
    }

    private static string Report(string group, string payments) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
          <GrpHdr><MsgId>R-1</MsgId><CreDtTm>2025-11-21T09:00:00+08:00</CreDtTm></GrpHdr>
          <OrgnlGrpInfAndSts><OrgnlMsgId>B62-20251120-7K3F9QTN</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
            <OrgnlNbOfTxs>2</OrgnlNbOfTxs><OrgnlCtrlSum>3.00</OrgnlCtrlSum>{group}</OrgnlGrpInfAndSts>{payments}
        </CstmrPmtStsRpt></Document>
        """;

    private static ReportFile Read(string file) => Pain002.Read(Encoding.UTF8.GetBytes(file), Batch);
}

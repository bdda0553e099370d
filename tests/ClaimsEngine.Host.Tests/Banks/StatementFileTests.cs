using System.Text;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Tests.Banks;

/// <summary>A bank's statements as files.</summary>
public sealed class StatementFileTests
{
    private const string Header = "记账日期,支出,收入,余额,付款编号,银行流水号\r\n";
    private const string Csv = Header + "2025-11-20,120000.00,,380000.00,01a1fc72486672a98e5e33e1064e9c2f,B-1\r\n"
        + "2025-11-21,,1.00,380001.00,,B-2\r\n";

    private const string Expected = """
        {"account":"A","number":"N","from":"2025-11-20","to":"2025-11-21","opening":"500000.00","closing":"380001.00","lines":[
        {"bookedOn":"2025-11-20","amount":"-120000.00","endToEndId":"01a1fc72486672a98e5e33e1064e9c2f","bankReference":"B-1"},
        {"bookedOn":"2025-11-21","amount":"1.00","bankReference":"B-2"}]}
        """;

    private const string Camt = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>N</Id>
        <Acct><Id><Othr><Id>A</Id></Othr></Id></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">500000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">380001.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Ntry><Amt Ccy="CNY">120000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-11-20</Dt></BookgDt>
        <AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>01a1fc72486672a98e5e33e1064e9c2f</EndToEndId></Refs></TxDtls>
        </NtryDtls></Ntry>
        <Ntry><Amt Ccy="CNY">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
        <Ntry><Amt Ccy="CNY">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-11-21</Dt></BookgDt>
        <AcctSvcrRef>B-2</AcctSvcrRef></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    [Fact]
    public void The_lines_of_a_csv_make_opening_and_closing_balance() => Same(Expected, ReadCsv(Csv));

    [Theory]
    [InlineData("2025-11-21,,1.00,380001.00,,B-2", "2025-11-21,,1.00,380002.00,,B-2", "lines.1.balance")]
    [InlineData("2025-11-21,,1.00,380001.00,,B-2", "2025-11-21,2.00,1.00,380001.00,,B-2", "lines.1.amount")]
    [InlineData("2025-11-21,,1.00,380001.00,,B-2", "2025-11-21,,1.00,,,B-2", "lines.1.balance")]
    public void A_line_that_does_not_fit_the_balance_is_named(string from, string to, string field) =>
        Assert.Equal(field, Assert.Single(ReadCsv(Csv.Replace(from, to, StringComparison.Ordinal)).Faults).Field);

    [Fact]
    public void A_csv_without_a_line_is_none() =>
        Assert.Contains("no line", Assert.Single(ReadCsv(Header).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void The_booked_entries_of_a_camt_are_its_lines() => Same(Expected, ReadCamt(Camt));

    [Fact]
    public void An_entry_of_several_transfers_is_a_line_for_each_of_them()
    {
        var two = Camt.Replace("<TxDtls><Refs><EndToEndId>01a1fc72486672a98e5e33e1064e9c2f</EndToEndId></Refs></TxDtls>", """
            <TxDtls><Refs><EndToEndId>1</EndToEndId></Refs><Amt Ccy="CNY">100000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>
            <TxDtls><Refs><EndToEndId>2</EndToEndId></Refs><Amt Ccy="CNY">20000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>
            """, StringComparison.Ordinal);
        Assert.Equal(["-100000.00", "-20000.00", "1.00"],
            ReadCamt(two).Json!["lines"]!.AsArray().Select(line => (string)line!["amount"]!));
        Assert.Equal("lines.0.amount", Assert.Single(
            ReadCamt(two.Replace("20000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>", "1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>",
                StringComparison.Ordinal)).Faults).Field);
    }

    [Theory]
    [InlineData("OPBD", "XXXX", "opening")]
    [InlineData("<Amt Ccy=\"CNY\">1.00</Amt>", "<Amt Ccy=\"USD\">1.00</Amt>", "lines.1.amount")]
    [InlineData("</Stmt>", "<TxsSummry><TtlNtries><NbOfNtries>9</NbOfNtries></TtlNtries></TxsSummry></Stmt>", "lines")]
    [InlineData("</Document>", "", "body")]
    public void What_is_wrong_with_a_camt_is_named(string from, string to, string field) =>
        Assert.Equal(field, Assert.Single(ReadCamt(Camt.Replace(from, to, StringComparison.Ordinal)).Faults).Field);

    private static ReportFile ReadCsv(string file) =>
        StatementCsv.Read(Encoding.UTF8.GetBytes(file), BankProfile.Of("default")!, "A", "N");

    private static ReportFile ReadCamt(string file) => Camt053.Read(Encoding.UTF8.GetBytes(file));

    private static void Same(string expected, ReportFile read) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), read.Json),
            $"{read.Json?.ToJsonString()} {string.Join(';', read.Faults)}");
}

using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Payouts;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Banks;

/// <summary>
/// The files that a bank gets. The schema beside this test is our own: no package of the feed carries the official one. It restates, with
/// ISO's names of types, the order of elements, the choices and the facets of <c>pain.001.001.09</c> as far as our message uses them.
/// </summary>
public sealed class TransferFileTests
{
    private static readonly BankFileLine[] Lines =
    [
        new(1, new PayoutId(Guid.Parse("01a1fc72-4866-72a9-8e5e-33e1064e9c2f")), "B62-20251120-7K3F9QTN", "陈样例", "6217000000000000020",
            "样例银行武威分行", Money.Yuan(120_000), "CNY", "C62-20251120-7K3F9QTN"),
        new(2, new PayoutId(Guid.Parse("01a1fc72-4866-72a9-8e5e-33e1064e9c30")), "B62-20251120-7K3F9QTN", "=李<样例>&", "6217000000000000038",
            "样例银行", new Money(1), "CNY", "C62-20251120-7K3F9QTP"),
    ];

    private static readonly ReleasedContent Content =
        new(Instant.FromUtc(2025, 11, 20, 17, 30, 5).PlusNanoseconds(7), "default", 2, new Money(12_000_001), "seal");

    public static TheoryData<string> Codes => [.. BankProfile.All.Select(bank => bank.Code)];

    [Theory, MemberData(nameof(Codes))]
    public void The_iso_message_fits_the_schema_and_says_how_many_and_how_much(string code)
    {
        var bytes = Pain001.Write(BankProfile.Of(code)!, "B62-20251120-7K3F9QTN", Content, Lines);
        Assert.Empty(Faults(bytes));
        var document = XDocument.Load(new MemoryStream(bytes));
        string[] Texts(string name) => [.. document.Descendants(XName.Get(name, Pain001.Namespace)).Select(element => element.Value)];
        Assert.Equal(["B62-20251120-7K3F9QTN"], Texts("MsgId"));
        Assert.Equal(["2", "2"], Texts("NbOfTxs"));
        Assert.Equal(["120000.01", "120000.01"], Texts("CtrlSum"));
        // released after midnight in Shanghai
        Assert.Equal((["2025-11-21T01:30:05+08:00"], ["2025-11-21"]), (Texts("CreDtTm"), Texts("Dt")));
        Assert.Equal(["01a1fc72486672a98e5e33e1064e9c2f", "01a1fc72486672a98e5e33e1064e9c30"], Texts("EndToEndId"));
        Assert.Equal(["120000.00", "0.01"], Texts("InstdAmt"));
        Assert.Contains("=李<样例>&", Texts("Nm"));
    }

    [Fact]
    public void The_schema_refuses_what_iso_refuses()
    {
        var good = Encoding.UTF8.GetString(Pain001.Write(BankProfile.Of("default")!, "B62-20251120-7K3F9QTN", Content, Lines));
        foreach (var (from, to) in ((string, string)[])
        [
            ("<PmtMtd>TRF</PmtMtd>", ""), ("<PmtMtd>TRF</PmtMtd>", "<PmtMtd>XXX</PmtMtd>"), ("Ccy=\"CNY\"", "Ccy=\"cny\""),
            ("<MsgId>B62-20251120-7K3F9QTN</MsgId>", $"<MsgId>{new string('X', 36)}</MsgId>"),
            ("<NbOfTxs>2</NbOfTxs>", "<NbOfTxs>two</NbOfTxs>"),
            ("6217000000000000020", new string('1', 35)), ("120000.00", "120000.000000"), ("<Document ", "<Other "),
        ])
            Assert.NotEmpty(Faults(Encoding.UTF8.GetBytes(good.Replace(from, to, StringComparison.Ordinal)
                .Replace("</Document>", from == "<Document " ? "</Other>" : "</Document>", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_same_lines_make_the_same_bytes()
    {
        var bank = BankProfile.Of("hohhot")!;
        Assert.Equal(Pain001.Write(bank, "B", Content, Lines), Pain001.Write(bank, "B", Content, Lines));
        Assert.Equal(TransfersCsv.Write(bank, Lines), TransfersCsv.Write(bank, Lines));
    }

    [Fact]
    public void A_bank_has_its_own_columns_units_and_encoding()
    {
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        Assert.Equal(
            "流水序号|付款账号|收款户名|收款账号|收款行名|金额（分）|用途|业务编号\r\n"
            + "1|00000000000000001501|陈样例|6217000000000000020|样例银行武威分行|12000000|职工互助C62-20251120-7K3F9QTN|"
            + "01a1fc72-4866-72a9-8e5e-33e1064e9c2f\r\n"
            + "2|00000000000000001501|'=李<样例>&|6217000000000000038|样例银行|1|职工互助C62-20251120-7K3F9QTP|"
            + "01a1fc72-4866-72a9-8e5e-33e1064e9c30\r\n",
            gb18030.GetString(TransfersCsv.Write(BankProfile.Of("hohhot")!, Lines)));
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), TransfersCsv.Write(BankProfile.Of("default")!, Lines)[..3]);
    }

    private static List<string> Faults(byte[] file)
    {
        using var schema = typeof(TransferFileTests).Assembly.GetManifestResourceStream("pain.001.001.09.xsd")!;
        using var described = XmlReader.Create(schema);
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.Schemas.Add(Pain001.Namespace, described);
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        using var reader = XmlReader.Create(new MemoryStream(file), settings);
        while (reader.Read()) { }
        return faults;
    }
}

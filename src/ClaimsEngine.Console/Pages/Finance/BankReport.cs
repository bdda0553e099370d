using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Console.Pages.Finance;

/// <summary>One line of the bank's file as it stands there, in the order in which the API counts lines.</summary>
/// <param name="Payout">the id as it is written; it may be none of ours</param>
/// <param name="Outcome">null for a word that is not known</param>
/// <param name="Said">the bank's own word or status</param>
internal sealed record ReportedLine(
    string Payout, ReportedOutcome? Outcome, string Said, string? Reference, string? Reason, string? ReasonCode, string? Amount)
{
    public Guid? Id => Guid.TryParse(Payout, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>
/// Reads a file of results only to show its lines beside the API's answer. What counts is how the API reads the file: it is sent there as
/// it is, for the check and for the record.
/// </summary>
internal static class BankReport
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the file is XML, and so pain.002 rather than CSV.</summary>
    public static bool IsXml(ReadOnlySpan<byte> file)
    {
        if (file is [0xEF, 0xBB, 0xBF, ..]) file = file[3..];   // the mark of UTF-8
        return file.TrimStart(" \r\n\t"u8) is [(byte)'<', ..];
    }

    /// <returns>no line where the file cannot be read: then the API says why</returns>
    public static IReadOnlyList<ReportedLine> Read(byte[] file, PaymentBatchView batch)
    {
        try
        {
            return IsXml(file) ? Message(file, batch)
                : Csv(file, (batch.Released is { } content ? BankProfile.Of(content.Bank) : null) ?? BankProfile.For(batch.Region));
        }
        catch (Exception exception) when (exception is XmlException or DecoderFallbackException)
        {
            return [];
        }
    }

    private static List<ReportedLine> Csv(byte[] file, BankProfile bank)
    {
        var form = bank.Results;
        var rows = Rows(Text(file), form.Separator[0]);
        if (rows.Count == 0) return [];
        var fields = rows[0].Select(heading => form.Columns.FirstOrDefault(column => column.Headings.Contains(heading.Trim()))?.Field).ToArray();
        var lines = new List<ReportedLine>();
        foreach (var row in rows.Skip(1))
        {
            string? Cell(ResultField field) =>
                Array.IndexOf(fields, field) is >= 0 and var at && at < row.Count && row[at].Trim() is { Length: > 0 } text ? text : null;
            var id = Cell(ResultField.PayoutId) ?? "";
            if (form.Totals is { } totals && id == totals.Marker) continue;
            var said = Cell(ResultField.Outcome) ?? "";
            ReportedOutcome? outcome = form.Outcomes.TryGetValue(said, out var known) ? known
                : Enum.TryParse<ReportedOutcome>(said, ignoreCase: true, out var own) ? own : null;
            lines.Add(new ReportedLine(id, outcome, said, Cell(ResultField.BankReference), Cell(ResultField.Reason),
                Cell(ResultField.ReasonCode), Cell(ResultField.Amount) is { } amount ? form.Amounts.Read(amount)?.ToString() ?? amount : null));
        }
        return lines;
    }

    private static string Text(byte[] file)
    {
        try
        {
            return Utf8.GetString(file).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(file);
        }
    }

    /// <summary>Cells of a CSV, quoted where they hold the separator, a quote or a line end.</summary>
    private static List<List<string>> Rows(string text, char separator)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (letter == '"') quoted = !quoted;
            else if (!quoted && letter == separator) EndCell();
            else if (!quoted && letter == '\n') EndRow();
            else if (quoted || letter != '\r') cell.Append(letter);
        }
        EndRow();
        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            if (row.Any(text => text.Trim().Length > 0)) rows.Add(row);
            row = [];
        }
    }

    private static List<ReportedLine> Message(byte[] file, PaymentBatchView batch)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(file, writable: false), settings);
        var message = XDocument.Load(reader).Descendants().Where(element => element.Name.LocalName == "CstmrPmtStsRpt").ToArray();
        var transfers = message.Descendants().Where(element => element.Name.LocalName == "TxInfAndSts").ToArray();
        if (transfers.Length > 0)
            return [.. transfers.Select(transfer => Line(transfer, One(transfer, "OrgnlEndToEndId") ?? "", One(transfer, "TxSts") ?? "",
                One(transfer, "AcctSvcrRef") ?? One(transfer, "StsId")))];
        // one status for all that was sent
        var status = message.Select(all => One(all, "PmtInfSts") ?? One(all, "GrpSts")).FirstOrDefault(text => text is not null);
        return status is null ? []
            : [.. batch.Lines.Select(line => Line(message[0], line.PayoutId.ToString(), status, One(message[0], "MsgId")))];
    }

    private static ReportedLine Line(XElement from, string id, string status, string? reference) => new(
        id, status switch { "ACSC" or "ACCC" => ReportedOutcome.Settled, "RJCT" => ReportedOutcome.Returned, _ => ReportedOutcome.Pending },
        status, reference, One(from, "AddtlInf") ?? One(from, "Prtry"), One(from, "Cd"), One(from, "InstdAmt"));

    private static string? One(XElement within, string name) =>
        within.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Banks;

/// <summary>
/// The bank's report as ISO 20022 <c>pain.002.001.10</c> (CustomerPaymentStatusReportV10). ACSC and ACCC are settled, RJCT came
/// back; every other status says nothing final, and its line waits. A status of the whole group or payment stands for transfers that the
/// report does not list.
/// </summary>
public static class Pain002
{
    public const string Type = "pain.002.001.10";

    private static readonly Dictionary<string, ReportedOutcome> Statuses = new()
    {
        ["ACSC"] = ReportedOutcome.Settled, ["ACCC"] = ReportedOutcome.Settled, ["RJCT"] = ReportedOutcome.Returned,
        ["ACCP"] = ReportedOutcome.Pending, ["ACFC"] = ReportedOutcome.Pending, ["ACSP"] = ReportedOutcome.Pending,
        ["ACTC"] = ReportedOutcome.Pending, ["ACWC"] = ReportedOutcome.Pending, ["ACWP"] = ReportedOutcome.Pending,
        ["PART"] = ReportedOutcome.Pending, ["PDNG"] = ReportedOutcome.Pending, ["RCVD"] = ReportedOutcome.Pending,
    };

    /// <param name="batch">that the report is sent for: its transfers are those of a report that names none</param>
    public static ReportFile Read(ReadOnlyMemory<byte> file, PaymentBatch? batch)
    {
        var (message, fault) = IsoMessage.Read(file, Type, "CstmrPmtStsRpt");
        if (message is null) return ReportFile.Broken(fault!);
        if (message.At("OrgnlGrpInfAndSts").SingleOrDefaultOf() is not { } group)
            return ReportFile.Broken("the report has no OrgnlGrpInfAndSts, or two: it does not say what it is about");
        if (group.Text("OrgnlMsgId") is not { } number) return ReportFile.Broken("OrgnlGrpInfAndSts/OrgnlMsgId is missing");
        if (group.Text("OrgnlMsgNmId") is { } name && !name.StartsWith("pain.001", StringComparison.Ordinal))
            return ReportFile.Broken("the report is about no pain.001");
        var faults = new List<(string, string)>();
        var control = new JsonObject { ["batch"] = number };
        Totals(group, control, faults);
        var lines = new JsonArray();
        var reference = message.Text("GrpHdr", "MsgId");
        foreach (var payment in message.At("OrgnlPmtInfAndSts"))
        {
            if (payment.Text("OrgnlPmtInfId") is { } own && own != number)
                faults.Add(("control.batch", "OrgnlPmtInfId names another batch than OrgnlMsgId"));
            Totals(payment, control, faults);
            foreach (var transfer in payment.At("TxInfAndSts")) lines.Add(Transfer(transfer, lines.Count, faults));
            if (lines.Count == 0) All(payment, "PmtInfSts", batch, reference, lines, faults);
        }
        if (lines.Count == 0) All(group, "GrpSts", batch, reference, lines, faults);
        return ReportFile.Of(new JsonObject { ["lines"] = lines, ["control"] = control }, faults);
    }

    private static JsonObject Transfer(XElement transfer, int place, List<(string, string)> faults)
    {
        var line = new JsonObject { ["payoutId"] = ReportFile.Id(transfer.Text("OrgnlEndToEndId") ?? "") };
        Status(transfer, "TxSts", line, place, faults);
        if ((transfer.Text("AcctSvcrRef") ?? transfer.Text("StsId")) is { } reference) line["bankReference"] = reference;
        if (transfer.At("OrgnlTxRef", "Amt", "InstdAmt").FirstOrDefault() is { } amount)
        {
            ReportFile.SetAmount(line, "amount", amount.Value.Trim(), MoneyUnit.Yuan, $"lines.{place}.amount", faults);
            if (amount.Attribute("Ccy") is { } currency) line["currency"] = currency.Value;
        }
        return line;
    }

    private static void Status(XElement from, string element, JsonObject line, int place, List<(string, string)> faults)
    {
        var status = from.Text(element);
        if (status is null || !Statuses.TryGetValue(status, out var outcome))
        {
            faults.Add(($"lines.{place}.outcome", status is null ? $"{element} is missing" : $"{element} is no status that is known"));
            return;
        }
        line["outcome"] = BankCsv.Name(outcome);
        if (outcome == ReportedOutcome.Settled) return;
        if (from.Text("StsRsnInf", "Rsn", "Cd") is { } code) line["reasonCode"] = code;
        var words = string.Join(' ', from.At("StsRsnInf", "AddtlInf").Select(info => info.Value.Trim())
            .Prepend(from.Text("StsRsnInf", "Rsn", "Prtry") ?? "").Where(text => text.Length > 0));
        if (words.Length > 0) line["reason"] = words;
    }

    /// <summary>One status for every transfer of the batch.</summary>
    private static void All(
        XElement from, string element, PaymentBatch? batch, string? reference, JsonArray lines, List<(string, string)> faults)
    {
        if (from.Text(element) is null || batch is null) return;
        foreach (var sent in batch.Lines)
        {
            var line = new JsonObject { ["payoutId"] = sent.Payout.ToString(), ["bankReference"] = reference };
            Status(from, element, line, lines.Count, faults);
            if (faults.Count > 0) return;
            lines.Add(line);
        }
    }

    private static void Totals(XElement from, JsonObject control, List<(string, string)> faults)
    {
        if (from.Text("OrgnlNbOfTxs") is { } count)
        {
            if (int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) Set("count", number);
            else faults.Add(("control.count", "OrgnlNbOfTxs is no number"));
        }
        if (from.Text("OrgnlCtrlSum") is { } sum)
        {
            if (Money.TryParse(sum, out var amount, out _)) Set("amount", amount.ToString());
            else faults.Add(("control.amount", "OrgnlCtrlSum is no amount"));
        }

        void Set(string member, JsonNode value)
        {
            if (control[member] is { } before && !JsonNode.DeepEquals(before, value))
                faults.Add(($"control.{member}", "the report says two different totals"));
            control[member] = value;
        }
    }

    private static XElement? SingleOrDefaultOf(this IEnumerable<XElement> elements) => elements.ToArray() is [var only] ? only : null;
}

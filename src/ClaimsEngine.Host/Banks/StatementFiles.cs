using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ClaimsEngine.Payouts;
using NodaTime.Text;

namespace ClaimsEngine.Host.Banks;

/// <summary>
/// A statement as CSV in the columns of the bank. Each line says the balance after it, so that a file that was cut off in the middle or
/// lacks a line shows it; account and number stand in the address, since no column of a bank's CSV holds them.
/// </summary>
public static class StatementCsv
{
    public static ReportFile Read(ReadOnlyMemory<byte> file, BankProfile bank, string account, string number) =>
        BankCsv.Read(file, bank.Statements.Separator, bank.Statements.Columns, rows =>
    {
        var (lines, faults, unit) = (new JsonArray(), new List<(string, string)>(), bank.Statements.Amounts);
        var (opening, balance, days) = ((Money?)null, Money.Zero, new List<string>());
        foreach (var row in rows)
        {
            var at = $"lines.{lines.Count}";
            if (AmountOf(row, unit) is not { } amount)
            {
                faults.Add(($"{at}.amount", "has one amount, a debit or a credit, in the unit of the file"));
                lines.Add(null);
                continue;
            }
            if (!row.TryGetValue(StatementField.Balance, out var text) || unit.Read(text) is not { } after)
            {
                faults.Add(($"{at}.balance", "has the balance after the line"));
                after = balance + amount;
            }
            opening ??= after - amount;
            if (lines.Count > 0 && balance + amount != after)
                faults.Add(($"{at}.balance", "is not the balance before the line and its amount: a line is missing or wrong"));
            balance = after;
            var line = new JsonObject { ["bookedOn"] = row.GetValueOrDefault(StatementField.BookedOn), ["amount"] = amount.ToString() };
            if (row.TryGetValue(StatementField.EndToEndId, out var id)) line["endToEndId"] = id;
            if (row.TryGetValue(StatementField.BankReference, out var reference)) line["bankReference"] = reference;
            if (row.TryGetValue(StatementField.BookedOn, out var day)) days.Add(day);
            lines.Add(line);
        }
        if (opening is not { } first) return faults.Count > 0 ? new ReportFile(null, faults) : ReportFile.Broken("the file has no line");
        return ReportFile.Of(new JsonObject
        {
            ["account"] = account, ["number"] = number, ["from"] = days.Min(StringComparer.Ordinal),
            ["to"] = days.Max(StringComparer.Ordinal), ["opening"] = first.ToString(), ["closing"] = balance.ToString(),
            ["lines"] = lines,
        }, faults);
    });

    /// <summary>Below zero for a debit; null where there is no amount, or two.</summary>
    private static Money? AmountOf(IReadOnlyDictionary<StatementField, string> row, MoneyUnit unit)
    {
        Money? Of(StatementField field) => !row.TryGetValue(field, out var text) ? Money.Zero
            : unit.Read(text) is { Fen: >= 0 } amount ? amount : null;
        return (Of(StatementField.Debit), Of(StatementField.Credit)) switch
        {
            ({ IsPositive: true } debit, { IsPositive: false }) => Money.Zero - debit,
            ({ IsPositive: false }, { IsPositive: true } credit) => credit,
            _ => null,
        };
    }
}

/// <summary>A statement as ISO 20022 <c>camt.053.001.08</c> (BankToCustomerStatementV08), one to a file. Only what is booked
/// counts.</summary>
public static class Camt053
{
    public const string Type = "camt.053.001.08";

    public static ReportFile Read(ReadOnlyMemory<byte> file)
    {
        var (message, fault) = IsoMessage.Read(file, Type, "BkToCstmrStmt");
        if (message is null) return ReportFile.Broken(fault!);
        if (message.At("Stmt").ToArray() is not [var statement]) return ReportFile.Broken("the file has one statement (Stmt)");
        var (faults, lines) = (new List<(string, string)>(), new JsonArray());
        var json = new JsonObject
        {
            ["account"] = statement.Text("Acct", "Id", "Othr", "Id") ?? statement.Text("Acct", "Id", "IBAN"),
            ["number"] = statement.Text("Id"),
        };
        Balance(statement, "OPBD", json, "opening", faults);
        Balance(statement, "CLBD", json, "closing", faults);
        var days = new List<string>();
        foreach (var entry in statement.At("Ntry").Where(entry => (entry.Text("Sts", "Cd") ?? entry.Text("Sts")) is null or "BOOK"))
            Entry(entry, lines, days, faults);
        json["from"] = Day(statement.Text("FrToDt", "FrDtTm")) ?? days.Min(StringComparer.Ordinal);
        json["to"] = Day(statement.Text("FrToDt", "ToDtTm")) ?? days.Max(StringComparer.Ordinal);
        json["lines"] = lines;
        if (statement.Text("TxsSummry", "TtlNtries", "NbOfNtries") is { } count
            && count != statement.At("Ntry").Count().ToString(CultureInfo.InvariantCulture))
            faults.Add(("lines", "TxsSummry counts other entries: the file was cut off or altered"));
        return ReportFile.Of(json, faults);
    }

    private static void Balance(XElement statement, string code, JsonObject json, string member, List<(string, string)> faults)
    {
        var found = statement.At("Bal").Where(balance => balance.Text("Tp", "CdOrPrtry", "Cd") == code).ToArray();
        if (found is [var one] && Signed(one) is { } amount) json[member] = amount.ToString();
        else faults.Add((member, $"has one balance {code} in CNY"));
    }

    /// <summary>An entry of several transfers is one line for each of them, if they make its amount.</summary>
    private static void Entry(XElement entry, JsonArray lines, List<string> days, List<(string, string)> faults)
    {
        var day = Day(entry.Text("BookgDt", "Dt") ?? entry.Text("BookgDt", "DtTm"));
        if (day is not null) days.Add(day);
        if (Signed(entry) is not { } amount)
        {
            faults.Add(($"lines.{lines.Count}.amount", "has an amount in CNY and CdtDbtInd"));
            return;
        }
        var details = entry.At("NtryDtls", "TxDtls").ToArray();
        var parts = details.Length > 1 ? details.Select(Signed).ToArray() : [];
        if (parts.Length > 0 && (parts.Any(part => part is null) || Money.Sum(parts.Select(part => part!.Value)) != amount))
            faults.Add(($"lines.{lines.Count}.amount", "its transfers do not make the amount of the entry"));
        for (var i = 0; i < Math.Max(1, parts.Length); i++)
        {
            var line = new JsonObject { ["bookedOn"] = day, ["amount"] = (parts.Length > 0 ? parts[i] ?? amount : amount).ToString() };
            var detail = details.ElementAtOrDefault(i);
            if (detail?.Text("Refs", "EndToEndId") is { } id) line["endToEndId"] = id;
            if ((detail?.Text("Refs", "AcctSvcrRef") ?? entry.Text("AcctSvcrRef")) is { } reference) line["bankReference"] = reference;
            lines.Add(line);
        }
    }

    /// <summary>Below zero for a debit; null where amount, currency or direction is missing.</summary>
    private static Money? Signed(XElement from) =>
        from.At("Amt").FirstOrDefault() is { } element && (string?)element.Attribute("Ccy") == BankFile.Currency
        && MoneyUnit.Yuan.Read(element.Value.Trim()) is { } amount
            ? from.Text("CdtDbtInd") switch { "CRDT" => amount, "DBIT" => Money.Zero - amount, _ => null } : null;

    /// <summary>The day of a date or of a date with a time; null for anything else.</summary>
    private static string? Day(string? text) =>
        text is { Length: >= 10 } && LocalDatePattern.Iso.Parse(text[..10]).Success ? text[..10] : null;
}

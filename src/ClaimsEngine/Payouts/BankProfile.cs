using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClaimsEngine.Payouts;

/// <summary>An organiser's bank as data (<c>seeds/banks</c>): the account that pays, and the columns of the bank's files.</summary>
/// <param name="Code">under which a released batch keeps it</param>
/// <param name="Region">code or prefix of those whose batches go to it; empty for everybody who has no bank of his own</param>
/// <param name="Assumed">what no public text says</param>
/// <param name="SentAs">the form in which its gateway is told of a batch, where the deployment names one</param>
public sealed record BankProfile(
    string Code, RegionCode Region, IReadOnlyList<string> Assumed, Debtor Debtor, TransferForm Transfers, ResultForm Results,
    StatementForm Statements, BankFileForm SentAs)
{
    public static IReadOnlyList<BankProfile> All { get; } = [.. EmbeddedData.Names("banks/")
        .Select(name => JsonSerializer.Deserialize<BankProfile>(EmbeddedData.Text(name), ClaimsJson.Options)!)];

    /// <summary>The bank of the nearest organiser above a region.</summary>
    public static BankProfile For(RegionCode region) =>
        All.Where(bank => region.Value.StartsWith(bank.Region.Value, StringComparison.Ordinal)).MaxBy(bank => bank.Region.Value.Length)!;

    /// <summary>The bank of this code, or null.</summary>
    public static BankProfile? Of(string code) => All.FirstOrDefault(bank => bank.Code == code);

    /// <summary>By which a batch's files are written and read: as it was released, or else as it would be now.</summary>
    public static BankProfile Of(PaymentBatch batch) => (batch.Content is { } content ? Of(content.Bank) : null) ?? For(batch.Region);
}

/// <summary>A file of transfers: in the bank's own columns, or as ISO 20022 <c>pain.001.001.09</c>.</summary>
public enum BankFileForm { Csv, Pain001 }

/// <summary>The organiser's own account, from which all is paid. It is no personal data.</summary>
/// <param name="BankCode">12 digits of the national payment system (CNAPS); null where it is not kept</param>
public sealed record Debtor(string Name, string Account, string Bank, string? BankCode = null);

public enum MoneyUnit { Yuan, Fen }

/// <summary>An amount in the unit of a bank's file.</summary>
public static class MoneyUnits
{
    /// <summary>Whole fen, or yuan with two places.</summary>
    public static string Text(this MoneyUnit unit, Money amount) => unit == MoneyUnit.Yuan ? amount.ToString()
        : amount.Fen.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The amount; null where the text is none in this unit.</summary>
    public static Money? Read(this MoneyUnit unit, string text) =>
        unit == MoneyUnit.Yuan ? Money.TryParse(text, out var yuan, out _) ? yuan : null
        : text.Length is > 0 and <= 15 && long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var fen) ? new Money(fen) : null;
}

/// <summary>How the file of transfers is written.</summary>
/// <param name="Encoding"><c>utf-8</c> (with a byte order mark) or <c>gb18030</c></param>
/// <param name="Separator">one character between the columns</param>
/// <param name="Remark">what the payee's bank shows, <c>{number}</c> for the claim's or the application's number</param>
public sealed record TransferForm(
    string Encoding, string Separator, MoneyUnit Amounts, string Remark, IReadOnlyList<TransferColumn> Columns);

public sealed record TransferColumn(string Heading, TransferField Field);

public enum TransferField { Line, PayoutId, BatchNumber, Holder, Account, Bank, Amount, Currency, Remark, DebtorAccount }

/// <summary>How a file of results is read: UTF-8 or GB18030, which is seen from its bytes.</summary>
/// <param name="Outcomes">the bank's words and what they mean; our own words are always known</param>
/// <param name="Totals">a last line that counts and sums the others; null where the bank writes none</param>
public sealed record ResultForm(
    string Separator, MoneyUnit Amounts, IReadOnlyList<ReadColumn<ResultField>> Columns,
    IReadOnlyDictionary<string, ReportedOutcome> Outcomes, TotalsLine? Totals = null);

/// <param name="Headings">in any of these words</param>
public sealed record ReadColumn<TField>(IReadOnlyList<string> Headings, TField Field);

public enum ResultField { PayoutId, Outcome, BankReference, Reason, ReasonCode, Amount, Currency, BatchNumber }

/// <summary>The line that ends a file of results. A file that lacks it where it must be there was cut off.</summary>
/// <param name="Marker">stands in the column of the payout's id</param>
/// <param name="CountIn">the column that holds the number of lines</param>
/// <param name="AmountIn">the column that holds their sum; a file without this column is not summed</param>
public sealed record TotalsLine(string Marker, ResultField CountIn, ResultField AmountIn, bool Required = false);

/// <summary>How a statement of the account is read.</summary>
public sealed record StatementForm(string Separator, MoneyUnit Amounts, IReadOnlyList<ReadColumn<StatementField>> Columns);

public enum StatementField { BookedOn, Debit, Credit, Balance, EndToEndId, BankReference }

/// <summary>Why transfers come back: codes of ISO 20022's external code sets with Chinese words (<c>seeds/banks/reasons.csv</c>). A code
/// that is not listed is kept as it is.</summary>
public static partial class ReturnReasons
{
    private static readonly Dictionary<string, string> Words = EmbeddedData.Lines("bank-reasons.csv")
        .Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => cells[1]);

    /// <summary>The words of a code; null for one that is not listed.</summary>
    public static string? Of(string code) => Words.GetValueOrDefault(code);

    /// <summary>Whether it has the shape of a code: one to four capital letters and digits.</summary>
    public static bool IsCode(string text) => Shape().IsMatch(text);

    [GeneratedRegex("^[A-Z0-9]{1,4}\\z")]
    private static partial Regex Shape();
}

using System.Globalization;
using System.Text;
using ClaimsEngine.Payouts;
using CsvHelper;

namespace ClaimsEngine.Host.Banks;

/// <summary>The transfers of a batch as the bank's own columns want them.</summary>
public static class TransfersCsv
{
    /// <summary>The same bytes for the same lines.</summary>
    public static byte[] Write(BankProfile bank, IReadOnlyList<BankFileLine> lines)
    {
        var form = bank.Transfers;
        using var bytes = new MemoryStream();
        var options = new CsvWriterOptions { NewLine = "\r\n", Injection = CsvInjection.Escape, Separator = form.Separator[0] };
        using (var text = new StreamWriter(bytes, EncodingOf(form), leaveOpen: true))
        using (var csv = CsvWriter.Create(text, options, leaveOpen: true))
        {
            csv.WriteRecord([.. form.Columns.Select(column => column.Heading)]);
            foreach (var line in lines) csv.WriteRecord([.. form.Columns.Select(column => Cell(column.Field, bank, line))]);
        }
        return bytes.ToArray();
    }

    /// <summary>What the payee's bank shows.</summary>
    public static string Remark(BankProfile bank, BankFileLine line) =>
        bank.Transfers.Remark.Replace("{number}", line.Number, StringComparison.Ordinal);

    /// <summary>The name of the encoding in <c>Content-Type</c>.</summary>
    public static string CharsetOf(BankProfile bank) => bank.Transfers.Encoding;

    private static Encoding EncodingOf(TransferForm form) => form.Encoding == "utf-8"
        ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        : CodePagesEncodingProvider.Instance.GetEncoding(
                form.Encoding, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? throw new NotSupportedException($"no text is written in {form.Encoding}");

    private static string Cell(TransferField field, BankProfile bank, BankFileLine line) => field switch
    {
        TransferField.Line => line.Line.ToString(CultureInfo.InvariantCulture),
        TransferField.PayoutId => line.LineId.ToString(),
        TransferField.BatchNumber => line.BatchNumber,
        TransferField.Holder => line.AccountHolder,
        TransferField.Account => line.AccountNumber,
        TransferField.Bank => line.Bank,
        TransferField.Amount => bank.Transfers.Amounts.Text(line.Amount),
        TransferField.Currency => line.Currency,
        TransferField.Remark => Remark(bank, line),
        TransferField.DebtorAccount => bank.Debtor.Account,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "no cell is written for this field"),
    };
}

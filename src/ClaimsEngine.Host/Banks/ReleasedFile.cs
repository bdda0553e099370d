using System.Security.Cryptography;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Banks;

/// <summary>What the bank gets of a released batch: the same bytes each time.</summary>
/// <param name="Name">of the file</param>
public sealed record ReleasedFile(byte[] Bytes, string MediaType, string Name)
{
    /// <summary>SHA-256, as RFC 9530 writes it in a header.</summary>
    public string Digest => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Bytes))}:";

    /// <returns>the file, or why there is none: it is not released, an account is gone, or it would not be what was released</returns>
    public static async Task<(ReleasedFile? File, Refusal? Refusal)> Of(
        PaymentBatch batch, BankProfile bank, BankFileForm form, IRecords records)
    {
        if (!batch.WentOut) return (null, new Refusal(Refuse.FileNotReleased, $"batch {batch.Number} is not released"));
        if (form == BankFileForm.Pain001 && batch.Content is null)
            return (null, new Refusal(Refuse.FileNotReleased, $"batch {batch.Number} was released for a file of csv alone"));
        var file = await BankFile.Of(batch, records);
        if (file.Differs(batch.Content, records) is { } refusal) return (null, refusal);
        return (form == BankFileForm.Csv
            ? new ReleasedFile(
                TransfersCsv.Write(bank, file.Lines), $"text/csv; charset={TransfersCsv.CharsetOf(bank)}", $"{batch.Number}.csv")
            : new ReleasedFile(
                Pain001.Write(bank, batch.Number, batch.Content!, file.Lines), "application/xml; charset=utf-8", $"{batch.Number}.xml"),
            null);
    }
}

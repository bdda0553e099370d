using ClaimsEngine.Members;

namespace ClaimsEngine.Payouts;

/// <summary>One transfer as the bank reads it: to a real-name account. Follows from the events alone, so a file fetched twice is the same file.</summary>
/// <param name="LineId">the payout's id, by which the bank's result finds its line</param>
public sealed record BankFileLine(
    int Line, PayoutId LineId, string BatchNumber, string AccountHolder, string AccountNumber, string Bank, Money Amount, string Currency, string Remark)
{
    /// <summary>The lines of a released batch, in its order.</summary>
    public static async Task<IReadOnlyList<BankFileLine>> Of(PaymentBatch batch, IRecords records)
    {
        var lines = new List<BankFileLine>(batch.Lines.Count);
        foreach (var payout in await BatchPayouts.Of(batch, records))
        {
            var payee = await records.FindAnywhere<Person>(payout.Payee.Value);
            var account = payee?.AccountOf(payout.Account) ?? throw new InvalidOperationException($"payout {payout.Id} names an account without events");
            lines.Add(new BankFileLine(lines.Count + 1, payout.Id, batch.Number, account.Holder, account.Number.Value, account.Bank, payout.Amount, "CNY", payout.ClaimNumber));
        }
        return lines;
    }
}

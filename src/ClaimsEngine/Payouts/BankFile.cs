using ClaimsEngine.Members;

namespace ClaimsEngine.Payouts;

/// <summary>One transfer, to a real-name account. It follows from the events alone: a file fetched twice is the same file.</summary>
/// <param name="LineId">the payout's id, by which the bank's result finds its line</param>
public sealed record BankFileLine(
    int Line, PayoutId LineId, string BatchNumber, string AccountHolder, string AccountNumber, string Bank, Money Amount, string Currency,
    string Remark)
{
    /// <summary>The lines of a released batch, in its order.</summary>
    public static async Task<IReadOnlyList<BankFileLine>> Of(PaymentBatch batch, IRecords records)
    {
        var lines = new List<BankFileLine>(batch.Lines.Count);
        var payouts = await BatchPayouts.Of(batch, records);
        await records.Look([.. payouts.Select(payout => payout.Payee.Value).Distinct()]);
        foreach (var payout in payouts)
        {
            var payee = await records.Get<Person>(payout.Payee.Value);
            var account = payee.AccountOf(payout.Account)
                ?? throw new InvalidOperationException($"payout {payout.Id} names an account without events");
            lines.Add(new BankFileLine(lines.Count + 1, payout.Id, batch.Number, account.Holder, account.Number.Value, account.Bank,
                payout.Amount, "CNY", payout.Number));
        }
        return lines;
    }
}

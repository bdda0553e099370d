using ClaimsEngine.Members;
using ClaimsEngine.Payers;

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
        await records.Look([.. payouts.Select(payout => payout.Payee?.Value ?? payout.Organisation!.Value.Value).Distinct()]);
        foreach (var payout in payouts)
        {
            var (holder, number, bank) = await AccountOf(payout, records)
                ?? throw new InvalidOperationException($"payout {payout.Id} names an account without events");
            lines.Add(new BankFileLine(
                lines.Count + 1, payout.Id, batch.Number, holder, number, bank, payout.Amount, "CNY", payout.Number));
        }
        return lines;
    }

    /// <summary>The account that a payout names, of a person or of an organisation; null where it is not on record.</summary>
    private static async Task<(string Holder, string Number, string Bank)?> AccountOf(Payout payout, IRecords records)
    {
        if (payout.Payee is { } person)
            return (await records.Get<Person>(person.Value)).AccountOf(payout.Account) is { } own
                ? (own.Holder, own.Number.Value, own.Bank) : null;
        return (await records.Get<Payer>(payout.Organisation!.Value.Value)).AccountOf(payout.Account) is { } account
            ? (account.Holder, account.Number.Value, account.Bank) : null;
    }
}

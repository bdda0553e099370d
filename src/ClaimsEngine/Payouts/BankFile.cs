using System.Text.Json;
using ClaimsEngine.Members;
using ClaimsEngine.Payers;

namespace ClaimsEngine.Payouts;

/// <summary>One transfer, to a real-name account. It follows from the events alone: a file fetched twice is the same file.</summary>
/// <param name="LineId">the payout's id, by which the bank's result finds its line</param>
/// <param name="Number">of the claim, or of the application for relief</param>
public sealed record BankFileLine(
    int Line, PayoutId LineId, string BatchNumber, string AccountHolder, string AccountNumber, string Bank, Money Amount, string Currency,
    string Number);

/// <summary>The transfers of a batch.</summary>
/// <param name="WithoutAccount">payouts whose account is not on record any more; nothing is sent while there is one</param>
public sealed record BankFile(IReadOnlyList<BankFileLine> Lines, IReadOnlyList<PayoutId> WithoutAccount)
{
    public const string Currency = "CNY";

    public Money Total => Money.Sum(Lines.Select(line => line.Amount));

    /// <summary>The lines of a batch, in its order. The number of questions does not grow with theirs.</summary>
    public static async Task<BankFile> Of(PaymentBatch batch, IRecords records) =>
        await Of(batch.Number, await BatchPayouts.Of(batch, records), records);

    /// <param name="payouts">that are sent, in the order of the batch</param>
    public static async Task<BankFile> Of(string batchNumber, IReadOnlyList<Payout> payouts, IRecords records)
    {
        await records.Look([.. payouts.Select(payout => payout.Payee?.Value ?? payout.Organisation!.Value.Value).Distinct()]);
        var (lines, without) = (new List<BankFileLine>(payouts.Count), new List<PayoutId>());
        foreach (var payout in payouts)
        {
            if (await AccountOf(payout, records) is var (holder, number, bank))
                lines.Add(new BankFileLine(
                    lines.Count + 1, payout.Id, batchNumber, holder, number, bank, payout.Amount, Currency, payout.Number));
            else without.Add(payout.Id);
        }
        return new BankFile(lines, without);
    }

    /// <summary>The account that a payout names, of a person or of an organisation; null where it is not on record.</summary>
    private static async Task<(string Holder, string Number, string Bank)?> AccountOf(Payout payout, IRecords records)
    {
        if (payout.Payee is { } person)
            return (await records.FindAnywhere<Person>(person.Value))?.AccountOf(payout.Account) is { } own
                ? (own.Holder, own.Number.Value, own.Bank) : null;
        return (await records.FindAnywhere<Payer>(payout.Organisation!.Value.Value))?.AccountOf(payout.Account) is { } account
            ? (account.Holder, account.Number.Value, account.Bank) : null;
    }

    /// <summary>Why it is no file for the bank: an account is gone, or it is not what was released. Null where it is one.</summary>
    /// <param name="released">null where nothing was recorded at the release</param>
    public Refusal? Differs(ReleasedContent? released, IRecords records) =>
        WithoutAccount.Count > 0
            ? new Refusal(Refuse.NoAccountOnRecord, $"no account is on record for: {string.Join(", ", WithoutAccount.Take(20))}")
        : released is { } content && (content.Lines, content.Total, content.Seal) != (Lines.Count, Total, Seal(records))
            ? new Refusal(Refuse.FileDiffers, "names, accounts or amounts are no longer those that were released; nothing is handed out")
        : null;

    /// <summary>A keyed hash of all that is sent, account numbers included. The members of a line and their order never change: a file of
    /// today is compared with what was released years ago.</summary>
    public string Seal(IRecords records) => records.Seal(JsonSerializer.SerializeToUtf8Bytes(Lines, ClaimsJson.Options));
}

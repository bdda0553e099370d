namespace ClaimsEngine.Payouts;

/// <summary>Releases a batch to the bank. Four eyes: never who authorised one of its payouts or ordered it anew, nor who
/// approved a claim that it pays.</summary>
/// <param name="WithoutHeld">leaves the held payouts out of it, for a later batch. Without this word a batch with a held payout is not
/// released: nobody sends less than they have seen without knowing it</param>
public sealed record ReleasePaymentBatch(PaymentBatchId Batch, bool WithoutHeld = false) : Command;

public static class ReleasePaymentBatchHandler
{
    public static async Task<(PaymentBatch, IReadOnlyList<Payout>)> LoadAsync(ReleasePaymentBatch command, IUseCaseContext context)
    {
        var batch = await context.Get<PaymentBatch>(command.Batch.Value);
        return (batch, await BatchPayouts.Of(batch, context));
    }

    public static Decision Handle(ReleasePaymentBatch command, PaymentBatch batch, IReadOnlyList<Payout> payouts, Actor by) => batch switch
    {
        { Status: not PaymentBatchStatus.Assembled } when batch.ReleasedBy == by.Id => Decision.Nothing,
        { Status: not PaymentBatchStatus.Assembled } => Refuse.WrongStateOf("batch", batch.Status, "assembled"),
        _ when payouts.Any(payout => payout.WasAuthorisedBy(by)) =>
            Refuse.SamePerson(by, "authorised a payout of the batch", "release it"),
        _ when payouts.Any(payout => payout.WasApprovedBy(by)) =>
            Refuse.SamePerson(by, "approved a claim that the batch pays", "release it"),
        _ when payouts.Any(payout => payout.ReissuedBy == by.Id) =>
            Refuse.SamePerson(by, "ordered a payout of the batch anew", "release it"),
        _ => Released(command, batch, payouts, by),
    };

    private static Decision Released(ReleasePaymentBatch command, PaymentBatch batch, IReadOnlyList<Payout> payouts, Actor by)
    {
        var held = payouts.Where(payout => payout.Holds.Count > 0).ToDictionary(payout => payout.Id);
        if (held.Count > 0 && (!command.WithoutHeld || held.Count == payouts.Count))
            return new Refusal(Refuse.PayoutOnHold, $"held: {string.Join(", ", held.Keys.Take(20))}");
        PaymentLine[] without = [.. batch.Lines.Where(line => held.ContainsKey(line.Payout))];
        return payouts.Aggregate(
            Decision.On(batch, new PaymentBatchReleased(by.Id, without.Length == 0 ? null : without)),
            (decision, payout) => decision.And(Decision.On(payout,
                held.ContainsKey(payout.Id) ? new PayoutUnbatched(batch.Id, by.Id) : new PayoutSent(batch.Id, by.Id))));
    }
}

/// <summary>The payouts of a batch, in the order of its lines.</summary>
public static class BatchPayouts
{
    public static async Task<IReadOnlyList<Payout>> Of(PaymentBatch batch, IRecords records)
    {
        await records.Look([.. batch.Lines.Select(line => line.Payout.Value)]);
        var payouts = new List<Payout>(batch.Lines.Count);
        foreach (var line in batch.Lines) payouts.Add(await records.Get<Payout>(line.Payout.Value));
        return payouts;
    }
}

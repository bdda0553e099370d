namespace ClaimsEngine.Payouts;

/// <summary>Releases a batch to the bank. Four eyes: never who authorised one of its payouts.</summary>
public sealed record ReleasePaymentBatch(PaymentBatchId Batch);

public static class ReleasePaymentBatchHandler
{
    public static async Task<Decision> Run(ReleasePaymentBatch command, IUseCaseContext context) =>
        await context.Find<PaymentBatch>(command.Batch.Value) is { } batch
            ? Handle(batch, await BatchPayouts.Of(batch, context), context.By)
            : Refuse.NotFound("payment batch");

    public static Decision Handle(PaymentBatch batch, IReadOnlyList<Payout> payouts, Actor by) => batch switch
    {
        { Status: not PaymentBatchStatus.Assembled } when batch.ReleasedBy == by.Id => Decision.Nothing,
        { Status: not PaymentBatchStatus.Assembled } => Refuse.WrongStateOf("batch", batch.Status, "assembled"),
        _ when payouts.Any(payout => payout.AuthorisedBy == by.Id) => Refuse.SamePerson(by, "authorised a payout of the batch", "release it"),
        _ when payouts.Any(payout => payout.ReissuedBy == by.Id) => Refuse.SamePerson(by, "ordered a payout of the batch anew", "release it"),
        _ => payouts.Aggregate(
            Decision.On<PaymentBatch>(batch.StreamId, new PaymentBatchReleased(by.Id)),
            (decision, payout) => decision.And(Decision.On<Payout>(payout.StreamId, new PayoutSent(batch.Id, by.Id)))),
    };
}

/// <summary>The payouts of a batch, in the order of its lines.</summary>
public static class BatchPayouts
{
    public static async Task<IReadOnlyList<Payout>> Of(PaymentBatch batch, IRecords records)
    {
        var payouts = new List<Payout>(batch.Lines.Count);
        foreach (var line in batch.Lines)
            payouts.Add(await records.FindAnywhere<Payout>(line.Payout.Value) ?? throw new InvalidOperationException($"batch {batch.Id} names payout {line.Payout}, which has no events"));
        return payouts;
    }
}

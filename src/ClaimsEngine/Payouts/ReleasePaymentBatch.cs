namespace ClaimsEngine.Payouts;

/// <summary>Releases a batch to the bank. Four eyes: never who assembled it or made its schedule, nor who authorised one of its payouts,
/// ordered it anew, approved what it pays or registered its account where that is another person's or just changed.</summary>
/// <param name="WithoutHeld">leaves the held payouts out of it, for a later batch. Without this word a batch with a held payout is not
/// released: nobody sends less than they have seen without knowing it</param>
public sealed record ReleasePaymentBatch(PaymentBatchId Batch, bool WithoutHeld = false) : Command;

public static class ReleasePaymentBatchHandler
{
    /// <param name="Content">what goes to the bank: the payouts that are not held</param>
    /// <param name="Gone">why it cannot go: an account is not on record; null where all are</param>
    public sealed record Case(PaymentBatch Batch, IReadOnlyList<Payout> Payouts, ReleasedContent Content, Refusal? Gone);

    public static async Task<Case> LoadAsync(ReleasePaymentBatch command, IUseCaseContext context)
    {
        var batch = await context.Get<PaymentBatch>(command.Batch.Value);
        var payouts = await BatchPayouts.Of(batch, context);
        var file = await BankFile.Of(batch.Number, [.. payouts.Where(payout => payout.Holds.Count == 0)], context);
        var content = new ReleasedContent(
            context.Now, BankProfile.For(batch.Region).Code, file.Lines.Count, file.Total, file.Seal(context));
        return new Case(batch, payouts, content, file.Differs(null, context));
    }

    public static Decision Handle(ReleasePaymentBatch command, Case @case, Actor by)
    {
        var (batch, payouts, _, _) = @case;
        return batch switch
        {
            { Status: not PaymentBatchStatus.Assembled } when batch.ReleasedBy == by.Id => Decision.Nothing,
            { Status: not PaymentBatchStatus.Assembled } => Refuse.WrongStateOf("batch", batch.Status, "assembled"),
            _ when payouts.Any(payout => payout.WasAuthorisedBy(by)) =>
                Refuse.SamePerson(by, "authorised a payout of the batch", "release it"),
            _ when payouts.Select(payout => payout.NotFor(by, "release it")).FirstOrDefault(no => no is not null) is { } same => same,
            _ when by.ActsAs(batch.AssembledBy, batch.AssembledFor) => Refuse.SamePerson(by, "assembled the batch", "release it"),
            _ => Released(command, @case, by),
        };
    }

    private static Decision Released(ReleasePaymentBatch command, Case @case, Actor by)
    {
        var (batch, payouts, content, gone) = @case;
        var held = payouts.Where(payout => payout.Holds.Count > 0).ToDictionary(payout => payout.Id);
        if (held.Count > 0 && (!command.WithoutHeld || held.Count == payouts.Count))
            return new Refusal(Refuse.PayoutOnHold, $"held: {string.Join(", ", held.Keys.Take(20))}");
        if (gone is not null) return gone;
        PaymentLine[] without = [.. batch.Lines.Where(line => held.ContainsKey(line.Payout))];
        return Decision.All(
        [
            Decision.On(batch, new PaymentBatchReleased(by.Id, without.Length == 0 ? null : without, by.OnBehalfOf, content)),
            .. payouts.Select(payout => Decision.On(payout,
                held.ContainsKey(payout.Id) ? new PayoutUnbatched(batch.Id, by.Id) : new PayoutSent(batch.Id, by.Id))),
        ]);
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

using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>What the bank says of a batch's lines: all are taken or none. A line told before in the same words changes nothing.</summary>
public sealed record RecordPaymentResults(PaymentBatchId Batch, IReadOnlyList<PaymentResult> Lines) : Command
{
    public sealed class Validator : AbstractValidator<RecordPaymentResults>
    {
        public Validator()
        {
            RuleFor(c => c.Lines).Must(lines => lines.Count <= AssemblePaymentBatch.Most)
                .WithMessage("a batch has at most 5,000 payouts");
            When(c => c.Lines.Count <= AssemblePaymentBatch.Most, Lines);
        }

        private void Lines()
        {
            RuleFor(c => c.Lines).NotEmpty().Must(lines => lines.Select(line => line.PayoutId).Distinct().Count() == lines.Count)
                .WithMessage("a payout has one result");
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.BankReference).NotEmpty().MaximumLength(100);
                line.RuleFor(l => l.Reason).MaximumLength(200).NotEmpty().WithMessage("a returned line has the bank's reason")
                    .When(l => l.Outcome == PaymentOutcome.Returned);
                line.RuleFor(l => l.Reason).Null().When(l => l.Outcome == PaymentOutcome.Settled)
                    .WithMessage("only a returned line has a reason");
            });
        }
    }
}

public static class RecordPaymentResultsHandler
{
    /// <returns>the batch, and those of its payouts that the command names</returns>
    public static async Task<(PaymentBatch, IReadOnlyDictionary<PayoutId, Payout>)> LoadAsync(
        RecordPaymentResults command, IUseCaseContext context)
    {
        var batch = await context.Get<PaymentBatch>(command.Batch.Value);
        var named = command.Lines.Select(line => line.PayoutId).Intersect(batch.Lines.Select(line => line.Payout)).ToArray();
        await context.Look([.. named.Select(payout => payout.Value)]);
        var payouts = new Dictionary<PayoutId, Payout>(named.Length);
        foreach (var payout in named) payouts[payout] = await context.Get<Payout>(payout.Value);
        return (batch, payouts);
    }

    public static Decision Handle(RecordPaymentResults command, PaymentBatch batch, IReadOnlyDictionary<PayoutId, Payout> payouts, Actor by)
    {
        if (!batch.WentOut) return Refuse.WrongStateOf("batch", batch.Status, "released");
        var (own, fresh) = (batch.Lines.Select(line => line.Payout).ToHashSet(), new List<PaymentResult>());
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var line = command.Lines[i];
            if (!own.Contains(line.PayoutId))
                return new Refusal(Refuse.NotInBatch, $"payout {line.PayoutId} is not in batch {batch.Number}", $"lines.{i}.payoutId");
            if (!batch.Results.TryGetValue(line.PayoutId, out var told)) fresh.Add(line);
            else if (told != line)
                return new Refusal(
                    Refuse.ResultContradicts, $"the bank reported {told.Outcome.ToString().ToLowerInvariant()} under {told.BankReference}",
                    $"lines.{i}");
        }
        if (fresh.Count == 0) return Decision.Nothing;
        return fresh.Aggregate(
            Decision.On(batch, new PaymentResultsRecorded(fresh, by.Id)),
            (decision, line) => decision.And(Decision.On(payouts[line.PayoutId], line.Outcome == PaymentOutcome.Settled
                ? new PayoutSettled(batch.Id, line.BankReference, by.Id)
                : new PayoutReturned(batch.Id, line.BankReference, line.Reason!, by.Id))));
    }
}

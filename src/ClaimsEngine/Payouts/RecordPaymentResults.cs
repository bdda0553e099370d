using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>What the bank says of a batch's lines. All lines are taken or none; a line told before, in the same words, changes nothing.</summary>
public sealed record RecordPaymentResults(PaymentBatchId Batch, IReadOnlyList<PaymentResult> Lines)
{
    public sealed class Validator : AbstractValidator<RecordPaymentResults>
    {
        public Validator()
        {
            RuleFor(c => c.Lines).NotEmpty().Must(lines => lines.Select(line => line.PayoutId).Distinct().Count() == lines.Count)
                .WithMessage("a payout has one result");
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.BankReference).NotEmpty().MaximumLength(100);
                line.RuleFor(l => l.Reason).MaximumLength(200).NotEmpty().WithMessage("a returned line has the bank's reason")
                    .When(l => l.Outcome == PaymentOutcome.Returned);
                line.RuleFor(l => l.Reason).Null().When(l => l.Outcome == PaymentOutcome.Settled).WithMessage("only a returned line has a reason");
            });
        }
    }
}

public static class RecordPaymentResultsHandler
{
    public static async Task<Decision> Run(RecordPaymentResults command, IUseCaseContext context)
    {
        if (await context.Find<PaymentBatch>(command.Batch.Value) is not { } batch) return Refuse.NotFound("payment batch");
        foreach (var line in command.Lines.IntersectBy(batch.Lines.Select(own => own.Payout), line => line.PayoutId)) await context.FindAnywhere<Payout>(line.PayoutId.Value);
        return Handle(command, batch, context.By);
    }

    public static Decision Handle(RecordPaymentResults command, PaymentBatch batch, Actor by)
    {
        if (batch.Status == PaymentBatchStatus.Assembled) return Refuse.WrongStateOf("batch", batch.Status, "released");
        var fresh = new List<PaymentResult>();
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var line = command.Lines[i];
            if (batch.Lines.All(own => own.Payout != line.PayoutId))
                return new Refusal(Refuse.NotInBatch, $"payout {line.PayoutId} is not in batch {batch.Number}", $"lines.{i}.payoutId");
            if (!batch.Results.TryGetValue(line.PayoutId, out var told)) fresh.Add(line);
            else if (told != line)
                return new Refusal(Refuse.ResultContradicts, $"the bank reported {told.Outcome.ToString().ToLowerInvariant()} under {told.BankReference}", $"lines.{i}");
        }
        if (fresh.Count == 0) return Decision.Nothing;
        return fresh.Aggregate(
            Decision.On<PaymentBatch>(batch.StreamId, new PaymentResultsRecorded(fresh, by.Id)),
            (decision, line) => decision.And(Decision.On<Payout>(line.PayoutId.Value, line.Outcome == PaymentOutcome.Settled
                ? new PayoutSettled(batch.Id, line.BankReference, by.Id)
                : new PayoutReturned(batch.Id, line.BankReference, line.Reason!, by.Id))));
    }
}

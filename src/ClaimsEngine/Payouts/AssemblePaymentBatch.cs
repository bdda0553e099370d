using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>Puts authorised payouts into one batch for the bank. A payout is in one batch at most.</summary>
public sealed record AssemblePaymentBatch(IReadOnlyList<PayoutId> Payouts) : Command
{
    internal const int Most = 5_000;

    public sealed class Validator : AbstractValidator<AssemblePaymentBatch>
    {
        public Validator()
        {
            RuleFor(c => c.Payouts).NotEmpty().Must(payouts => payouts.Count <= Most).WithMessage("a batch has at most 5,000 payouts");
            RuleFor(c => c.Payouts).Must(payouts => payouts.Distinct().Count() == payouts.Count)
                .WithMessage("a payout stands in a batch once");
        }
    }
}

public static class AssemblePaymentBatchHandler
{
    /// <returns>the payouts as the command names them, null for each that is not there; and the id of the batch</returns>
    public static async Task<(IReadOnlyList<Payout?>, PaymentBatchId)> LoadAsync(AssemblePaymentBatch command, IUseCaseContext context)
    {
        await context.Look([.. command.Payouts.Select(payout => payout.Value)]);
        var payouts = new List<Payout?>(command.Payouts.Count);
        foreach (var payout in command.Payouts) payouts.Add(await context.Find<Payout>(payout.Value));
        return (payouts, new PaymentBatchId(context.NewId()));
    }

    public static Decision Handle(AssemblePaymentBatch command, IReadOnlyList<Payout?> found, PaymentBatchId id, Actor by, LocalDate today)
    {
        var payouts = new List<Payout>(found.Count);
        foreach (var payout in found)
        {
            if (payout is null)
                return new Refusal(Refuse.UnknownPayout, $"there is no payout {command.Payouts[payouts.Count]}",
                    $"payouts.{payouts.Count}");
            payouts.Add(payout);
        }
        for (var i = 0; i < payouts.Count; i++)
        {
            if (payouts[i].Status != PayoutStatus.Authorised)
                return Refuse.WrongStateOf($"payout {payouts[i].Id}", payouts[i].Status, "authorised") with { Field = $"payouts.{i}" };
            if (payouts[i].Batch is { } other)
                return new Refusal(Refuse.WrongState, $"payout {payouts[i].Id} is in batch {other}", $"payouts.{i}");
            if (payouts[i].OnHold($"payouts.{i}") is { } held) return held;
        }
        var region = payouts.Select(payout => payout.Region).Aggregate(RegionCode.Shared);
        var number = ReferenceNumber.For('B', region, today, id.Value);
        var lines = payouts.Select(payout => new PaymentLine(payout.Id, payout.Amount)).ToArray();
        return payouts.Aggregate(
            Decision.Begin<PaymentBatch>(id.Value, new PaymentBatchAssembled(id, number, region, lines, by.Id))
                .Taking(new UniqueKey("batch-number", number), id.Value),
            (decision, payout) => decision.And(Decision.On(payout, new PayoutBatched(id, by.Id))));
    }
}

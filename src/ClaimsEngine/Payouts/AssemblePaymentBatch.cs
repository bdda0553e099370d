using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>Puts authorised payouts into one batch for the bank. A payout is in one batch at most.</summary>
public sealed record AssemblePaymentBatch(IReadOnlyList<PayoutId> Payouts)
{
    public sealed class Validator : AbstractValidator<AssemblePaymentBatch>
    {
        public Validator()
        {
            RuleFor(c => c.Payouts).NotEmpty().Must(payouts => payouts.Count <= 5_000).WithMessage("a batch has at most 5,000 payouts");
            RuleFor(c => c.Payouts).Must(payouts => payouts.Distinct().Count() == payouts.Count).WithMessage("a payout stands in a batch once");
        }
    }
}

public static class AssemblePaymentBatchHandler
{
    public static async Task<Decision> Run(AssemblePaymentBatch command, IUseCaseContext context)
    {
        var payouts = new List<Payout>();
        foreach (var id in command.Payouts)
        {
            if (await context.Find<Payout>(id.Value) is not { } payout)
                return new Refusal(Refuse.UnknownPayout, $"there is no payout {id}", $"payouts.{payouts.Count}");
            payouts.Add(payout);
        }
        return Handle(payouts, context.By, context.Now.Date(), new PaymentBatchId(context.NewId()));
    }

    public static Decision Handle(IReadOnlyList<Payout> payouts, Actor by, LocalDate today, PaymentBatchId id)
    {
        for (var i = 0; i < payouts.Count; i++)
        {
            if (payouts[i].Status != PayoutStatus.Authorised)
                return Refuse.WrongStateOf($"payout {payouts[i].Id}", payouts[i].Status, "authorised") with { Field = $"payouts.{i}" };
            if (payouts[i].Batch is { } other)
                return new Refusal(Refuse.WrongState, $"payout {payouts[i].Id} is in batch {other}", $"payouts.{i}");
        }
        var region = payouts.Select(payout => payout.Region).Aggregate(RegionCode.Shared);
        var number = ReferenceNumber.For('B', region, today, id.Value);
        var lines = payouts.Select(payout => new PaymentLine(payout.Id, payout.Amount)).ToArray();
        return payouts.Aggregate(
            Decision.On<PaymentBatch>(id.Value, new PaymentBatchAssembled(id, number, region, lines, by.Id))
                .Taking(new UniqueKey("batch-number", number), id.Value),
            (decision, payout) => decision.And(Decision.On<Payout>(payout.StreamId, new PayoutBatched(id, by.Id))));
    }
}

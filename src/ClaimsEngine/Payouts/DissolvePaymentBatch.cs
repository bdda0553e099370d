using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>A batch that was not released is taken apart: it holds a payout that is not to be paid now, or was assembled by mistake. Its
/// payouts stay authorised and may be put into other batches.</summary>
public sealed record DissolvePaymentBatch(PaymentBatchId Batch, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<DissolvePaymentBatch>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
    }
}

public static class DissolvePaymentBatchHandler
{
    public static async Task<(PaymentBatch, IReadOnlyList<Payout>)> LoadAsync(DissolvePaymentBatch command, IUseCaseContext context)
    {
        var batch = await context.Get<PaymentBatch>(command.Batch.Value);
        return (batch, await BatchPayouts.Of(batch, context));
    }

    public static Decision Handle(DissolvePaymentBatch command, PaymentBatch batch, IReadOnlyList<Payout> payouts, Actor by) =>
        batch.Status switch
        {
            PaymentBatchStatus.Dissolved => Decision.Nothing,
            not PaymentBatchStatus.Assembled => Refuse.WrongStateOf("batch", batch.Status, "assembled"),
            _ => Decision.All(
            [
                Decision.On(batch, new PaymentBatchDissolved(command.Reason, by.Id)),
                .. payouts.Select(payout => Decision.On(payout, new PayoutUnbatched(batch.Id, by.Id))),
            ]),
        };
}

using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>The schedule makes no more batches. Those that it made stay.</summary>
public sealed record EndPaymentSchedule(PaymentScheduleId Schedule, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<EndPaymentSchedule>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
    }
}

public static class EndPaymentScheduleHandler
{
    public static Task<PaymentSchedule> LoadAsync(EndPaymentSchedule command, IUseCaseContext context) =>
        context.Get<PaymentSchedule>(command.Schedule.Value);

    public static Decision Handle(EndPaymentSchedule command, PaymentSchedule schedule, Actor by) => schedule.Ended ? Decision.Nothing
        : Decision.On(schedule, new PaymentScheduleEnded(command.Reason, by.Id))
            .Releasing(new UniqueKey("payment-schedule", $"{schedule.Region.Value}/{schedule.Name}"), schedule.StreamId);
}

using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>Says when batches are to be made without a person, and of what. Who says so counts as who assembled each of them, and so
/// releases none.</summary>
/// <param name="Filter">as of a batch; without a region the own one</param>
/// <param name="Days">of the week; null for all seven</param>
/// <param name="Time">HH:mm in Asia/Shanghai</param>
/// <param name="Most">payouts of one batch; null for 10,000</param>
public sealed record OpenPaymentSchedule(
    string Name, PayoutFilter Filter, string Time, IReadOnlyList<IsoDayOfWeek>? Days = null, int? Most = null) : Command
{
    public sealed class Validator : AbstractValidator<OpenPaymentSchedule>
    {
        public Validator()
        {
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Time).Must(PaymentSchedule.IsTime).WithMessage("is a time of day like 09:30");
            RuleFor(c => c.Days).Must(days => days is null || days.Count is > 0 and <= 7 && days.Distinct().Count() == days.Count
                && !days.Contains(IsoDayOfWeek.None)).WithMessage("are 1 to 7 days of the week, each once");
            RuleFor(c => c.Most).InclusiveBetween(1, AssemblePaymentBatch.MostPayouts);
        }
    }
}

public static class OpenPaymentScheduleHandler
{
    public static Task<PaymentScheduleId> LoadAsync(OpenPaymentSchedule command, IUseCaseContext context) =>
        Task.FromResult(new PaymentScheduleId(context.NewId()));

    public static Decision Handle(OpenPaymentSchedule command, PaymentScheduleId id, Actor by)
    {
        var region = command.Filter.Region ?? by.Region;
        if (!by.Sees(region)) return Refuse.ActsElsewhere(by, "filter.region");
        // two schedules of one name would be taken for one
        var key = new UniqueKey("payment-schedule", $"{region.Value}/{command.Name}");
        return Decision.Begin<PaymentSchedule>(id.Value, new PaymentScheduleOpened(
                id, command.Name, region, command.Filter, command.Days ?? [], command.Time,
                command.Most ?? AssemblePaymentBatch.MostPayouts, by.Id, by.OnBehalfOf))
            .Taking(key, id.Value, new Refusal(Refuse.ScheduleExists, "a schedule of this name and region exists", "name"));
    }
}

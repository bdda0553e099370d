using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Recoveries;

/// <summary>Money came back, by instalments or at once, and never more than is owed. The same transfer told again changes
/// nothing.</summary>
/// <param name="Amount">above 0.00, at most what is outstanding</param>
/// <param name="ReceivedOn">business day on which the bank has it, not after today</param>
/// <param name="BankReference">the bank's own reference of the transfer; one transfer is one repayment, whatever the recovery</param>
public sealed record RecordRepayment(RecoveryId Recovery, Money Amount, LocalDate ReceivedOn, string BankReference) : Command
{
    public sealed class Validator : AbstractValidator<RecordRepayment>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("a repayment is above 0.00");
            RuleFor(c => c.BankReference).Matches("^[A-Za-z0-9][A-Za-z0-9/._-]{0,99}\\z")
                .WithMessage("a reference has 1 to 100 letters, digits and / . _ -");
        }
    }
}

public static class RecordRepaymentHandler
{
    public static async Task<(Recovery, Payout)> LoadAsync(RecordRepayment command, IUseCaseContext context)
    {
        var recovery = await context.Get<Recovery>(command.Recovery.Value);
        return (recovery, await context.Get<Payout>(recovery.Payout.Value));
    }

    public static Decision Handle(RecordRepayment command, Recovery recovery, Payout payout, Actor by, LocalDate today)
    {
        if (recovery.Repayments.FirstOrDefault(known =>
            string.Equals(known.BankReference, command.BankReference, StringComparison.OrdinalIgnoreCase)) is { } before)
            return before.Amount == command.Amount && before.ReceivedOn == command.ReceivedOn ? Decision.Nothing
                : new Refusal(Refuse.PaymentContradicts,
                    $"{before.Amount} yuan of {before.ReceivedOn:uuuu-MM-dd} was recorded under this reference", "bankReference");
        if (!recovery.IsOwed) return recovery.NotOwed();
        if (command.ReceivedOn > today) return new Refusal(Refuse.InvalidRequest, $"today is {today:uuuu-MM-dd}", "receivedOn");
        if (command.Amount > recovery.Outstanding)
            return new Refusal(Refuse.MoreThanOwed, $"{recovery.Outstanding} yuan is outstanding", "amount");

        var received = Decision.On(
                recovery, new RepaymentReceived(command.Amount, command.ReceivedOn, command.BankReference, by.Id))
            .And(Decision.On(payout, new PayoutRecovered(recovery.Id, command.Amount, by.Id)))
            .Taking(Recovery.ReferenceKey(recovery.Region, command.BankReference), recovery.StreamId, new Refusal(
                Refuse.PaymentContradicts, "this transfer was recorded for another recovery", "bankReference"));
        return command.Amount == recovery.Outstanding
            ? received.Releasing(Recovery.LiveKey(recovery.Payout), recovery.StreamId) : received;
    }
}

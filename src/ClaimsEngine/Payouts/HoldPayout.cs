using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>Holds a payout that may still be paid: nobody authorises it, puts it into a batch, releases it or orders it anew until another
/// person releases the hold. What the bank has been given is no longer held: its result is awaited.</summary>
/// <param name="Reason">in neutral words; finance reads it, so nothing of the incident or an illness belongs here</param>
public sealed record HoldPayout(PayoutId Payout, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<HoldPayout>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
    }
}

public static class HoldPayoutHandler
{
    public static Task<Payout> LoadAsync(HoldPayout command, IUseCaseContext context) => context.Get<Payout>(command.Payout.Value);

    public static Decision Handle(HoldPayout command, Payout payout, Actor by)
    {
        if (payout.ReissuedAs is { } anew) return new Refusal(Refuse.WrongState, $"the payout was ordered anew as {anew}");
        if (payout.Status is PayoutStatus.Sent || !payout.MayStillBePaid)
            return Refuse.WrongStateOf("payout", payout.Status, "ordered", "authorised", "returned");
        if (payout.Holds.FirstOrDefault(hold => hold.Ground == HoldGround.Office) is { } set)
            return set.By == by.Id && set.Reason == command.Reason ? Decision.Nothing : payout.OnHold()!;
        return Decision.On(payout, new HoldPlaced(HoldGround.Office, command.Reason, by.Id, by.OnBehalfOf));
    }
}

using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>
/// Orders a payout anew that the bank returned, or whose account was refused before anything was paid, to an account of the same payee: a
/// new payout under its own id, linked to the old one, to be authorised by somebody else. The benefit's key goes from the old to the new in
/// the same transaction, so there are never two live payments for one benefit.
/// </summary>
/// <param name="Reason">what was wrong, and what shows that the account is right now</param>
public sealed record ReissuePayout(PayoutId Payout, AccountDetails Account, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReissuePayout>
    {
        public Validator()
        {
            RuleFor(c => c.Account).SetValidator(new AccountDetails.Validator());
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ReissuePayoutHandler
{
    /// <param name="Anew">the id of the new payout</param>
    /// <param name="Account">the id of the payee's account, should it have to be registered</param>
    public sealed record Case(Payout Payout, Person Payee, PayoutId Anew, AccountId Account);

    public static async Task<Case> LoadAsync(ReissuePayout command, IUseCaseContext context)
    {
        var payout = await context.Get<Payout>(command.Payout.Value);
        var payee = await context.Get<Person>(payout.Payee.Value);
        return new Case(payout, payee, new PayoutId(context.NewId()), new AccountId(context.NewId()));
    }

    public static Decision Handle(ReissuePayout command, Case found, Actor by, LocalDate today)
    {
        var (payout, payee, anew, freshAccount) = found;
        if (payout.ReissuedAs is { } already) return new Refusal(Refuse.WrongState, $"the payout was ordered anew as {already}");
        if (payout.Status != PayoutStatus.Returned && payout.WaitsFor != PayoutWait.OtherAccount)
            return Refuse.WrongStateOf("payout", payout.Status, "returned");
        if (payout.OnHold() is { } held) return held;
        if (command.Account.NotPayableTo(payee.Name, payee.IdNumber, today, "account") is { } notPayable) return notPayable;

        var known = payee.AccountLike(command.Account);
        var registered = command.Account.Registered(freshAccount, payee, by, today);
        var registration = known is null ? Decision.On(payee, registered).Within(payout.Region) : Decision.Nothing;
        var account = known ?? Account.Of(registered);
        var controls = PayoutControls.Of(payout.Amount, account, AuthorisationRules.For(payout.Region, today), today);
        var key = payout.Key;
        return registration
            .And(Decision.Begin<Payout>(anew.Value, payout.OrderedAnew(anew, account.Id, controls, today, by)))
            .And(Decision.On(payout, new PayoutReissued(anew, command.Reason, by.Id)))
            .Releasing(key, payout.StreamId)
            .Taking(key, anew.Value, new Refusal(Refuse.PayoutLive, "this benefit has a live payout"));
    }
}

using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>
/// Orders a payout anew that the bank returned, or whose account was refused before anything was paid, to an account of the same payee: a
/// new payout under its own id, linked to the old one, to be authorised by somebody else. The benefit's key goes from the old to the new in
/// the same transaction, so there are never two live payments for one benefit. The refund of an organisation is ordered anew by
/// <c>ReissueRefund</c>.
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
    /// <param name="Payee">null where an organisation is paid</param>
    /// <param name="Anew">the id of the new payout</param>
    /// <param name="Account">the id of the payee's account, should it have to be registered</param>
    public sealed record Case(Payout Payout, Person? Payee, PayoutId Anew, AccountId Account);

    public static async Task<Case> LoadAsync(ReissuePayout command, IUseCaseContext context)
    {
        var payout = await context.Get<Payout>(command.Payout.Value);
        var payee = payout.Payee is { } person ? await context.Get<Person>(person.Value) : null;
        return new Case(payout, payee, new PayoutId(context.NewId()), new AccountId(context.NewId()));
    }

    public static Decision Handle(ReissuePayout command, Case found, Actor by, LocalDate today)
    {
        var (payout, payee, anew, freshAccount) = found;
        if (payout.NotReplaceable() is { } not) return not;
        if (payee is null)
            return new Refusal(Refuse.AccountNotConfirmed, "an organisation is paid; its refund is ordered anew to its confirmed account");
        if (command.Account.NotPayableTo(payee.Name, payee.IdNumber, today, "account") is { } notPayable) return notPayable;

        var known = payee.AccountLike(command.Account);
        var registered = command.Account.Registered(freshAccount, payee, by, today);
        var registration = known is null ? Decision.On(payee, registered).Within(payout.Region) : Decision.Nothing;
        var account = known ?? Account.Of(registered);
        var controls = PayoutControls.Of(payout.Amount, account, AuthorisationRules.For(payout.Region, today), today);
        return registration.And(payout.ReplacedBy(anew, account.Id, controls, command.Reason, today, by));
    }
}

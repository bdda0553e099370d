using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>
/// Orders a returned payout anew, to an account of the same payee: a new payout under its own id, linked to the old one, to be authorised by somebody else.
/// The benefit's key goes from the old to the new in the same transaction, so there are never two live payments for one benefit.
/// </summary>
/// <param name="Reason">what was wrong, and what shows that the account is right now</param>
public sealed record ReissuePayout(PayoutId Payout, AccountDetails Account, string Reason)
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
    public static async Task<Decision> Run(ReissuePayout command, IUseCaseContext context) =>
        await context.Find<Payout>(command.Payout.Value) is not { } payout ? Refuse.NotFound("payout")
        : await context.FindAnywhere<Person>(payout.Payee.Value) is not { } payee ? Refuse.NotFound("payee")
        : Handle(command, payout, payee, context.By, context.Now.Date(), new PayoutId(context.NewId()), new AccountId(context.NewId()));

    public static Decision Handle(ReissuePayout command, Payout payout, Person payee, Actor by, LocalDate today, PayoutId id, AccountId freshAccount)
    {
        if (payout.ReissuedAs is { } already) return new Refusal(Refuse.WrongState, $"the payout was ordered anew as {already}");
        if (payout.Status != PayoutStatus.Returned) return Refuse.WrongStateOf("payout", payout.Status, "returned");
        if (command.Account.Holder != payee.Name)
            return new Refusal(Refuse.AccountNotOwn, "the holder's name is not the payee's", "account.holder");

        var known = payee.AccountLike(command.Account)?.Id;
        var registration = known is null ? Decision.On<Person>(payee.StreamId, command.Account.Registered(freshAccount, by)).Within(payout.Region) : Decision.Nothing;
        var key = Payout.LiveKey(payout.Claim, payout.Benefit);
        return registration
            .And(Decision.On<Payout>(id.Value, new PayoutOrdered(
                id, payout.Claim, payout.ClaimNumber, payout.Enrolment, payout.Plan, payout.Programme, payout.Region, payout.Benefit, payout.Amount,
                payout.Payee, known ?? freshAccount, today, payout.ApprovedBy, payout.Id, by.Id)))
            .And(Decision.On<Payout>(payout.StreamId, new PayoutReissued(id, command.Reason, by.Id)))
            .Releasing(key, payout.StreamId)
            .Taking(key, id.Value, new Refusal(Refuse.PayoutLive, "this benefit has a live payout"));
    }
}

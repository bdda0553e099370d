using ClaimsEngine.Payers;
using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Refunds;

/// <summary>
/// Orders an organisation's refund anew that the bank returned: a new payout under its own id, linked to the old one, to the account that
/// is confirmed for the organisation now, to be authorised by somebody else.
/// </summary>
/// <param name="Reason">what was wrong, and why it is right now</param>
public sealed record ReissueRefund(PayoutId Payout, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReissueRefund>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class ReissueRefundHandler
{
    /// <returns>the payout, the organisation that it pays (null where it pays a person), and the id of the new payout</returns>
    public static async Task<(Payout, Payer?, PayoutId)> LoadAsync(ReissueRefund command, IUseCaseContext context)
    {
        var payout = await context.Get<Payout>(command.Payout.Value);
        var payer = payout.Organisation is { } organisation ? await context.Get<Payer>(organisation.Value) : null;
        return (payout, payer, new PayoutId(context.NewId()));
    }

    public static Decision Handle(ReissueRefund command, Payout payout, Payer? payer, PayoutId anew, Actor by, LocalDate today) =>
        payout.NotReplaceable() is { } not ? not
        : payer is null
            ? new Refusal(Refuse.WrongState, "a person is paid; the payout is ordered anew with the account to which it is to go")
        // another account may be confirmed meanwhile
        : payout.ReplacedBy(
            anew, payer.Account!.Id, PayoutControls.Of(payout.Amount, null, AuthorisationRules.For(payout.Region, today), today),
            command.Reason, today, by).RestingOn(payer);
}

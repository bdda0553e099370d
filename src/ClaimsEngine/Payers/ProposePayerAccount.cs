using FluentValidation;

namespace ClaimsEngine.Payers;

/// <summary>Names another account of a payer. It counts from the moment when a second person confirms it; payouts that were ordered before
/// keep theirs.</summary>
/// <param name="Reason">why, and what proves it</param>
public sealed record ProposePayerAccount(string Payer, PayerAccountDetails Account, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ProposePayerAccount>
    {
        public Validator()
        {
            RuleFor(c => c.Account).SetValidator(new PayerAccountDetails.Validator());
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class ProposePayerAccountHandler
{
    /// <returns>the payer, and a fresh id for the account</returns>
    public static async Task<(Payer, AccountId)> LoadAsync(ProposePayerAccount command, IUseCaseContext context) =>
        (await context.Get<Payer>(PayerId.Of(command.Payer).Value), new AccountId(context.NewId()));

    public static Decision Handle(ProposePayerAccount command, Payer payer, AccountId account, Actor by)
    {
        if (payer.Proposed is { } waiting)
            return waiting.Account.IsLike(command.Account) && by.ActsAs(waiting.By) ? Decision.Nothing
                : new Refusal(Refuse.WrongState, "another account waits for a second person; it is confirmed or rejected first");
        if (payer.Account?.IsLike(command.Account) == true) return Decision.Nothing;
        return Decision.On(payer, new PayerAccountProposed(
            account, command.Account.Bank, command.Account.Number, command.Account.Holder, command.Reason, by.Id, by.OnBehalfOf));
    }
}

using FluentValidation;

namespace ClaimsEngine.Payers;

/// <summary>The account that waits is not taken: a second person found it wrong, or who named it takes it back.</summary>
public sealed record RejectPayerAccount(string Payer, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<RejectPayerAccount>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class RejectPayerAccountHandler
{
    public static Task<Payer> LoadAsync(RejectPayerAccount command, IUseCaseContext context) =>
        context.Get<Payer>(PayerId.Of(command.Payer).Value);

    public static Decision Handle(RejectPayerAccount command, Payer payer, Actor by) => payer.Proposed is { } waiting
        ? Decision.On(payer, new PayerAccountRejected(waiting.Account.Id, command.Reason, by.Id, by.OnBehalfOf))
        : new Refusal(Refuse.WrongState, "no account waits for a second person");
}

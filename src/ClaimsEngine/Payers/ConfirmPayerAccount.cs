namespace ClaimsEngine.Payers;

/// <summary>A second person confirms the account that waits. Four eyes: never who named it. The number is entered a second time, from its
/// proof: a slip of the first person shows.</summary>
/// <param name="Number">of the account that waits</param>
public sealed record ConfirmPayerAccount(string Payer, AccountNumber Number) : Command;

public static class ConfirmPayerAccountHandler
{
    public static Task<Payer> LoadAsync(ConfirmPayerAccount command, IUseCaseContext context) =>
        context.Get<Payer>(PayerId.Of(command.Payer).Value);

    public static Decision Handle(ConfirmPayerAccount command, Payer payer, Actor by) => payer.Proposed switch
    {
        null => new Refusal(Refuse.WrongState, "no account waits for a second person"),
        var waiting when by.ActsAs(waiting.By, waiting.OnBehalfOf) => Refuse.SamePerson(by, "named the account", "confirm it"),
        var waiting when waiting.Account.Number != command.Number =>
            new Refusal(Refuse.AccountDiffers, "the first person entered another number", "number"),
        var waiting => Decision.On(payer, new PayerAccountConfirmed(waiting.Account.Id, by.Id, by.OnBehalfOf)),
    };
}

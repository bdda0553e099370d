using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>Closes a fund at the end of its year or campaign: nothing is asked for, granted or passed down any more. What is left goes back
/// up the levels, each giving its own (<see cref="ReturnReliefMoney"/>); what was granted is still paid.</summary>
public sealed record CloseReliefFund(string Fund, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<CloseReliefFund>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class CloseReliefFundHandler
{
    public static Task<ReliefFund> LoadAsync(CloseReliefFund command, IUseCaseContext context) =>
        context.Get<ReliefFund>(ReliefFundId.Of(command.Fund).Value);

    public static Decision Handle(CloseReliefFund command, ReliefFund fund, Actor by) => fund switch
    {
        _ when !by.Sees(fund.Region) =>
            new Refusal(Refuse.OutsideRegion, $"the fund is of {fund.Region.Name}, which reaches beyond {by.Region.Name}"),
        { Closed: true } => Decision.Nothing,
        _ => Decision.On(fund, new ReliefFundClosed(command.Reason, by.Id)),
    };

    /// <summary>What a closed fund answers to who asks for its money.</summary>
    internal static Refusal IsClosed(this ReliefFund fund, string? field = null) =>
        new(Refuse.WrongState, $"relief fund {fund.Code} is closed", field);
}

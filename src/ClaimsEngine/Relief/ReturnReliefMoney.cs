using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>A level gives money that it has not granted back to the level that it came from, while the fund is open or after it was closed.
/// Finance of the level that gives it does it.</summary>
/// <param name="Region">that gives it back; null where a unit does</param>
/// <param name="Unit">code of the employer that gives it back; null where a region does</param>
/// <param name="Amount">above 0.00, at most what is left with the level</param>
public sealed record ReturnReliefMoney(string Fund, Money Amount, RegionCode? Region = null, string? Unit = null) : Command
{
    public sealed class Validator : AbstractValidator<ReturnReliefMoney>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("an amount is above 0.00");
            RuleFor(c => c.Region).Must((c, region) => region is null != c.Unit is null).WithMessage("name either a region or a unit");
            RuleFor(c => c.Unit).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
        }
    }
}

public static class ReturnReliefMoneyHandler
{
    public static Task<ReliefFund> LoadAsync(ReturnReliefMoney command, IUseCaseContext context) =>
        context.Get<ReliefFund>(ReliefFundId.Of(command.Fund).Value);

    public static Decision Handle(ReturnReliefMoney command, ReliefFund fund, Actor by)
    {
        var field = command.Unit is null ? "region" : "unit";
        if (fund.Level(command.Region ?? RegionCode.National, command.Unit) is not { From: { } above } level || !by.Sees(level.Region))
            return new Refusal(Refuse.RegionNotCovered, "no level of yours has had money of this fund from above", field);
        return level.Taking(command.Amount, "amount", Decision.On(
                fund, new ReliefMoneyReturned(level.Region, level.Unit, command.Amount, level.Pool, above, by.Id))
            .GivingBack(above, command.Amount.Fen));
    }
}

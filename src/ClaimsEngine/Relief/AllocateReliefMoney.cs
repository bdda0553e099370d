using ClaimsEngine.Employers;
using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>
/// The level above passes money of a fund down to a region or to a unit; again and again, if need be. The first allocation to a level
/// decides where its money comes from: the smallest region above it that has had money. Finance of that level does it.
/// </summary>
/// <param name="Region">that receives it; null where a unit does</param>
/// <param name="Unit">code of the employer that receives it; null where a region does</param>
/// <param name="Amount">above 0.00, at most what is left with the level above</param>
public sealed record AllocateReliefMoney(string Fund, Money Amount, RegionCode? Region = null, string? Unit = null) : Command
{
    public sealed class Validator : AbstractValidator<AllocateReliefMoney>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("an amount is above 0.00");
            RuleFor(c => c.Region).Must((c, region) => region is null != c.Unit is null).WithMessage("name either a region or a unit");
            RuleFor(c => c.Unit).Matches(EmployerId.CodePattern).WithMessage("a code has 1 to 40 letters, digits and hyphens");
        }
    }
}

public static class AllocateReliefMoneyHandler
{
    /// <returns>the fund, and the unit if there is one of the code</returns>
    public static async Task<(ReliefFund, Employer?)> LoadAsync(AllocateReliefMoney command, IUseCaseContext context) => (
        await context.Get<ReliefFund>(ReliefFundId.Of(command.Fund).Value),
        command.Unit is { } unit ? await context.Find<Employer>(EmployerId.Of(unit).Value) : null);

    public static Decision Handle(AllocateReliefMoney command, ReliefFund fund, Employer? employer, Actor by)
    {
        if (fund.Closed) return fund.IsClosed();
        if (command.Unit is not null && employer is null)
            return new Refusal(Refuse.UnknownEmployer, "there is no such employer", "unit");
        var region = employer?.Region ?? command.Region!.Value;
        if (!fund.Region.Contains(region) || (employer is null && region == fund.Region))
            return new Refusal(Refuse.RegionNotCovered, $"{region.Name} does not lie below {fund.Region.Name}",
                employer is null ? "region" : "unit");
        var from = fund.Above(region, command.Unit)!;
        if (!by.Sees(from.Region))
            return new Refusal(Refuse.OutsideRegion, $"the money comes from {from.Name}, which reaches beyond {by.Region.Name}",
                employer is null ? "region" : "unit");

        var pool = ReliefFund.PoolOf(fund.Code, region, command.Unit, fund.Region);
        return from.Taking(command.Amount, "amount", Decision.On(
            fund, new ReliefMoneyAllocated(region, command.Unit, command.Amount, pool, from.Pool, by.Id)));
    }
}

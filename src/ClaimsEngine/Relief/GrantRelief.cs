using ClaimsEngine.Claims;
using ClaimsEngine.Members;
using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>
/// An approver of the level whose money it is grants a checked application, as a third person. The money of the level, the grant and the
/// payout move together: two grants at once never give more than the level has.
/// </summary>
/// <param name="Amount">above 0.00; at most what was asked for, the kind's most, the approver's limit and what the level has left</param>
public sealed record GrantRelief(ReliefApplicationId Application, Money Amount, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<GrantRelief>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("an amount is above 0.00");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class GrantReliefHandler
{
    /// <returns>the application, its fund, the account to pay to, and the id of the payout</returns>
    public static async Task<(ReliefApplication, ReliefFund, Account, PayoutId)> LoadAsync(GrantRelief command, IUseCaseContext context)
    {
        var application = await context.Get<ReliefApplication>(command.Application.Value);
        var fund = await context.Get<ReliefFund>(ReliefFundId.Of(application.Fund).Value);
        var applicant = await context.Get<Person>(application.Applicant.Value);
        var account = applicant.AccountOf(application.Account)
            ?? throw new InvalidOperationException($"application {application.Id} names an account without events");
        return (application, fund, account, new PayoutId(context.NewId()));
    }

    public static Decision Handle(
        GrantRelief command, ReliefApplication application, ReliefFund fund, Account account, PayoutId payout, Actor by, LocalDate today)
    {
        if (application.Status is not (ReliefStatus.Checked or ReliefStatus.Granted))
            return Refuse.WrongStateOf("application", application.Status, "checked");
        if (application.SamePerson(by) is { } handled) return handled;
        if (command.Amount > by.ApprovalLimit)
            return new Refusal(Refuse.OverLimit, $"{by.Id} may approve up to {by.ApprovalLimit} yuan", "amount");
        if (application.Grant is { } granted)
            return granted.Amount == command.Amount ? Decision.Nothing
                : Refuse.WrongStateOf("application", application.Status, "checked");
        if (fund.Closed) return fund.IsClosed();
        var level = fund.LevelFor(application.Region, application.Unit);
        if (!by.Sees(level.Region))
            return new Refusal(Refuse.OutsideRegion, $"the money is that of {level.Name}, which reaches beyond {by.Region.Name}");
        if (command.Amount > application.Asked)
            return new Refusal(Refuse.AboveAsked, $"{application.Asked} yuan were asked for", "amount");

        var controls = PayoutControls.Of(command.Amount, account, AuthorisationRules.For(application.Region, today), today);
        return level.Taking(command.Amount, "amount", Decision
            .On(application, new ReliefGranted(command.Amount, level.Region, level.Unit, level.Pool, payout, command.Reason, by.Id))
            .RestingOn(fund)   // a level that gets its first money meanwhile pays itself, and a closed fund pays nothing
            .And(Decision.Begin<Payout>(payout.Value, new ReliefPayoutOrdered(
                payout, application.Id, application.Number, fund.Code, application.Region, command.Amount, application.Applicant,
                application.Account, today, by.Id, ApprovedFor: by.OnBehalfOf,
                PayBy: HandlingRules.For(application.Region, today).PayReliefBy(today), Controls: controls,
                FundYear: fund.From.Year)))
            .Taking(Payout.LiveKey(application.Id), payout.Value, new Refusal(Refuse.PayoutLive, "this relief has a live payout")));
    }
}

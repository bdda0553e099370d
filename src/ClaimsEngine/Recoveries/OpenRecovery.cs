using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Recoveries;

/// <summary>Asks back what was paid, or a part of it. A second person confirms it before anything is owed.</summary>
/// <param name="Amount">above 0.00, at most what was paid and has not come back</param>
/// <param name="Reason">in neutral words; finance reads it, so nothing of the incident or an illness belongs here</param>
public sealed record OpenRecovery(PayoutId Payout, Money Amount, RecoveryCause Cause, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<OpenRecovery>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("what is asked back is above 0.00");
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class OpenRecoveryHandler
{
    /// <returns>the payout, and the id of the recovery</returns>
    public static async Task<(Payout, RecoveryId)> LoadAsync(OpenRecovery command, IUseCaseContext context) =>
        (await context.Get<Payout>(command.Payout.Value), new RecoveryId(context.NewId()));

    public static Decision Handle(OpenRecovery command, Payout payout, RecoveryId id, Actor by, LocalDate today)
    {
        if (payout.Status != PayoutStatus.Settled) return Refuse.WrongStateOf("payout", payout.Status, "settled");
        if (payout.Amount - payout.Recovered is var left && command.Amount > left)
            return new Refusal(Refuse.MoreThanOwed, $"{left} yuan was paid and has not come back", "amount");
        var number = ReferenceNumber.For('R', payout.Region, today, id.Value);
        return Decision.On(payout, new PayoutReclaimed(id, command.Amount, by.Id))
            .And(Decision.Begin<Recovery>(id.Value, new RecoveryOpened(
                id, number, payout.Id, payout.Claim, payout.ClaimNumber, payout.Payee, payout.Plan, payout.Programme, payout.Region,
                command.Amount, command.Cause, command.Reason, today, payout.ApprovedBy, by.Id, payout.ApprovedFor,
                by.OnBehalfOf, payout.Organisation, payout.PlanYear, payout.Relief?.Fund)))
            .Taking(new UniqueKey("recovery-number", number), id.Value)
            .Taking(Recovery.LiveKey(payout.Id), id.Value,
                new Refusal(Refuse.RecoveryLive, "another recovery of this payout is not at its end"));
    }
}

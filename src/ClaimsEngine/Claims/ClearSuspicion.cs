using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>An approver finds that a suspicion does not hold. Four eyes: never who raised it. With the last one the holds that the
/// suspicions had set are released; a hold that an office has set for itself stays.</summary>
/// <param name="Kind">of the suspicion</param>
/// <param name="Reason">what shows it; finance is not shown it</param>
public sealed record ClearSuspicion(ClaimId Claim, SuspicionKind Kind, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ClearSuspicion>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class ClearSuspicionHandler
{
    private const string ReleaseReason = "the claim was examined 申领核查完毕";

    public static async Task<(Claim, IReadOnlyList<Payout>)> LoadAsync(ClearSuspicion command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await ClaimPayouts.Of(claim, context));
    }

    public static Decision Handle(ClearSuspicion command, Claim claim, IReadOnlyList<Payout> payouts, Actor by)
    {
        if (claim.Suspicions.FirstOrDefault(open => open.Kind == command.Kind) is not { } suspicion)
            return new Refusal(Refuse.WrongState, "no suspicion of this kind is open", "kind");
        if (by.ActsAs(suspicion.By, suspicion.OnBehalfOf)) return Refuse.SamePerson(by, "raised the suspicion", "clear it");
        var cleared = Decision.On(claim, new SuspicionCleared(command.Kind, command.Reason, by.Id));
        return claim.Suspicions.Count > 1 ? cleared
            : payouts.Where(payout => payout.Holds.Any(hold => hold.Ground == HoldGround.Suspicion)).Aggregate(
                cleared, (decision, payout) => decision.And(
                    Decision.On(payout, new HoldReleased(HoldGround.Suspicion, ReleaseReason, by.Id))));
    }
}

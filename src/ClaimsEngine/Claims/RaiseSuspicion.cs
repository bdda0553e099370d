using ClaimsEngine.Payouts;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>
/// Somebody suspects that a claim is not honest. While the suspicion is open the claim is not approved, by nobody and by no feed. After the
/// approval, what may still be paid is held in the same decision: it is paid, or ordered anew, only after the clearance.
/// </summary>
/// <param name="Reason">what is suspected; finance is not shown it</param>
public sealed record RaiseSuspicion(ClaimId Claim, SuspicionKind Kind, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<RaiseSuspicion>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class RaiseSuspicionHandler
{
    /// <summary>The reason of the hold: finance reads it.</summary>
    public const string HoldReason = "the claim is being examined 申领核查中";

    public static async Task<(Claim, IReadOnlyList<Payout>)> LoadAsync(RaiseSuspicion command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await ClaimPayouts.Of(claim, context));
    }

    public static Decision Handle(RaiseSuspicion command, Claim claim, IReadOnlyList<Payout> payouts, Actor by)
    {
        if (claim.Status is ClaimStatus.Withdrawn or ClaimStatus.Expired)
            return Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed", "approved", "refused", "appealed");
        if (claim.Suspicions.FirstOrDefault(open => open.Kind == command.Kind) is { } known)
            return known.By == by.Id && known.Reason == command.Reason ? Decision.Nothing
                : new Refusal(Refuse.SuspicionOpen, "a suspicion of this kind is open already", "kind");
        // Also what the bank has been given: if it comes back, it is not ordered anew. A payout that is settled or replaced is left alone.
        return payouts.Where(payout => payout.MayStillBePaid).Aggregate(
            Decision.On(claim, new SuspicionRaised(command.Kind, command.Reason, by.Id, by.OnBehalfOf)),
            (decision, payout) => decision.And(payout.Holds.Any(hold => hold.Ground == HoldGround.Suspicion) ? Decision.Nothing
                : Decision.On(payout, new HoldPlaced(HoldGround.Suspicion, HoldReason, by.Id, by.OnBehalfOf))));
    }
}

/// <summary>The payouts of an approved claim, each as it was ordered last.</summary>
internal static class ClaimPayouts
{
    public static async Task<IReadOnlyList<Payout>> Of(Claim claim, IRecords records)
    {
        PayoutId[] ordered = [.. claim.Outcome?.Ordered ?? []];
        await records.Look([.. ordered.Select(payout => payout.Value)]);
        var newest = new List<Payout>();
        foreach (var first in ordered)
        {
            var payout = await records.Get<Payout>(first.Value);
            while (payout.ReissuedAs is { } anew) payout = await records.Get<Payout>(anew.Value);   // seldom more than once
            newest.Add(payout);
        }
        return newest;
    }
}

using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>Releases the hold that an office has set. Four eyes: never who set it. A hold for a suspicion ends with the clearance of the
/// suspicion, and in no other way.</summary>
/// <param name="Reason">in neutral words, as the hold's</param>
public sealed record ReleaseHold(PayoutId Payout, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReleaseHold>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
    }
}

public static class ReleaseHoldHandler
{
    public static Task<Payout> LoadAsync(ReleaseHold command, IUseCaseContext context) => context.Get<Payout>(command.Payout.Value);

    public static Decision Handle(ReleaseHold command, Payout payout, Actor by)
    {
        if (payout.Holds.FirstOrDefault(hold => hold.Ground == HoldGround.Office) is not { } set)
            return payout.Holds.Count > 0
                ? new Refusal(Refuse.SuspicionOpen, "the hold ends with the clearance of the suspicion on the claim")
                : new Refusal(Refuse.WrongState, "the payout is not held");
        return by.ActsAs(set.By, set.OnBehalfOf) ? Refuse.SamePerson(by, "set the hold", "release it")
            : Decision.On(payout, new HoldReleased(HoldGround.Office, command.Reason, by.Id));
    }
}

using FluentValidation;

namespace ClaimsEngine.Payouts;

public enum AccountFinding
{
    /// <summary>The payout may be authorised, by somebody else.</summary>
    Accepted,

    /// <summary>Nothing is paid to this account: the payout is ordered anew, to another one.</summary>
    Refused,
}

/// <summary>Finance accepts or refuses that a payout goes to another person's account, for the reason that is recorded with it. Four eyes:
/// never who registered the account, approved the claim, granted the relief or ordered the payout anew. Who accepts does not
/// authorise.</summary>
/// <param name="Reason">in neutral words: what shows that the reason holds, or why it does not</param>
public sealed record ReviewPayoutAccount(PayoutId Payout, AccountFinding Finding, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ReviewPayoutAccount>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
    }
}

public static class ReviewPayoutAccountHandler
{
    public static Task<Payout> LoadAsync(ReviewPayoutAccount command, IUseCaseContext context) =>
        context.Get<Payout>(command.Payout.Value);

    public static Decision Handle(ReviewPayoutAccount command, Payout payout, Actor by) => payout switch
    {
        { AccountReview: { } review } when review.By == by.Id && review.Finding == command.Finding && review.Reason == command.Reason =>
            Decision.Nothing,
        { Status: not PayoutStatus.Ordered } => Refuse.WrongStateOf("payout", payout.Status, "ordered"),
        { Controls: not { OtherHolder: not null } } => new Refusal(Refuse.AccountIsOwn, "the payout goes to the payee's own account"),
        { AccountReview: { } review } =>
            new Refusal(Refuse.WrongState, $"the account was {review.Finding.ToString().ToLowerInvariant()} by {review.By}"),
        _ when payout.NotFor(by, "accept or refuse its account") is { } same => same,
        _ => Decision.On(payout, new PayoutAccountReviewed(command.Finding, command.Reason, by.Id, by.OnBehalfOf)),
    };
}

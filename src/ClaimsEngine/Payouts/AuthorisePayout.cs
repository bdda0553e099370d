using ClaimsEngine.Notices;

namespace ClaimsEngine.Payouts;

/// <summary>
/// Finance authorises an ordered payout. Four eyes: never who approved the claim or granted the relief, who ordered a refund or ended the
/// certificate, who ordered the payout anew, who accepted another person's account, nor who registered an account that is another person's
/// or just changed. Where the approval is published, its days are over and no objection stands in the way.
/// Two people authorise an amount from the organiser's limit on, and a payout to an account that was changed a short time ago; each of
/// them gives this command. When that time is over, one is enough.
/// </summary>
public sealed record AuthorisePayout(PayoutId Payout) : Command;

public static class AuthorisePayoutHandler
{
    /// <returns>the payout, and the public notice of its claim; null where there is none</returns>
    public static async Task<(Payout, PublicNotice?)> LoadAsync(AuthorisePayout command, IUseCaseContext context)
    {
        var payout = await context.Get<Payout>(command.Payout.Value);
        return (payout, payout.Claim is { } claim ? await context.FindAnywhere<PublicNotice>(PublicNoticeId.Of(claim).Value) : null);
    }

    public static Decision Handle(AuthorisePayout command, Payout payout, PublicNotice? notice, Actor by, LocalDate today)
    {
        if (payout.Status == PayoutStatus.Authorised && payout.AuthorisedBy == by.Id) return Decision.Nothing;
        if (payout.Status != PayoutStatus.Ordered) return Refuse.WrongStateOf("payout", payout.Status, "ordered");
        if (NotAllowed(payout, notice, by, today) is { } refusal) return refusal;
        var authorised = Authorised(payout, by, today);
        // an objection that is raised or decided at this moment is not overlooked
        return notice is null || authorised.Changes.Count == 0 ? authorised : authorised.RestingOn(notice);
    }

    private static Refusal? NotAllowed(Payout payout, PublicNotice? notice, Actor by, LocalDate today)
    {
        if (payout.NotFor(by, "authorise it") is { } same) return same;
        if (payout.OnHold() is { } held) return held;
        if (notice?.Unpayable(today) is { } unpayable) return unpayable;
        if (payout.WaitsFor == PayoutWait.AccountReview)
            return new Refusal(Refuse.AccountNotAccepted,
                "the account is another person's: somebody of finance accepts or refuses that first");
        if (payout.AccountReview is { } review)
        {
            if (review.Finding == AccountFinding.Refused)
                return new Refusal(Refuse.AccountNotAccepted, $"the account was refused: {review.Reason}");
            if (by.ActsAs(review.By, review.OnBehalfOf)) return Refuse.SamePerson(by, "accepted the account", "authorise the payout");
        }
        return AuthorisationRules.For(by.Region, today).Limits.For(by.Region) is { } limit && payout.Amount > limit
            ? new Refusal(Refuse.OverAuthorisationLimit, $"{by.Id} may authorise up to {limit} yuan") : null;
    }

    private static Decision Authorised(Payout payout, Actor by, LocalDate today)
    {
        if (payout.Controls?.NeedsSecond(today) != true) return Decision.On(payout, new PayoutAuthorised(by.Id));
        return payout.CoAuthorised switch
        {
            null => Decision.On(payout, new PayoutCoAuthorised(by.Id, by.OnBehalfOf)),
            { } first when first.By == by.Id => Decision.Nothing,
            { } first when by.ActsAs(first.By, first.OnBehalfOf) => Refuse.SamePerson(by, "authorised it first", "authorise it again"),
            _ => Decision.On(payout, new PayoutAuthorised(by.Id)),
        };
    }
}

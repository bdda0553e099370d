using ClaimsEngine.Notices;

namespace ClaimsEngine.Payouts;

/// <summary>Finance authorises an ordered payout. Four eyes: never who approved the claim or granted the relief, nor who ordered the
/// payout anew; of a refund, never who ordered it or ended the certificate. Where the approval is published, its days are over and no
/// objection stands in the way.</summary>
public sealed record AuthorisePayout(PayoutId Payout) : Command;

public static class AuthorisePayoutHandler
{
    /// <returns>the payout, and the public notice of its claim; null where there is none</returns>
    public static async Task<(Payout, PublicNotice?)> LoadAsync(AuthorisePayout command, IUseCaseContext context)
    {
        var payout = await context.Get<Payout>(command.Payout.Value);
        return (payout, payout.Claim is { } claim ? await context.FindAnywhere<PublicNotice>(PublicNoticeId.Of(claim).Value) : null);
    }

    public static Decision Handle(AuthorisePayout command, Payout payout, PublicNotice? notice, Actor by, LocalDate today) => payout switch
    {
        { Status: PayoutStatus.Authorised } when payout.AuthorisedBy == by.Id => Decision.Nothing,
        { Status: not PayoutStatus.Ordered } => Refuse.WrongStateOf("payout", payout.Status, "ordered"),
        _ when payout.WasApprovedBy(by) =>
            Refuse.SamePerson(by, payout.ApprovalWas, "authorise its payout"),
        _ when payout.ReissuedBy == by.Id => Refuse.SamePerson(by, "ordered the payout anew", "authorise it"),
        _ when payout.OnHold() is { } held => held,
        _ when notice?.Unpayable(today) is { } refusal => refusal,
        _ when notice is null => Decision.On(payout, new PayoutAuthorised(by.Id)),
        // an objection that is raised or decided at this moment is not overlooked
        _ => Decision.On(payout, new PayoutAuthorised(by.Id)).RestingOn(notice),
    };
}

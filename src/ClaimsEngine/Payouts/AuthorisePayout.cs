namespace ClaimsEngine.Payouts;

/// <summary>Finance authorises an ordered payout. Four eyes: never who approved the claim or granted the relief, nor who ordered the
/// payout anew.</summary>
public sealed record AuthorisePayout(PayoutId Payout) : Command;

public static class AuthorisePayoutHandler
{
    public static Task<Payout> LoadAsync(AuthorisePayout command, IUseCaseContext context) => context.Get<Payout>(command.Payout.Value);

    public static Decision Handle(AuthorisePayout command, Payout payout, Actor by) => payout switch
    {
        { Status: PayoutStatus.Authorised } when payout.AuthorisedBy == by.Id => Decision.Nothing,
        { Status: not PayoutStatus.Ordered } => Refuse.WrongStateOf("payout", payout.Status, "ordered"),
        _ when payout.WasApprovedBy(by) =>
            Refuse.SamePerson(by, payout.Relief is null ? "approved the claim" : "granted the relief", "authorise its payout"),
        _ when payout.ReissuedBy == by.Id => Refuse.SamePerson(by, "ordered the payout anew", "authorise it"),
        _ => payout.OnHold() is { } held ? held : Decision.On(payout, new PayoutAuthorised(by.Id)),
    };
}

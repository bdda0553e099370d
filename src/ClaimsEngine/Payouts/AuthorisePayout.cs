namespace ClaimsEngine.Payouts;

/// <summary>Finance authorises an ordered payout. Four eyes: never who approved the claim, nor who ordered the payout anew.</summary>
public sealed record AuthorisePayout(PayoutId Payout);

public static class AuthorisePayoutHandler
{
    public static async Task<Decision> Run(AuthorisePayout command, IUseCaseContext context) =>
        await context.Find<Payout>(command.Payout.Value) is { } payout ? Handle(payout, context.By) : Refuse.NotFound("payout");

    public static Decision Handle(Payout payout, Actor by) => payout switch
    {
        { Status: PayoutStatus.Authorised } when payout.AuthorisedBy == by.Id => Decision.Nothing,
        { Status: not PayoutStatus.Ordered } => Refuse.WrongStateOf("payout", payout.Status, "ordered"),
        _ when payout.ApprovedBy == by.Id => Refuse.SamePerson(by, "approved the claim", "authorise its payout"),
        _ when payout.ReissuedBy == by.Id => Refuse.SamePerson(by, "ordered the payout anew", "authorise it"),
        _ => Decision.On<Payout>(payout.StreamId, new PayoutAuthorised(by.Id)),
    };
}

namespace ClaimsEngine.Specs;

public class AuthorisePayoutSpecs
{
    [Fact]
    public void Finance_authorises_an_ordered_payout() =>
        AuthorisePayoutHandler.Handle(AnOrderedPayout(), Cashier).Decides(new PayoutAuthorised(Cashier.Id));

    [Fact]
    public void Authorising_twice_changes_nothing() => AuthorisePayoutHandler.Handle(AnAuthorisedPayout(), Cashier).ChangesNothing();

    [Fact]
    public void What_another_person_authorised_is_not_authorised_again() =>
        AuthorisePayoutHandler.Handle(AnAuthorisedPayout(), Releaser).IsRefused(Refuse.WrongState);

    [Fact]
    public void A_payout_on_its_way_or_back_is_not_authorised()
    {
        AuthorisePayoutHandler.Handle(ASentPayout(), Cashier).IsRefused(Refuse.WrongState);
        AuthorisePayoutHandler.Handle(ASettledPayout(), Cashier).IsRefused(Refuse.WrongState);
        AuthorisePayoutHandler.Handle(AReturnedPayout(), Cashier).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public async Task A_payout_that_does_not_exist_is_not_found() =>
        (await AuthorisePayoutHandler.Run(new AuthorisePayout(ThePayout), new World())).IsRefused(Refuse.NoSuch);
}

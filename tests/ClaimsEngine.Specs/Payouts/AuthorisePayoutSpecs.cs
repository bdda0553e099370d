namespace ClaimsEngine.Specs;

public class AuthorisePayoutSpecs
{
    [Fact]
    public void Finance_authorises_an_ordered_payout() =>
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AnOrderedPayout(), null, Cashier, Today)
            .Decides(new PayoutAuthorised(Cashier.Id));

    [Fact]
    public void Authorising_twice_changes_nothing() =>
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AnAuthorisedPayout(), null, Cashier, Today).ChangesNothing();

    [Fact]
    public void What_another_person_authorised_is_not_authorised_again() =>
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AnAuthorisedPayout(), null, Releaser, Today)
            .IsRefused(Refuse.WrongState);

    [Fact]
    public void A_payout_on_its_way_or_back_is_not_authorised()
    {
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), ASentPayout(), null, Cashier, Today).IsRefused(Refuse.WrongState);
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), ASettledPayout(), null, Cashier, Today).IsRefused(Refuse.WrongState);
        AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), AReturnedPayout(), null, Cashier, Today).IsRefused(Refuse.WrongState);
    }
}

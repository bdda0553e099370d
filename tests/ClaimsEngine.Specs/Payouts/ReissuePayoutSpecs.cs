namespace ClaimsEngine.Specs;

public class ReissuePayoutSpecs
{
    private static readonly PayoutId Anew = new(Id(77));
    private static readonly AccountId NewAccount = new(Id(78));
    private static readonly AccountDetails Corrected = new("样例银行武威分行", BankCardNumber.Of("6217000000000000020"), "陈样例");

    [Fact]
    public void A_returned_payout_is_ordered_anew_for_the_same_payee_and_amount()
    {
        var decision = Reissue(AReturnedPayout());
        Assert.Equal(
            Ordered() with
            {
                Payout = Anew, Account = NewAccount, Reissues = ThePayout, ReissuedBy = Cashier.Id,
                Controls = new PayoutControls(null, Day("2025-11-25"), null, Cashier.Id, null, "default/1"),
            },
            decision.The<PayoutOrdered>());
        Assert.Equal(new PayoutReissued(Anew, "户名已更正", Cashier.Id), decision.The<PayoutReissued>());
        Assert.Equal((Corrected.Number, Today),
            (decision.The<AccountRegistered>().Number, decision.The<AccountRegistered>().ChangedOn));
    }

    [Fact]
    public void The_benefits_key_goes_from_the_old_payout_to_the_new()
    {
        var key = Payout.LiveKey(TheClaim, IncidentKind.Disability);
        Reissue(AReturnedPayout()).Guards(key, ThePayout.Value, take: false).Guards(key, Anew.Value, Refuse.PayoutLive);
    }

    [Fact]
    public void An_account_that_is_on_record_is_used_and_not_registered_again()
    {
        var payee = ATruckDriverWithAnAccount();
        var own = payee.Accounts[0];
        var decision = Reissue(AReturnedPayout(), new AccountDetails(own.Bank, own.Number, own.Holder), payee);
        Assert.Equal(own.Id, decision.The<PayoutOrdered>().Account);
        Assert.Empty(decision.Events.OfType<AccountRegistered>());
    }

    [Fact]
    public void Only_the_payees_own_account_is_taken() =>
        Reissue(AReturnedPayout(), Corrected with { Holder = "李样例" }).IsRefused(Refuse.AccountNotOwn, "account.holder");

    [Fact]
    public void Only_what_came_back_is_ordered_anew_and_only_once()
    {
        Reissue(AnOrderedPayout()).IsRefused(Refuse.WrongState);
        Reissue(ASentPayout()).IsRefused(Refuse.WrongState);
        Reissue(ASettledPayout()).IsRefused(Refuse.WrongState);
        Reissue(AReturnedPayout().After(new PayoutReissued(Anew, "户名已更正", Cashier.Id))).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Who_ordered_it_anew_does_not_authorise_it()
    {
        var anew = StateOf<Payout>(Reissue(AReturnedPayout(), DriversAccountDetails).The<PayoutOrdered>());
        AuthorisePayoutHandler.Handle(new AuthorisePayout(Anew), anew, null, Cashier, Today).IsRefused(Refuse.FourEyes);
        AuthorisePayoutHandler.Handle(new AuthorisePayout(Anew), anew, null, Approver, Today).IsRefused(Refuse.FourEyes);
        AuthorisePayoutHandler.Handle(new AuthorisePayout(Anew), anew, null, Releaser, Today).Decides(new PayoutAuthorised(Releaser.Id));
    }

    private static Decision Reissue(Payout payout, AccountDetails? account = null, Person? payee = null) =>
        ReissuePayoutHandler.Handle(
            new ReissuePayout(payout.Id, account ?? Corrected, "户名已更正"),
            new(payout, payee ?? ATruckDriverWithAnAccount(), Anew, NewAccount), Cashier, Today);
}

using static ClaimsEngine.Specs.ReliefGiven;

namespace ClaimsEngine.Specs;

/// <summary>Three people handle an application, and the level whose money it is decides.</summary>
public class DecideReliefSpecs
{
    [Fact]
    public void Another_officer_checks_the_facts()
    {
        Check(AnApplication(), Checker).Decides(Checked());
        Check(AnApplication(), Officer).IsRefused(Refuse.FourEyes);
        Check(ACheckedApplication(), Checker).ChangesNothing();
        Check(ACheckedApplication(), Officer).IsRefused(Refuse.WrongState);
        Check(AGrantedApplication(), Checker).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_grant_takes_the_levels_money_and_orders_the_payout_in_one()
    {
        var decision = Grant(ACheckedApplication());
        decision.Decides(Granted(), ReliefOrdered());
        decision.Guards(Payout.LiveKey(TheApplication), ThePayout.Value, Refuse.PayoutLive);
        var guarded = Assert.Single(decision.Places);
        Assert.Equal((new PlaceChange(LiangzhousPool, 200_000, 300_000), Refuse.ReliefMoneyShort.Code),
            (guarded.Change, guarded.Otherwise!.Code));
        Assert.Contains(decision.Changes, change => change.Stream == AFund().StreamId && change.Events.Count == 0);
    }

    [Fact]
    public void Less_than_was_asked_for_may_be_granted_and_no_more()
    {
        Assert.Equal(Cny("0.01"), Grant(ACheckedApplication(), "0.01").The<ReliefPayoutOrdered>().Amount);
        Grant(ACheckedApplication(), "2000.01").IsRefused(Refuse.AboveAsked, "amount");
        Grant(ACheckedApplication(), fund: AFund().After(ToWuwei(), ToLiangzhou(Cny("1999.99"))))
            .IsRefused(Refuse.ReliefMoneyShort, "amount");
        Grant(ACheckedApplication(), by: DistrictApprover with { ApprovalLimit = Cny("1999.99") }).IsRefused(Refuse.OverLimit, "amount");
    }

    [Fact]
    public void It_is_granted_after_the_check_by_a_third_person()
    {
        Grant(AnApplication()).IsRefused(Refuse.WrongState);
        Grant(ACheckedApplication(), by: DistrictApprover with { Id = Officer.Id }).IsRefused(Refuse.FourEyes);
        Grant(ACheckedApplication(), by: DistrictApprover with { Id = Checker.Id }).IsRefused(Refuse.FourEyes);
        Grant(ACheckedApplication(), fund: AClosedFund()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void The_level_whose_money_it_is_decides()
    {
        Grant(ACheckedApplication(), fund: AFund().After(ToWuwei())).IsRefused(Refuse.OutsideRegion);
        var granted = Grant(ACheckedApplication(), fund: AFund().After(ToWuwei()), by: Approver).The<ReliefGranted>();
        Assert.Equal((Wuwei, WuweisPool), (granted.Level, granted.Pool));
        var ofTheUnit = AFundPassedDown().After(new ReliefMoneyAllocated(
            Liangzhou, EmployerCode, Money.Yuan(2_500), $"{TopPool}/unit/{EmployerCode}", LiangzhousPool, Cashier.Id));
        Assert.Equal(EmployerCode, Grant(ACheckedApplication(EmployerCode), fund: ofTheUnit).The<ReliefGranted>().Unit);
    }

    [Fact]
    public void The_same_grant_again_changes_nothing_and_another_is_refused()
    {
        Grant(AGrantedApplication()).ChangesNothing();
        Grant(AGrantedApplication(), "1.00").IsRefused(Refuse.WrongState);
        Grant(AGrantedApplication(), by: DistrictApprover with { Id = Checker.Id }).IsRefused(Refuse.FourEyes);
    }

    [Fact]
    public void It_is_refused_before_or_after_the_check_by_another_person_and_its_keys_are_given_up()
    {
        foreach (var application in (ReliefApplication[])[AnApplication(), ACheckedApplication()])
        {
            var decision = Refused(application, DistrictApprover).Decides(new ReliefRefused("收入高于标准", DistrictApprover.Id));
            foreach (var person in (PersonId[])[DriverId, RelativeId])
                decision.Guards(ReliefApplication.Key(FundCode, LowIncome.Code, person), TheApplication.Value, take: false);
            Refused(application.After(decision), DistrictApprover).ChangesNothing();
        }
        Refused(AnApplication(), DistrictApprover with { Id = Officer.Id }).IsRefused(Refuse.FourEyes);
        Refused(AGrantedApplication(), DistrictApprover).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void It_is_withdrawn_before_it_is_decided()
    {
        var decision = Withdrawn(ACheckedApplication()).Decides(new ReliefApplicationWithdrawn("申请人撤回", Officer.Id));
        Withdrawn(ACheckedApplication().After(decision)).ChangesNothing();
        Withdrawn(AGrantedApplication()).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void Every_step_says_why()
    {
        Assert.Equal(["finding"], new CheckReliefApplication(TheApplication, " ").BrokenFields());
        Assert.Equal(["amount", "reason"], new GrantRelief(TheApplication, Money.Zero, "").BrokenFields());
        Assert.Equal(["reason"], new RefuseRelief(TheApplication, "").BrokenFields());
        Assert.Equal(["reason"], new WithdrawReliefApplication(TheApplication, "").BrokenFields());
        Assert.Equal(["reason"], new CloseReliefFund(FundCode, "").BrokenFields());
    }

    [Fact]
    public void A_payout_of_relief_is_authorised_by_another_person_and_reissued_as_relief()
    {
        var ordered = StateOf<Payout>(ReliefOrdered());
        Assert.Equal((null, "H62-20251120-7K3F9QTN", FundCode), (ordered.Claim, ordered.Number, ordered.Relief!.Fund));
        var refusal = AuthorisePayoutHandler.Handle(new AuthorisePayout(ThePayout), ordered, null,
            Cashier with { Id = DistrictApprover.Id }, Today)
            .IsRefused(Refuse.FourEyes);
        Assert.Contains("granted the relief", refusal.Detail);
        var returned = ordered.After(new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id),
            new PayoutSent(TheBatch, Releaser.Id), new PayoutReturned(TheBatch, "SAMPLE-BANK-0002", "户名不符", Releaser.Id));
        var decision = ReissuePayoutHandler.Handle(new ReissuePayout(ThePayout, DriversAccountDetails, "户名已更正"),
            new(returned, ATruckDriverWithAnAccount(), OtherPayout, new AccountId(Id(78))), Cashier, Today);
        Assert.Equal(ReliefOrdered() with { Payout = OtherPayout, Reissues = ThePayout, ReissuedBy = Cashier.Id },
            decision.The<ReliefPayoutOrdered>());
        var key = Payout.LiveKey(TheApplication);
        decision.Guards(key, ThePayout.Value, take: false).Guards(key, OtherPayout.Value, Refuse.PayoutLive);
    }

    private static Decision Check(ReliefApplication application, Actor by) =>
        CheckReliefApplicationHandler.Handle(new CheckReliefApplication(TheApplication, Checked().Finding), application, by);

    private static Decision Grant(
        ReliefApplication application, string amount = "2000.00", ReliefFund? fund = null, Actor? by = null) =>
        GrantReliefHandler.Handle(new GrantRelief(TheApplication, Cny(amount), "符合条件"), application, fund ?? AFundPassedDown(),
            TheAccount(), ThePayout, by ?? DistrictApprover, Today);

    private static Decision Refused(ReliefApplication application, Actor by) =>
        RefuseReliefHandler.Handle(new RefuseRelief(TheApplication, "收入高于标准"), application, by);

    private static Decision Withdrawn(ReliefApplication application) =>
        WithdrawReliefApplicationHandler.Handle(new WithdrawReliefApplication(TheApplication, "申请人撤回"), application, Officer);
}

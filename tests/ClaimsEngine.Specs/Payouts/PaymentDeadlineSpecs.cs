namespace ClaimsEngine.Specs;

public class PaymentDeadlineSpecs
{
    private static readonly RegionCode Zhangye = RegionCode.Of("620702"), Hohhot = RegionCode.Of("150102"),
        Chaoyang = RegionCode.Of("110105");

    private static readonly PaymentDeadline DueOnThursday = Rules(Liangzhou).PayBy(IncidentKind.Disability, Money.Yuan(1), Today)!;

    [Fact]
    public void An_approved_benefit_is_sent_within_five_working_days_and_the_order_says_by_which_rules()
    {
        Assert.Equal(
            new PaymentDeadline(Day("2025-11-27"), new TimeLimit(5, DayUnit.WorkingDays), "default/1", "cn-2025/1"), DueOnThursday);
        Assert.Equal(DueOnThursday, Approve().The<PayoutOrdered>().PayBy);
    }

    [Fact]
    public void Relief_is_sent_within_the_same_time() => Assert.Equal(DueOnThursday, Rules(Liangzhou).PayReliefBy(Today));

    [Fact]
    public void While_an_approval_is_published_its_time_does_not_begin()
    {
        var notice = Rules(Zhangye).PublicNotice!.LastDay(IncidentKind.Disability, Money.Yuan(10_000), Today)!.Value;
        Assert.Equal((Day("2025-11-27"), Day("2025-12-04")),
            (notice, Rules(Zhangye).PayBy(IncidentKind.Disability, Money.Yuan(10_000), Today)!.DueOn));
        // what is not published is paid at once
        Assert.Equal(Day("2025-11-27"), Rules(Zhangye).PayBy(IncidentKind.Disability, Money.Yuan(9_999), Today)!.DueOn);
    }

    [Fact]
    public void From_complete_papers_to_the_bank_are_fifteen_working_days_in_Inner_Mongolia_and_ten_after_an_accidental_death_in_Beijing()
    {
        Assert.Equal(15, Whole(Hohhot, IncidentKind.Hospitalisation));
        Assert.Equal(10, Whole(Chaoyang, IncidentKind.AccidentDeath));

        int Whole(RegionCode region, IncidentKind kind) => Rules(region) is var rules && rules.Assessment.Unit == DayUnit.WorkingDays
            ? rules.Assessment.Days + rules.Decision.Days + rules.Payment!.For(kind).Days : 0;
    }

    [Fact]
    public void A_payout_that_is_ordered_anew_has_its_time_again()
    {
        Assert.Equal(DueOnThursday with { DueOn = Day("2025-12-26") }, Anew(AReturned(DueOnThursday)).PayBy);
        Assert.Null(Anew(AReturned(null)).PayBy);   // of an order from before the day was kept

        PayoutOrdered Anew(Payout payout) =>
            (PayoutOrdered)payout.OrderedAnew(new PayoutId(Id(77)), DriversAccount, null, Day("2025-12-19"), Cashier);
    }

    [Fact]
    public void Only_what_may_be_paid_and_is_not_sent_is_late()
    {
        Assert.Equal((true, DueOnThursday.DueOn), Row());
        Assert.Equal((true, DueOnThursday.DueOn), Row(new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id)));
        var hold = new HoldPlaced(HoldGround.Office, "账户待核实", Cashier.Id);
        Assert.Equal((false, null), Row(hold));
        Assert.Equal((false, null), Row(
            hold, new HoldPlaced(HoldGround.Suspicion, "疑点", Officer.Id), new HoldReleased(HoldGround.Office, "r", Releaser.Id)));
        Assert.Equal((true, DueOnThursday.DueOn), Row(hold, new HoldReleased(HoldGround.Office, "账户已核实", Releaser.Id)));
        object[] sent = [new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id), new PayoutSent(TheBatch, Releaser.Id)];
        Assert.Equal((false, null), Row(sent));
        Assert.Equal((false, null), Row([.. sent, new PayoutSettled(TheBatch, "SAMPLE-BANK-0001", Releaser.Id)]));
        Assert.Equal((false, null), Row([.. sent, new PayoutReturned(TheBatch, "SAMPLE-BANK-0001", "户名不符", Releaser.Id)]));
    }

    private static HandlingRules Rules(RegionCode region) => HandlingRules.For(region, Today);

    private static Decision Approve() => ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
        new(AnAssessedClaim(), AnEnrolledTruckDriver(), null, TheRules()), [ThePayout], Approver, Today);

    private static Payout AReturned(PaymentDeadline? payBy) => StateOf<Payout>(
        Ordered() with { PayBy = payBy }, new PayoutAuthorised(Cashier.Id), new PayoutBatched(TheBatch, Cashier.Id),
        new PayoutSent(TheBatch, Releaser.Id), new PayoutReturned(TheBatch, "SAMPLE-BANK-0001", "户名不符", Releaser.Id));

    private static (bool ToPay, LocalDate? DueOn) Row(params object[] events)
    {
        var row = events.Prepend(Ordered() with { PayBy = DueOnThursday }).Aggregate((PayoutRow?)null, (row, data) => PayoutLedger.Evolve(
            row, World.Recorded(data, ThePayout.Value, Payout.StreamType, 1, Instant.FromUtc(2025, 11, 20, 4, 0))))!;
        return (row.ToPay, row.DueOn);
    }
}

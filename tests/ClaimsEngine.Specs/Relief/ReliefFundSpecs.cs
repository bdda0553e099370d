using static ClaimsEngine.Specs.ReliefGiven;

namespace ClaimsEngine.Specs;

/// <summary>Money of a fund goes down the union levels and back up, never more than a level has (facts.md F38: province, city, county,
/// unit).</summary>
public class ReliefFundSpecs
{
    [Fact]
    public void A_fund_is_opened_with_all_its_money_at_its_own_level()
    {
        var decision = OpenReliefFundHandler.Handle(Opening, null, PlanAdmin).Decides(FundOpened());
        var level = Assert.Single(StateOf<ReliefFund>(decision.Events).Levels);
        Assert.Equal((Gansu, TopPool, Money.Yuan(10_000), null), (level.Region, level.Pool, level.Received, level.From));
    }

    [Fact]
    public void A_code_is_opened_once_and_nobody_opens_a_fund_of_another_place()
    {
        OpenReliefFundHandler.Handle(Opening, AFund(), PlanAdmin).IsRefused(Refuse.ReliefFundExists, "code");
        OpenReliefFundHandler.Handle(Opening, null, PlanAdmin with { Region = Wuwei }).IsRefused(Refuse.OutsideRegion, "region");
    }

    [Fact]
    public void The_request_for_a_fund_has_a_shape()
    {
        Assert.Empty(Opening.BrokenFields());
        Assert.Equal(["budget", "code", "kinds", "name", "to"], (Opening with
        {
            Code = "Ä", Name = " ", Budget = Money.Zero, To = Opening.From.PlusYears(1), Kinds = [],
        }).BrokenFields());
        Assert.Equal(["kinds", "kinds.0.code", "kinds.0.evidence", "kinds.0.most", "kinds.0.name", "kinds.1.code"], (Opening with
        {
            Kinds = [new ReliefKind("A", "=1", Money.Zero, ["p", "p"]), LowIncome with { Code = "A" }],
        }).BrokenFields());
    }

    [Fact]
    public void Money_goes_down_from_the_smallest_place_above_that_has_had_any()
    {
        Allocate(AFund(), Cashier, 5_000, Wuwei).Decides(ToWuwei());
        Allocate(AFund().After(ToWuwei()), CityCashier, 3_000, Liangzhou).Decides(ToLiangzhou());
        Allocate(AFund(), Cashier, 3_000, Liangzhou).Decides(ToLiangzhou() with { From = TopPool, By = Cashier.Id });
    }

    [Fact]
    public void A_level_keeps_the_level_that_its_money_first_came_from()
    {
        var fund = AFund().After(ToLiangzhou() with { From = TopPool }, ToWuwei());
        Allocate(fund, Cashier, 1, Liangzhou).Decides(ToLiangzhou(Money.Yuan(1)) with { From = TopPool, By = Cashier.Id });
        Allocate(fund, CityCashier, 1, Liangzhou).IsRefused(Refuse.OutsideRegion, "region");
    }

    [Fact]
    public void A_unit_has_its_money_from_its_own_region()
    {
        var decision = AllocateReliefMoneyHandler.Handle(
            new AllocateReliefMoney(FundCode, Money.Yuan(500), Unit: EmployerCode), AFundPassedDown(), AnEmployer(), Cashier);
        decision.Decides(new ReliefMoneyAllocated(
            Liangzhou, EmployerCode, Money.Yuan(500), $"{TopPool}/unit/{EmployerCode}", LiangzhousPool, Cashier.Id));
        var fund = AFundPassedDown().After(decision);
        Assert.Equal(EmployerCode, fund.LevelFor(Liangzhou, EmployerCode).Unit);
        Assert.Null(fund.LevelFor(Liangzhou, null).Unit);
        Assert.Equal(Liangzhou, fund.LevelFor(Liangzhou, "SAMPLE-0002").Region);
        Assert.Equal(Gansu, fund.LevelFor(Lanzhou, null).Region);
    }

    [Fact]
    public void What_is_passed_down_is_guarded_by_the_money_of_the_giving_level()
    {
        var guarded = Assert.Single(Allocate(AFundPassedDown(), CityCashier, 4_000, Liangzhou).Places);
        Assert.Equal(new PlaceChange(WuweisPool, 400_000, 500_000), guarded.Change);
        Assert.Equal((Refuse.ReliefMoneyShort.Code, "amount"), (guarded.Otherwise!.Code, guarded.Otherwise.Field));
        Allocate(AFundPassedDown(), CityCashier, 5_001, Liangzhou).IsRefused(Refuse.ReliefMoneyShort, "amount");
    }

    [Fact]
    public void Only_the_giving_level_passes_money_down_and_only_within_the_funds_place()
    {
        Allocate(AFund(), CityCashier, 1, Wuwei).IsRefused(Refuse.OutsideRegion, "region");
        Allocate(AFund(), Cashier, 1, RegionCode.Of("61")).IsRefused(Refuse.RegionNotCovered, "region");
        Allocate(AFund(), Cashier, 1, Gansu).IsRefused(Refuse.RegionNotCovered, "region");
        Allocate(AClosedFund(), Cashier, 1, Wuwei).IsRefused(Refuse.WrongState);
        AllocateReliefMoneyHandler.Handle(new AllocateReliefMoney(FundCode, Money.Yuan(1), Unit: "NONE"), AFund(), null, Cashier)
            .IsRefused(Refuse.UnknownEmployer, "unit");
    }

    [Fact]
    public void A_level_gives_back_what_it_has_to_the_level_above_open_or_closed()
    {
        foreach (var fund in (ReliefFund[])[AFundPassedDown(), AClosedFund()])
        {
            var decision = Return(fund, CityCashier, 700, Liangzhou).Decides(
                new ReliefMoneyReturned(Liangzhou, null, Money.Yuan(700), LiangzhousPool, WuweisPool, CityCashier.Id));
            Assert.Equal(
                [new PlaceChange(LiangzhousPool, 70_000, 300_000), new PlaceChange(WuweisPool, -70_000, long.MaxValue)],
                decision.Places.Select(places => places.Change).OrderByDescending(change => change.Pool, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Nobody_gives_back_what_a_level_does_not_have_or_what_is_not_theirs()
    {
        Return(AFundPassedDown(), CityCashier, 3_001, Liangzhou).IsRefused(Refuse.ReliefMoneyShort, "amount");
        Return(AFundPassedDown(), Cashier, 1, Gansu).IsRefused(Refuse.RegionNotCovered, "region");
        Return(AFundPassedDown(), Cashier, 1, Lanzhou).IsRefused(Refuse.RegionNotCovered, "region");
        Return(AFundPassedDown(), Cashier with { Region = Lanzhou }, 1, Wuwei).IsRefused(Refuse.RegionNotCovered, "region");
    }

    [Fact]
    public void A_movement_names_a_region_or_a_unit_and_an_amount()
    {
        Assert.Equal(["amount", "region"], new AllocateReliefMoney(FundCode, Money.Zero).BrokenFields());
        Assert.Equal(["amount", "region", "unit"], new ReturnReliefMoney(FundCode, Money.Zero, Wuwei, "a b").BrokenFields());
    }

    [Fact]
    public void A_fund_is_closed_once_by_its_own_level()
    {
        CloseReliefFundHandler.Handle(new CloseReliefFund(FundCode, "活动结束"), AFund(), PlanAdmin)
            .Decides(new ReliefFundClosed("活动结束", PlanAdmin.Id));
        CloseReliefFundHandler.Handle(new CloseReliefFund(FundCode, "活动结束"), AClosedFund(), PlanAdmin).ChangesNothing();
        CloseReliefFundHandler.Handle(new CloseReliefFund(FundCode, "活动结束"), AFund(), PlanAdmin with { Region = Wuwei })
            .IsRefused(Refuse.OutsideRegion);
    }

    private static Decision Allocate(ReliefFund fund, Actor by, long yuan, RegionCode region) =>
        AllocateReliefMoneyHandler.Handle(new AllocateReliefMoney(FundCode, Money.Yuan(yuan), region), fund, null, by);

    private static Decision Return(ReliefFund fund, Actor by, long yuan, RegionCode region) =>
        ReturnReliefMoneyHandler.Handle(new ReturnReliefMoney(FundCode, Money.Yuan(yuan), region), fund, by);
}

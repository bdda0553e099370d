namespace ClaimsEngine.Specs;

public class PriceSpecs
{
    /// <summary>CCEIA 2011: four tiers, and dearer for high-risk work.</summary>
    private static readonly PlanCard ByTierAndRisk = SampleCards.TenThousand() with
    {
        CoverTiers =
            [new CoverTier("100", new LocalName("100元档", "100-yuan tier")), new CoverTier("26", new LocalName("26元档", "26-yuan tier"))],
        Prices =
        [
            new PriceLine(Money.Yuan(124), "100", HighRisk: true), new PriceLine(Money.Yuan(100), "100"),
            new PriceLine(Money.Yuan(32), "26", HighRisk: true),
            new PriceLine(Money.Yuan(26), "26"),
        ],
    };

    [Theory]
    [InlineData(null, false, "100.00")]
    [InlineData(null, true, "124.00")]
    [InlineData("26", false, "26.00")]
    [InlineData("26", true, "32.00")]
    public void The_first_line_whose_conditions_hold_is_the_price(string? tier, bool highRisk, string price) =>
        Assert.Equal(price, Of(ByTierAndRisk, new PriceFacts(tier, highRisk)));

    [Fact]
    public void Units_multiply_it() => Assert.Equal("300.00", Price.Of(ByTierAndRisk, new PriceFacts(), 3).Contribution!.Amount.ToString());

    /// <summary>Tianjin 2019: 55, with a union card 45; of these the city union 20, the school union 20, the member the rest.</summary>
    [Theory]
    [InlineData(true, "45.00", "5.00")]
    [InlineData(false, "55.00", "15.00")]
    public void A_union_card_is_cheaper_and_its_shares_are_its_own(bool card, string price, string member)
    {
        var contribution = Price.Of(WithShares, new PriceFacts(UnionCard: card), 2).Contribution!;
        Assert.Equal(Cny(price) * 2, contribution.Amount);
        Assert.Equal([("city union", Money.Yuan(40)), ("school union", Money.Yuan(40)), ("member", Cny(member) * 2)],
            contribution.Shares.Select(share => (share.Payer.En, share.Amount)));
    }

    [Fact]
    public void Where_the_source_does_not_say_who_pays_there_are_no_shares() =>
        Assert.Empty(Price.Of(ByTierAndRisk, new PriceFacts(), 1).Contribution!.Shares);

    [Theory]
    [InlineData(false, "100.00")]
    [InlineData(true, "80.00")]
    public void Who_renews_pays_less_in_Yunnan(bool renewing, string price) => Assert.Equal(price, Of(
        SampleCards.TenThousand() with { Prices = [new PriceLine(Money.Yuan(80), Renewing: true), new PriceLine(Money.Yuan(100))] },
        new PriceFacts(Renewing: renewing)));

    [Fact]
    public void Enterprises_and_institutions_pay_differently_in_Fuzhou_and_nothing_is_published_for_others()
    {
        var card = SampleCards.TenThousand() with { Prices = [new PriceLine(Money.Yuan(36), EmployerKind: EmployerKind.Enterprise),
            new PriceLine(Money.Yuan(60), EmployerKind: EmployerKind.Institution)] };
        Assert.Equal("36.00", Of(card, new PriceFacts(EmployerKind: EmployerKind.Enterprise)));
        Assert.Equal("60.00", Of(card, new PriceFacts(EmployerKind: EmployerKind.Institution)));
        Assert.Equal((Refuse.NotPublished, "prices"),
            (Price.Of(card, new PriceFacts(), 1).Refusal!.Rule, Price.Of(card, new PriceFacts(), 1).Refusal!.Field));
    }

    /// <summary>Shanghai: half a year costs half; the savings unit is paid back.</summary>
    [Fact]
    public void The_term_decides_and_the_plans_own_is_taken_when_none_is_told()
    {
        var card = SampleCards.TenThousand() with
        {
            Cover = new Cover(CoverStart.NextDay, 12, [6]),
            Prices = [new PriceLine(Money.Yuan(12), Months: 6), new PriceLine(Money.Yuan(24), Months: 12)],
        };
        Assert.Equal("24.00", Of(card, new PriceFacts()));
        Assert.Equal("12.00", Of(card, new PriceFacts(Months: 6)));
        Assert.Contains("36 months", Price.Of(card, new PriceFacts(Months: 36), 1).Refusal!.Detail);
    }

    [Fact]
    public void A_line_that_is_paid_back_at_expiry_says_so()
    {
        var card = SampleCards.TenThousand()
            with { Prices = [new PriceLine(Money.Yuan(410), Refunded: true)], Refund = RefundKind.AtExpiry };
        Assert.True(Price.Of(card, new PriceFacts(), 1).Contribution!.Refunded);
        Assert.False(Price.Of(ByTierAndRisk, new PriceFacts(), 1).Contribution!.Refunded);
    }

    [Fact]
    public void Contributions_that_differ_by_sex_are_found_by_it()
    {
        var card = SampleCards.TenThousand() with
        {
            Prices = [new PriceLine(Cny("62.50"), Sex: Sex.Male), new PriceLine(Money.Yuan(70), Sex: Sex.Female)],
            Funding = new FundingRule([FundingKind.Employer, FundingKind.Union, FundingKind.Member],
            [
                new FundingPart(new LocalName("单位", "employer"), Money.Yuan(25)),
                new FundingPart(new LocalName("工会", "school union"), Cny("27.50"), Sex: Sex.Male),
                new FundingPart(new LocalName("工会", "school union"), Money.Yuan(30), Sex: Sex.Female),
                new FundingPart(new LocalName("个人", "member"), Money.Yuan(10), Sex: Sex.Male),
                new FundingPart(new LocalName("个人", "member"), Money.Yuan(15), Sex: Sex.Female),
            ]),
        };
        Assert.Empty(card.Faults());
        Assert.Equal(("62.50", "70.00"), (Of(card, new PriceFacts(Sex: Sex.Male)), Of(card, new PriceFacts(Sex: Sex.Female))));
    }

    [Fact]
    public void What_is_not_published_is_told_with_what_was_asked_for()
    {
        var none = SampleCards.TenThousand() with { Prices = null, NotPublished = ["prices"] };
        Assert.Equal((Refuse.NotPublished, "prices"),
            (Price.Of(none, new PriceFacts(), 1).Refusal!.Rule, Price.Of(none, new PriceFacts(), 1).Refusal!.Field));
        var cardsOnly = SampleCards.TenThousand() with { Prices = [new PriceLine(Money.Yuan(45), UnionCard: true)] };
        Assert.Contains("no union card", Price.Of(cardsOnly, new PriceFacts(), 1).Refusal!.Detail);
    }

    private static readonly PlanCard WithShares = SampleCards.TenThousand() with
    {
        Prices = [new PriceLine(Money.Yuan(45), UnionCard: true), new PriceLine(Money.Yuan(55), UnionCard: false)],
        Funding = new FundingRule([FundingKind.Union, FundingKind.Member],
        [
            new FundingPart(new LocalName("市总工会", "city union"), Money.Yuan(20)),
            new FundingPart(new LocalName("学校工会", "school union"), Money.Yuan(20)),
            new FundingPart(new LocalName("个人", "member"), Money.Yuan(5), UnionCard: true),
            new FundingPart(new LocalName("个人", "member"), Money.Yuan(15), UnionCard: false),
        ]),
    };

    private static string Of(PlanCard card, PriceFacts facts)
    {
        Assert.Empty(card.Faults());
        return Price.Of(card, facts, 1).Contribution!.Amount.ToString();
    }
}

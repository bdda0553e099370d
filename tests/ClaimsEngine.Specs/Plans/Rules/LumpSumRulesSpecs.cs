namespace ClaimsEngine.Specs;

public class LumpSumRulesSpecs
{
    private static readonly CoverTier Tier26 = new("26", new LocalName("26元档", "26-yuan tier"));
    private static readonly CoverTier Tier100 = new("100", new LocalName("100元档", "100-yuan tier"));

    [Fact]
    public void A_sum_is_paid_for_each_unit() =>
        Assert.Equal("30000.00", SampleCards.TenThousand().Pays(SampleFacts.Death() with { Units = 3 }));

    [Fact]
    public void The_step_says_the_sum_the_units_and_the_product() =>
        Assert.Equal(
            new Step("benefits.accidentDeath", SampleCards.Clause, "3 × 10000.00", "30000.00",
                "The sum for death by accident is 10000.00 yuan a unit; with 3 unit(s) 30000.00 yuan.",
                "意外身故保障金每份10000.00元，共3份，计30000.00元。", Adds: Cny("30000.00")),
            SampleCards.TenThousand().Assess(SampleFacts.Death() with { Units = 3 }).Step("benefits.accidentDeath"));

    [Fact]
    public void The_funeral_is_paid_on_top_once_and_not_by_units()
    {
        var assessment = SampleCards.DeathByAccident(new LumpSumRule(Money.Yuan(10_000), Funeral: Money.Yuan(500)))
            .Assess(SampleFacts.Death() with { Units = 3 });
        Assert.Equal("30500.00", assessment.Amount.ToString());
        Assert.Equal("For the funeral 500.00 yuan are added.", assessment.Step("benefits.accidentDeath.funeral").Text);
        Assert.Equal("30000.00 + 500.00", assessment.Steps[^1].Input);
    }

    [Theory]
    [InlineData("100", "60000.00")]
    [InlineData("26", "15000.00")]
    [InlineData(null, "60000.00")]   // the first tier, when none is named
    public void The_cover_tier_decides_the_sum(string? tier, string payable) =>
        Assert.Equal(payable, Tiered(new Dictionary<string, Money> { ["100"] = Money.Yuan(60_000),
            ["26"] = Money.Yuan(15_000) }).Pays(SampleFacts.Death() with { CoverTier = tier }));

    [Fact]
    public void The_tier_is_named_in_both_languages()
    {
        var step = Tiered(new Dictionary<string, Money> { ["100"] = Money.Yuan(60_000) }).Assess(SampleFacts.Death())
            .Step("benefits.accidentDeath");
        Assert.Contains("death by accident (100-yuan tier)", step.Text);
        Assert.Contains("（100元档）", step.TextZh);
    }

    [Fact]
    public void A_tier_without_a_sum_of_its_own_has_the_common_one() =>
        Assert.Equal("10000.00", Tiered(new Dictionary<string, Money> { ["100"] = Money.Yuan(60_000) }, Money.Yuan(10_000))
            .Pays(SampleFacts.Death() with { CoverTier = "26" }));

    [Fact]
    public void A_tier_whose_sum_is_not_published_has_no_answer() =>
        Tiered(new Dictionary<string, Money> { ["100"] = Money.Yuan(60_000) }).DoesNotPublish(SampleFacts.Death() with { CoverTier = "26" },
            "benefits.accidentDeath.byCoverTier.26");

    private static PlanCard Tiered(IReadOnlyDictionary<string, Money> sums, Money? common = null) =>
        SampleCards.DeathByAccident(new LumpSumRule(common, sums)) with { CoverTiers = [Tier100, Tier26] };
}

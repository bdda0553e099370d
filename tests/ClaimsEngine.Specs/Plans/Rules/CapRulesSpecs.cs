namespace ClaimsEngine.Specs;

/// <summary>10,000 yuan would be payable; a cap leaves what it leaves.</summary>
public class CapRulesSpecs
{
    [Theory]
    [InlineData("10000.00", "10000.00")]
    [InlineData("10000.01", "10000.00")]
    [InlineData("9999.99", "9999.99")]
    public void For_a_claim(string cap, string payable) =>
        Assert.Equal(payable, Capped(new Caps(PerClaim: Cny(cap))).Pays(SampleFacts.Death()));

    [Fact]
    public void For_a_claim_what_was_used_before_does_not_matter() =>
        Assert.Equal("6000.00", Capped(new Caps(PerClaim: Money.Yuan(6_000))).Pays(SampleFacts.Death() with { Used = Money.Yuan(50_000) }));

    [Theory]
    [InlineData("0.00", "10000.00")]
    [InlineData("5000.00", "10000.00")]
    [InlineData("5000.01", "9999.99")]
    [InlineData("14999.99", "0.01")]
    [InlineData("15000.00", "0.00")]
    [InlineData("99999.00", "0.00")]   // used up, and never below nothing
    public void In_the_cover_period_what_was_used_is_taken_off(string used, string payable) =>
        Assert.Equal(payable, Capped(new Caps(PerPeriod: Money.Yuan(15_000))).Pays(SampleFacts.Death() with { Used = Cny(used) }));

    [Fact]
    public void In_the_cover_period_for_each_unit()
    {
        var card = Capped(new Caps(PerUnit: Money.Yuan(5_000)));
        Assert.Equal("5000.00", card.Pays(SampleFacts.Death()));
        Assert.Equal("15000.00", card.Pays(SampleFacts.Death() with { Units = 3 }));
        Assert.Equal("9000.00", card.Pays(SampleFacts.Death() with { Units = 3, Used = Money.Yuan(6_000) }));
        Assert.Contains("in the cover period with 3 unit(s)",
            card.Assess(SampleFacts.Death() with { Units = 3 }).Step("caps.perUnit").Text);
    }

    [Fact]
    public void In_a_lifetime_what_was_paid_under_all_enrolments_is_taken_off()
    {
        var card = Capped(new Caps(PerLifetime: Money.Yuan(50_000)));
        Assert.Equal("10000.00", card.Pays(SampleFacts.Death()));
        Assert.Equal("2500.00", card.Pays(SampleFacts.Death().With(new Counters(Lifetime: Money.Yuan(47_500)))));
        // of this period alone it says nothing
        Assert.Equal("10000.00", card.Pays(SampleFacts.Death() with { Used = Money.Yuan(47_500) }));
    }

    [Fact]
    public void Across_plans_what_the_group_paid_is_taken_off()
    {
        var card = Capped(new Caps(AcrossPlans: new GroupCap("shanghai", Money.Yuan(30_000))));
        Assert.Equal("4000.00", card.Pays(SampleFacts.Death().With(new Counters(AcrossPlans: Money.Yuan(26_000)))));
        Assert.Equal("At most 30000.00 yuan across the plans of shanghai, of which 26000.00 are used: 4000.00 yuan.",
            card.Assess(SampleFacts.Death().With(new Counters(AcrossPlans: Money.Yuan(26_000)))).Step("caps.acrossPlans").Text);
    }

    [Fact]
    public void Across_plans_only_the_kinds_that_the_cap_names_are_held()
    {
        PlanCard OfBothDeaths(params IReadOnlyList<IncidentKind> kinds)
        {
            var card = Capped(new Caps(AcrossPlans: new GroupCap("shanghai", Money.Yuan(1_000), kinds)));
            return card with
            {
                Benefits = [.. card.Benefits, card.Benefits[0] with { Kind = IncidentKind.IllnessDeath }],
                Documents = new Dictionary<IncidentKind, IReadOnlyList<string>>(card.Documents) { [IncidentKind.IllnessDeath] =
                    ["deathCertificate"] },
            };
        }
        Assert.Equal("10000.00", OfBothDeaths(IncidentKind.IllnessDeath).Pays(SampleFacts.Death()));
        Assert.Equal("1000.00", OfBothDeaths(IncidentKind.IllnessDeath, IncidentKind.AccidentDeath).Pays(SampleFacts.Death()));
    }

    [Fact]
    public void A_benefits_own_caps_lie_below_the_plans()
    {
        var card = SampleCards.TenThousand()
            .With(benefit => benefit with { Cap = new BenefitCap(Money.Yuan(7_000), Money.Yuan(9_000)) }) with
        {
            Caps = new Caps(PerPeriod: Money.Yuan(20_000)),
        };
        Assert.Equal("7000.00", card.Pays(SampleFacts.Death()));
        var usedOfThis = SampleFacts.Death()
            .With(new Counters().After(IncidentKind.AccidentDeath, Money.Yuan(7_000), null)) with { Used = Money.Yuan(7_000) };
        Assert.Equal("2000.00", card.Pays(usedOfThis));
        var usedOfAnother = SampleFacts.Death()
            .With(new Counters().After(IncidentKind.Disability, Money.Yuan(14_000), null)) with { Used = Money.Yuan(14_000) };
        Assert.Equal("6000.00", card.Pays(usedOfAnother));   // the plan's cap
    }

    [Fact]
    public void Caps_are_told_from_the_narrowest_to_the_widest_and_the_smallest_holds()
    {
        var card = SampleCards.TenThousand()
            .With(benefit => benefit with { Cap = new BenefitCap(Money.Yuan(9_900), Money.Yuan(9_900)) }) with
        {
            Caps =
                new Caps(Money.Yuan(9_700), Money.Yuan(9_800), Money.Yuan(9_500), Money.Yuan(9_900), new GroupCap("g", Money.Yuan(9_990))),
        };
        var assessment = card.Assess(SampleFacts.Death());
        Assert.Equal(
        [
            "benefits.accidentDeath", "benefits.accidentDeath.cap.perClaim", "benefits.accidentDeath.cap.perPeriod", "caps.perClaim",
            "caps.perUnit", "caps.perPeriod",
            "caps.perLifetime",
            "caps.acrossPlans",
        ], assessment.Rules());
        Assert.Equal("9500.00", assessment.Amount.ToString());
        Assert.Equal("10000.00 − 100.00 − 200.00 − 200.00", assessment.Steps[^1].Input);
    }

    [Fact]
    public void A_cap_is_told_with_what_was_used_where_something_was()
    {
        var card = Capped(new Caps(PerPeriod: Money.Yuan(15_000)));
        var unused = card.Assess(SampleFacts.Death()).Step("caps.perPeriod");
        Assert.Equal(("min(10000.00, 15000.00)", "At most 15000.00 yuan in the cover period: 10000.00 yuan.",
            "保障期内最高15000.00元，计10000.00元。"),
            (unused.Input, unused.Text, unused.TextZh));
        var used = card.Assess(SampleFacts.Death() with { Used = Money.Yuan(6_000) }).Step("caps.perPeriod");
        Assert.Equal((
            "min(10000.00, 15000.00 − 6000.00)", "At most 15000.00 yuan in the cover period, of which 6000.00 are used: 9000.00 yuan.",
            "保障期内最高15000.00元，已用6000.00元，计9000.00元。"),
            (used.Input, used.Text, used.TextZh));
    }

    private static PlanCard Capped(Caps caps) => SampleCards.TenThousand() with { Caps = caps };
}

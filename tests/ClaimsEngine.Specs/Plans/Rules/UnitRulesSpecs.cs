namespace ClaimsEngine.Specs;

/// <summary>Shanghai 2006: at most three units, and what is above is void.</summary>
public class UnitRulesSpecs
{
    private static readonly PlanCard Void = SampleCards.TenThousand() with
    {
        Eligibility = new Eligibility(MaxUnits: 3, ExcessUnits: ExcessUnits.Void), Caps = new Caps(PerUnit: Money.Yuan(12_000)),
    };

    [Theory]
    [InlineData(1, "10000.00")]
    [InlineData(3, "30000.00")]
    [InlineData(4, "30000.00")]
    [InlineData(100, "30000.00")]
    public void Units_above_the_limit_count_for_nothing(int units, string payable) =>
        Assert.Equal(payable, Void.Pays(SampleFacts.Death() with { Units = units }));

    [Fact]
    public void That_they_are_void_is_told()
    {
        var assessment = Void.Assess(SampleFacts.Death() with { Units = 5 });
        Assert.Equal(("min(5, 3)", "3", "At most 3 units count; 2 above them are void."),
            (assessment.Step("eligibility.maxUnits").Input, assessment.Step("eligibility.maxUnits").Output,
                assessment.Step("eligibility.maxUnits").Text));
        Assert.DoesNotContain("eligibility.maxUnits", Void.Assess(SampleFacts.Death() with { Units = 3 }).Rules());
    }

    [Fact]
    public void A_cap_for_each_unit_reckons_without_them() =>
        Assert.Equal("6000.00", Void.Pays(SampleFacts.Death() with { Units = 5, Used = Money.Yuan(30_000) }));   // 3 × 12000 − 30000

    [Fact]
    public void Where_more_units_are_refused_all_that_are_held_count() =>
        Assert.Equal("50000.00", (SampleCards.TenThousand() with { Eligibility = new Eligibility(MaxUnits: 3) })
            .Pays(SampleFacts.Death() with { Units = 5 }));
}

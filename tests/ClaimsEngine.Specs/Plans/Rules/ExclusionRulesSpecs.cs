namespace ClaimsEngine.Specs;

public class ExclusionRulesSpecs
{
    private static readonly PlanCard Card = SampleCards.TenThousand() with
    {
        Exclusions = [new Exclusion("drunkDriving", new LocalName("酒后驾驶", "drunk driving")),
            new Exclusion("selfHarm", new LocalName("故意自伤", "intentional self-harm"))],
    };

    [Fact]
    public void What_the_plan_excludes_is_paid_nothing_in_words()
    {
        var assessment = Card.Assess(SampleFacts.Death() with { Circumstances = ["drunkDriving"] });
        Assert.Equal("0.00", assessment.Amount.ToString());
        Assert.Equal([new Step("exclusions.drunkDriving", SampleCards.Clause, "drunkDriving", "0.00",
            "Excluded by the plan: drunk driving. Nothing is payable.", "属于除外责任：酒后驾驶，不予给付。", Adds: Money.Zero)],
            assessment.Steps.SkipLast(1));
        Assert.Null(assessment.Consumed);
    }

    [Fact]
    public void Of_two_exclusions_the_first_is_told() =>
        Assert.Equal(["exclusions.selfHarm"],
            Card.Assess(SampleFacts.Death() with { Circumstances = ["selfHarm", "drunkDriving"] }).Rules());

    [Fact]
    public void Nothing_found_is_nothing_excluded() => Assert.Equal("10000.00", Card.Pays(SampleFacts.Death() with { Circumstances = [] }));

    [Fact]
    public void A_circumstance_that_the_plan_does_not_name_is_refused_and_the_known_ones_are_told()
    {
        Assert.Contains("drunkDriving, selfHarm", Card.HasNoAnswer(
            SampleFacts.Death() with { Circumstances = ["war"] }, Refuse.UnknownCircumstance, "incident.circumstances").Detail);
        Card.HasNoAnswer(SampleFacts.Death() with { Circumstances = ["drunkDriving", "war"] }, Refuse.UnknownCircumstance,
            "incident.circumstances");
        Assert.Equal("the plan names no exclusions",
            SampleCards.TenThousand().HasNoAnswer(SampleFacts.Death() with { Circumstances = ["war"] }, Refuse.UnknownCircumstance,
                "incident.circumstances").Detail);
    }

    [Fact]
    public void An_excluded_case_needs_no_further_fact()
    {
        var card = SampleCards.Disability(new GradeRule("jrt-0083-2013", Money.Yuan(10_000))) with
        {
            Exclusions = Card.Exclusions,
            Waiting = [new WaitingPeriod([IncidentKind.Disability], "样例第七条", 30, DayCounting.Inclusive, Trigger.Incident)],
        };
        Assert.Equal("0.00", card.Pays(SampleFacts.Of(IncidentKind.Disability) with { Circumstances = ["drunkDriving"], Cover = null }));
    }
}

namespace ClaimsEngine.Specs;

public class IllnessRulesSpecs
{
    /// <summary>Six classes, all of them named: another one is surely not covered.</summary>
    private static readonly PlanCard SixClasses = SampleCards.Of(new Benefit(
        IncidentKind.WomensIllness, SampleCards.Clause, Illness: new IllnessRule(
            [new IllnessAmount(Money.Yuan(15_000))], "cceia-womens-6", [Severity.InSitu], DiagnosedInCover: true)));

    /// <summary>Like Hubei 2025: mild 3,000, severe 10,000, of thirty classes that are not named.</summary>
    private static readonly PlanCard MildAndSevere = SampleCards.Critical(new IllnessRule(
        [new IllnessAmount(Money.Yuan(3_000), Severity: Severity.Mild), new IllnessAmount(Money.Yuan(10_000), Severity: Severity.Severe)],
        "cceia-critical-30"));

    /// <summary>Cancers apart from the other fourteen classes, which are not named one by one.</summary>
    private static readonly PlanCard CancerMore = SampleCards.Critical(new IllnessRule(
        [new IllnessAmount(Money.Yuan(20_000), "cancer"), new IllnessAmount(Money.Yuan(8_000))], "tianjin-critical-16"));

    [Theory]
    [InlineData(Severity.Mild, "3000.00")]
    [InlineData(Severity.Severe, "10000.00")]
    public void The_severity_decides_the_sum(Severity severity, string payable) =>
        Assert.Equal(payable, MildAndSevere.Pays(SampleFacts.Illness(severity: severity)));

    [Fact]
    public void The_step_names_illness_severity_units_and_sum() =>
        Assert.Equal(new Step("benefits.womensIllness.amounts", SampleCards.Clause, "2 × 15000.00", "30000.00",
            "The sum for cancer of the breast, severe, is 15000.00 yuan a unit; with 2 unit(s) 30000.00 yuan.",
            "乳腺癌重症保障金每份15000.00元，共2份，计30000.00元。",
            Adds: Cny("30000.00")), SixClasses.Assess(Womens("breast", Severity.Severe) with { Units = 2 })
            .Step("benefits.womensIllness.amounts"));

    [Fact]
    public void A_severity_whose_sum_is_not_published_has_no_answer() =>
        MildAndSevere.DoesNotPublish(SampleFacts.Illness(severity: Severity.InSitu), "benefits.criticalIllness.amounts.inSitu");

    [Fact]
    public void A_plan_that_pays_by_severity_asks_for_it()
    {
        MildAndSevere.HasNoAnswer(SampleFacts.Illness(), Refuse.IncidentIncomplete, "incident.severity");
        SixClasses.HasNoAnswer(Womens("breast"), Refuse.IncidentIncomplete, "incident.severity");   // one is excluded
    }

    [Fact]
    public void An_excluded_severity_is_paid_nothing_in_words()
    {
        var assessment = SixClasses.Assess(Womens("cervix", Severity.InSitu));
        Assert.Equal("0.00", assessment.Amount.ToString());
        Assert.Equal(("inSitu", "An illness in situ is excluded: nothing is payable.", "原位癌不在保障范围，不予给付。"),
            (assessment.Step("benefits.womensIllness.excluded").Input, assessment.Step("benefits.womensIllness.excluded").Text,
                assessment.Step("benefits.womensIllness.excluded").TextZh));
    }

    [Fact]
    public void A_sum_without_severity_is_for_the_illness_as_the_catalogue_means_it()
    {
        var plain = SampleCards.Critical(new IllnessRule([new IllnessAmount(Money.Yuan(20_000))]));
        Assert.Equal("20000.00", plain.Pays(SampleFacts.Illness()));
        Assert.Equal("20000.00", plain.Pays(SampleFacts.Illness(severity: Severity.Severe)));
        plain.DoesNotPublish(SampleFacts.Illness(severity: Severity.Mild), "benefits.criticalIllness.amounts.mild");
    }

    [Fact]
    public void A_class_with_a_sum_of_its_own_comes_before_every_class()
    {
        Assert.Equal("20000.00", CancerMore.Pays(SampleFacts.Illness("cancer")));
        Assert.Equal("8000.00", CancerMore.Pays(SampleFacts.Illness("other")));
    }

    [Fact]
    public void A_class_that_is_not_named_may_still_be_one_of_an_incomplete_catalogue()
    {
        Assert.Equal("8000.00", CancerMore.Pays(SampleFacts.Illness("stroke")));
        Assert.Contains("The sum for stroke is", CancerMore.Assess(SampleFacts.Illness("stroke")).Steps[0].Text);
    }

    [Fact]
    public void A_class_outside_a_complete_catalogue_is_not_covered()
    {
        var refusal = SixClasses.HasNoAnswer(Womens("stroke", Severity.Severe), Refuse.BenefitNotCovered, "incident.illness");
        Assert.Contains("cervix", refusal.Detail);
    }

    [Fact]
    public void A_catalogue_with_names_asks_for_one_of_them() =>
        Assert.Contains("cancer", CancerMore.HasNoAnswer(SampleFacts.Illness(), Refuse.IncidentIncomplete, "incident.illness").Detail);

    [Fact]
    public void A_catalogue_without_names_asks_for_none() =>
        Assert.Contains("The sum for critical illness, mild, is",
            MildAndSevere.Assess(SampleFacts.Illness(severity: Severity.Mild)).Steps[0].Text);

    [Fact]
    public void Only_what_is_first_diagnosed_under_cover_is_paid()
    {
        Assert.Equal("15000.00", SixClasses.Pays(Womens("ovary", Severity.Severe) with { DiagnosedOn = Day("2025-01-01") }));
        var before = SixClasses.Assess(Womens("ovary", Severity.Severe) with { DiagnosedOn = Day("2024-12-31") });
        Assert.Equal("0.00", before.Amount.ToString());
        Assert.Equal(
            ("2024-12-31 < 2025-01-01", "Diagnosed on 2024-12-31, before cover began: only what is first diagnosed under cover is paid."),
            (before.Step("benefits.womensIllness.diagnosedInCover").Input, before.Step("benefits.womensIllness.diagnosedInCover").Text));
    }

    [Fact]
    public void Under_unbroken_cover_the_first_period_counts() => Assert.Equal("15000.00", SixClasses.Pays(
        Womens("ovary", Severity.Severe)
            with { DiagnosedOn = Day("2024-12-31"), Cover = SampleFacts.Year2025 with { FirstFrom = Day("2023-01-01") } }));

    [Fact]
    public void Sums_that_are_not_published_have_no_answer() =>
        (SampleCards.Critical(new IllnessRule([], "cceia-critical-30")) with { NotPublished = ["benefits.criticalIllness.amounts"] })
            .DoesNotPublish(SampleFacts.Illness(), "benefits.criticalIllness.amounts");

    private static CaseFacts Womens(string illness, Severity? severity = null) =>
        SampleFacts.Illness(illness, severity) with { Kind = IncidentKind.WomensIllness };
}

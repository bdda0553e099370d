namespace ClaimsEngine.Specs;

public class CoordinationRulesSpecs
{
    /// <summary>70 % of the own share; what critical relief paid is taken off, and all together is never above the own share.</summary>
    private static readonly PlanCard Both = Hospital(new Coordination(["criticalRelief", "commercialInsurance"], WithinOwnShare: true));
    private static readonly PlanCard LessOnly = Hospital(new Coordination(["criticalRelief", "commercialInsurance"]));
    private static readonly PlanCard WithinOnly = Hospital(new Coordination(WithinOwnShare: true));

    // what others have paid

    [Theory]
    [InlineData("100.00", "600.00")]
    [InlineData("700.00", "0.00")]
    [InlineData("900.00", "0.00")]   // never below nothing
    [InlineData("0.00", "700.00")]
    public void What_a_named_source_has_paid_is_taken_off(string paid, string payable) =>
        Assert.Equal(payable, LessOnly.Pays(Thousand(("criticalRelief", paid))));

    [Fact]
    public void All_named_sources_are_taken_off_together_and_no_other()
    {
        var facts = Thousand(("criticalRelief", "100.00"), ("commercialInsurance", "50.50"), ("employer", "300.00"));
        var step = LessOnly.Assess(facts).Step("coordination.less");
        Assert.Equal(("max(0, 700.00 − 150.50)", "549.50", "Others have paid 150.50 yuan, which is taken off: 549.50 yuan.",
            "扣除其他渠道已给付150.50元，计549.50元。", Cny("-150.50")),
            (step.Input, step.Output, step.Text, step.TextZh, step.Adds));
    }

    [Fact]
    public void A_source_that_the_plan_does_not_name_changes_nothing() =>
        Assert.DoesNotContain("coordination.less", LessOnly.Assess(Thousand(("employer", "300.00"))).Rules());

    [Fact]
    public void A_plan_without_such_a_rule_pays_beside_others() =>
        Assert.Equal("700.00", Hospital(null).Pays(Thousand(("criticalRelief", "900.00"))));

    // never more than the own share

    [Theory]
    [InlineData("300.00", "700.00")]
    [InlineData("300.01", "699.99")]
    [InlineData("1000.00", "0.00")]
    [InlineData("2000.00", "0.00")]
    public void All_payments_together_are_never_above_the_own_share(string paid, string payable) =>
        Assert.Equal(payable, WithinOnly.Pays(Thousand(("employer", paid))));

    [Fact]
    public void The_room_that_is_left_is_a_step_where_it_changes_something()
    {
        Assert.DoesNotContain("coordination.withinOwnShare", WithinOnly.Assess(Thousand(("employer", "300.00"))).Rules());
        var step = WithinOnly.Assess(Thousand(("employer", "400.00"))).Step("coordination.withinOwnShare");
        Assert.Equal(("min(700.00, 1000.00 − 400.00)", "600.00",
            "All payments together are not above the own share of 1000.00 yuan: 600.00 yuan are left."),
            (step.Input, step.Output, step.Text));
    }

    [Fact]
    public void Payments_are_taken_off_first_and_count_toward_the_own_share_too()
    {
        // 700 − 400, and 600 would have room
        Assert.Equal("300.00", Both.Pays(Thousand(("criticalRelief", "400.00"))));
        Assert.Equal("100.00", Both.Pays(Thousand(("criticalRelief", "400.00"), ("employer", "500.00"))));   // 1000 − 900
    }

    [Fact]
    public void A_share_of_the_total_is_not_above_the_own_share_either()
    {
        var ofTheTotal = SampleCards.Hospital(new MedicalRule(CostBase.Total, Per.Admission, Percent: 13))
            with { Coordination = new Coordination(WithinOwnShare: true) };
        var facts = SampleFacts.Stays("1000.00").With(stay => stay with { Total = Money.Yuan(10_000) });
        Assert.Equal("1000.00", ofTheTotal.Pays(facts));   // 13 % are 1300
    }

    [Fact]
    public void An_own_share_that_is_not_told_is_asked_for_and_not_taken_for_nothing()
    {
        var ofTheTotal = SampleCards.Hospital(new MedicalRule(CostBase.Total, Per.Admission, Percent: 13))
            with { Coordination = new Coordination(WithinOwnShare: true) };
        var facts = SampleFacts.Stays("1000.00", "1000.00").With(stay => stay with { Total = Money.Yuan(1_000) });
        facts = facts with { Admissions = [facts.Admissions![0], facts.Admissions[1] with { OwnShare = null }] };
        ofTheTotal.HasNoAnswer(facts with { OtherPayments = [new OtherPayment("employer", Money.Yuan(1))] }, Refuse.IncidentIncomplete,
            "incident.admissions.1.ownShare");
        Assert.Equal("260.00", ofTheTotal.Pays(facts));   // nobody else paid: there is nothing to hold it against
    }

    // benefits that exclude each other

    [Theory]
    [InlineData("0.00", "10000.00")]
    [InlineData("6000.00", "4000.00")]
    [InlineData("10000.00", "0.00")]
    [InlineData("12000.00", "0.00")]
    public void Of_two_benefits_that_exclude_each_other_the_higher_is_paid_in_all(string disability, string death) =>
        Assert.Equal(death, Exclusive().Pays(SampleFacts.Death().With(Used(IncidentKind.Disability, disability))));

    [Fact]
    public void The_step_names_both_benefits()
    {
        var step = Exclusive().Assess(SampleFacts.Death().With(Used(IncidentKind.Disability, "6000.00"))).Step("notBoth.0");
        Assert.Equal(("max(0, 10000.00 − 6000.00)",
            "Of disability and death by accident only the higher is paid; 6000.00 yuan were paid already: 4000.00 yuan.",
            "意外伤残与意外身故不兼得，已给付6000.00元，计4000.00元。"), (step.Input, step.Text, step.TextZh));
    }

    [Fact]
    public void A_benefit_outside_the_group_is_not_taken_off()
    {
        Assert.Equal("10000.00", Exclusive().Pays(SampleFacts.Death().With(Used(IncidentKind.IllnessDeath, "6000.00"))));
        // nor the same kind: caps and once are for that
        Assert.Equal("10000.00", Exclusive().Pays(SampleFacts.Death().With(Used(IncidentKind.AccidentDeath, "6000.00"))));
        Assert.Equal("3000.00", Exclusive().Pays(SampleFacts.Of(IncidentKind.IllnessDeath).With(Used(IncidentKind.Disability, "6000.00"))));
    }

    private static PlanCard Exclusive() => SampleCards.Of(
        new Benefit(IncidentKind.Disability, SampleCards.Clause, ByGrade: new GradeRule("jrt-0083-2013", Money.Yuan(10_000))),
        new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(10_000))),
        new Benefit(IncidentKind.IllnessDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(3_000)))) with
        {
            NotBoth = [[IncidentKind.Disability, IncidentKind.AccidentDeath]],
        };

    private static PlanCard Hospital(Coordination? coordination) =>
        SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70)) with { Coordination = coordination };

    private static CaseFacts Thousand(params (string Source, string Amount)[] payments) =>
        SampleFacts.Stays("1000.00")
            with { OtherPayments = [.. payments.Select(payment => new OtherPayment(payment.Source, Cny(payment.Amount)))] };

    private static Counters Used(IncidentKind kind, string amount) => new Counters().After(kind, Cny(amount), null);
}

namespace ClaimsEngine.Specs;

public class MedicalRulesSpecs
{
    /// <summary>Zhangjiajie 2014.</summary>
    private static readonly PlanCard RisingTiers = SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Tiers:
    [
        new MedicalTier(Money.Zero, 45, Money.Yuan(5_000)), new MedicalTier(Money.Yuan(5_000), 50, Money.Yuan(10_000)),
        new MedicalTier(Money.Yuan(10_000), 55, Money.Yuan(20_000)),
        new MedicalTier(Money.Yuan(20_000), 60, Money.Yuan(30_000)), new MedicalTier(Money.Yuan(30_000), 70),
    ]));

    /// <summary>Yunnan, 8th period.</summary>
    private static readonly PlanCard WithDeductibleAndCeiling = SampleCards.Hospital(new MedicalRule(
        CostBase.OwnShare, Per.Admission, Money.Yuan(800),
    [
        new MedicalTier(Money.Yuan(800), 30, Money.Yuan(10_000)), new MedicalTier(Money.Yuan(10_000), 60, Money.Yuan(100_000)),
        new MedicalTier(Money.Yuan(100_000), 80, Money.Yuan(150_000)),
    ]));

    private static readonly PlanCard SeventyPerCent = SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70));

    /// <summary>Zhongshan 2019: 80 % of the first admission, 70 % of the second, of what lies in scope.</summary>
    private static readonly PlanCard FirstAndSecond = SampleCards.Hospital(
        new MedicalRule(CostBase.InScopeOwnShare, Per.Admission, ByAdmission: [80, 70]));

    private static readonly PlanCard OfTheTotal = SampleCards.Hospital(new MedicalRule(CostBase.Total, Per.Admission, Percent: 13));

    /// <summary>Henan 2024: all of what an accident costs in scope above 100 yuan.</summary>
    private static readonly PlanCard OfAnAccident = SampleCards.Of(
        new Benefit(IncidentKind.AccidentMedical, SampleCards.Clause,
            Medical: new MedicalRule(CostBase.InScopeOwnShare, Per.Accident, Money.Yuan(100), Percent: 100)));

    // tiers

    [Theory]
    [InlineData("0.00", "0.00")]
    [InlineData("0.01", "0.00")]          // 0.0045
    [InlineData("0.02", "0.01")]          // 0.009
    [InlineData("5000.00", "2250.00")]
    [InlineData("5000.01", "2250.01")]    // 2250 + 0.005, rounded half-up
    [InlineData("10000.00", "4750.00")]   // 2250 + 2500
    [InlineData("20000.00", "10250.00")]  // + 5500
    [InlineData("30000.00", "16250.00")]  // + 6000
    [InlineData("35000.00", "19750.00")]  // + 3500
    public void Each_ratio_is_for_the_part_that_lies_in_its_tier(string ownShare, string payable) =>
        Assert.Equal(payable, RisingTiers.Pays(SampleFacts.Stays(ownShare)));

    [Fact]
    public void Every_tier_that_is_reached_is_a_step_and_no_other()
    {
        var assessment = RisingTiers.Assess(SampleFacts.Stays("12000.00"));
        Assert.Equal(["benefits.hospitalisation.base", "benefits.hospitalisation.tiers.0", "benefits.hospitalisation.tiers.1",
            "benefits.hospitalisation.tiers.2"],
            assessment.Rules());
        Assert.Equal(new Step("benefits.hospitalisation.tiers.2", SampleCards.Clause, "2000.00 × 55 %", "1100.00",
            "Of the part from 10000.00 to 20000.00 yuan 55 % is paid: 1100.00 yuan.", "10000.00元至20000.00元部分按55%给付，计1100.00元。",
            Adds: Cny("1100.00")),
            assessment.Step("benefits.hospitalisation.tiers.2"));
        Assert.Equal("2250.00 + 2500.00 + 1100.00", assessment.Steps[^1].Input);
    }

    [Fact]
    public void The_last_tier_without_end_is_told_as_above() =>
        Assert.Equal("Of the part above 30000.00 yuan 70 % is paid: 3500.00 yuan.",
            RisingTiers.Assess(SampleFacts.Stays("35000.00")).Step("benefits.hospitalisation.tiers.4").Text);

    [Theory]
    [InlineData("800.00", "0.00")]
    [InlineData("799.99", "0.00")]
    [InlineData("801.00", "0.30")]
    [InlineData("10000.00", "2760.00")]     // 9200 × 30 %
    [InlineData("100000.00", "56760.00")]   // + 90000 × 60 %
    [InlineData("150000.00", "96760.00")]   // + 50000 × 80 %
    [InlineData("160000.00", "96760.00")]
    public void A_deductible_is_not_counted_and_neither_is_what_lies_above_the_ceiling(string ownShare, string payable) =>
        Assert.Equal(payable, WithDeductibleAndCeiling.Pays(SampleFacts.Stays(ownShare)));

    [Fact]
    public void Deductible_and_ceiling_are_told()
    {
        var assessment = WithDeductibleAndCeiling.Assess(SampleFacts.Stays("160000.00"));
        Assert.Equal(("160000.00 − 800.00", "159200.00",
            "The first 800.00 yuan of each admission are not counted, of this claim 800.00 yuan: 159200.00 yuan are."),
            (assessment.Step("benefits.hospitalisation.deductible").Input, assessment.Step("benefits.hospitalisation.deductible").Output,
                assessment.Step("benefits.hospitalisation.deductible").Text));
        Assert.Equal(("160000.00 − 150000.00", "What lies above 150000.00 yuan is not counted."),
            (assessment.Step("benefits.hospitalisation.tiers").Input, assessment.Step("benefits.hospitalisation.tiers").Text));
        Assert.Equal("500.00 − 500.00",
            WithDeductibleAndCeiling.Assess(SampleFacts.Stays("500.00")).Step("benefits.hospitalisation.deductible").Input);
    }

    // one ratio

    [Fact]
    public void The_published_payment_of_Hubei_is_70_per_cent_of_its_own_share_and_of_no_other()
    {
        Assert.Equal("1213.69", SeventyPerCent.Pays(SampleFacts.Stays("1733.84")));
        Assert.Equal("1213.68", SeventyPerCent.Pays(SampleFacts.Stays("1733.83")));
        Assert.Equal("1213.70", SeventyPerCent.Pays(SampleFacts.Stays("1733.85")));
    }

    [Fact]
    public void One_ratio_is_one_step() => Assert.Equal(
        new Step("benefits.hospitalisation.percent", SampleCards.Clause, "1733.84 × 70 %", "1213.69",
            "Of 1733.84 yuan 70 % is paid: 1213.69 yuan.", "1733.84元按70%给付，计1213.69元。",
            Adds: Cny("1213.69")),
        SeventyPerCent.Assess(SampleFacts.Stays("1733.84")).Step("benefits.hospitalisation.percent"));

    // per admission

    [Fact]
    public void Per_admission_each_stay_has_its_own_deductible_and_tiers()
    {
        Assert.Equal("120.00", WithDeductibleAndCeiling.Pays(SampleFacts.Stays("1000.00", "1000.00")));   // 2 × 200 × 30 %
        Assert.Equal("0.00", WithDeductibleAndCeiling.Pays(SampleFacts.Stays("800.00", "800.00")));
        Assert.Equal("4500.00", RisingTiers.Pays(SampleFacts.Stays("5000.00", "5000.00")));
    }

    [Fact]
    public void Per_admission_what_was_used_before_does_not_matter() =>
        Assert.Equal("60.00", WithDeductibleAndCeiling.Pays(SampleFacts.Stays("1000.00").With(new Counters(
            Admissions: 3, Deductible: Money.Yuan(800), OwnShare: Money.Yuan(5_000))) with { Used = Money.Yuan(2_000) }));

    [Fact]
    public void Per_admission_the_admissions_are_used_up() =>
        Assert.Equal(new Consumption(Admissions: 2), SeventyPerCent.Assess(SampleFacts.Stays("1.00", "2.00")).Consumed);

    // per accident

    [Fact]
    public void Per_accident_all_treatment_has_one_deductible()
    {
        Assert.Equal("50.00", OfAnAccident.Pays(Treatments("60.00", "90.00")));
        Assert.Equal("0.00", OfAnAccident.Pays(Treatments("60.00", "40.00")));
        Assert.Equal("The first 100.00 yuan of each accident are not counted, of this claim 100.00 yuan: 50.00 yuan are.",
            OfAnAccident.Assess(Treatments("60.00", "90.00")).Step("benefits.accidentMedical.deductible").Text);
    }

    [Fact]
    public void The_deductible_of_an_accident_is_taken_once_however_its_bills_are_claimed_and_again_for_the_next_accident()
    {
        var first = OfAnAccident.Assess(Treatments("60.00"));
        Assert.Equal((Money.Zero, true), (first.Amount, first.Consumed!.Counts));   // it counts toward the deductible
        var counters = new Counters().After(IncidentKind.AccidentMedical, first.Amount, first.Consumed);
        Assert.Equal("50.00", OfAnAccident.Assess(Treatments("90.00") with { Counters = counters }).Amount.ToString());   // 60 + 90 − 100
        var other = Treatments("90.00") with { Date = Treatments("90.00").Date.PlusDays(1), Counters = counters };
        Assert.Equal("0.00", OfAnAccident.Assess(other).Amount.ToString());
    }

    // per year: 10,000 deductible, to 40,000 80 %, above 90 %, at most 50,000

    [Theory]
    [InlineData("10000.00", "0.00")]
    [InlineData("10000.01", "0.01")]       // 0.008
    [InlineData("30000.00", "16000.00")]   // 20000 × 80 %
    [InlineData("40000.00", "24000.00")]
    [InlineData("50000.00", "33000.00")]   // 24000 + 10000 × 90 %
    [InlineData("80000.00", "50000.00")]   // 24000 + 36000, capped
    public void Over_the_year_the_admissions_are_reckoned_together(string ownShare, string payable)
    {
        Assert.Equal(payable, SampleCards.OverTheYear().Pays(SampleFacts.Stays(ownShare)));
        var half = new Money(Cny(ownShare).Fen / 2);
        Assert.Equal(payable, SampleCards.OverTheYear().Pays(SampleFacts.Stays(half.ToString(), (Cny(ownShare) - half).ToString())));
    }

    [Fact]
    public void Over_the_year_a_claim_goes_on_where_the_last_one_ended()
    {
        var first = SampleCards.OverTheYear().Assess(SampleFacts.Stays("6000.00"));
        Assert.Equal(("0.00", new Consumption(Admissions: 1, Deductible: Money.Yuan(6_000), OwnShare: Money.Yuan(6_000))),
            (first.Amount.ToString(), first.Consumed));
        Assert.True(first.Consumed!.Counts);

        var second = SampleCards.OverTheYear()
            .Assess(SampleFacts.Stays("10000.00").With(new Counters().After(IncidentKind.Hospitalisation, first.Amount, first.Consumed)));
        Assert.Equal(("4800.00", new Consumption(Admissions: 1, Deductible: Money.Yuan(4_000), OwnShare: Money.Yuan(10_000))),
            (second.Amount.ToString(), second.Consumed));
        Assert.Equal("Before this claim 6000.00 yuan had accumulated; with it 16000.00 yuan.",
            second.Step("benefits.hospitalisation.accumulated").Text);
        Assert.Equal(
            "The first 10000.00 yuan accumulated over the year's admissions are not counted, of this claim 4000.00 yuan: 6000.00 yuan are.",
            second.Step("benefits.hospitalisation.deductible").Text);

        var counters = new Counters().After(IncidentKind.Hospitalisation, first.Amount, first.Consumed)
            .After(IncidentKind.Hospitalisation, second.Amount, second.Consumed);
        var third = SampleCards.OverTheYear().Assess(SampleFacts.Stays("30000.00").With(counters) with { Used = Money.Yuan(4_800) });
        Assert.Equal("24600.00", third.Amount.ToString());   // 24000 × 80 % to 40000, then 6000 × 90 %
        Assert.Equal(new Consumption(Admissions: 1, Deductible: Money.Zero, OwnShare: Money.Yuan(30_000)), third.Consumed);
    }

    [Fact]
    public void A_piece_within_a_tier_is_the_difference_of_rounded_payments() =>
        // 80 % of the first 0.02 above the deductible is 0.02 (0.016), of 0.04 it is 0.03 (0.032): the second 0.02 are paid 0.01
        Assert.Equal(("0.04 × 80 % − 0.02 × 80 %", "0.01"), Piece(SampleCards.OverTheYear().Assess(
            SampleFacts.Stays("0.02")
                .With(new Counters(Deductible: Money.Yuan(10_000), OwnShare: Cny("10000.02"))) with { Used = Cny("0.02") })));

    [Theory]
    [InlineData("10000.00", "0.00", "4000.00")]       // 5000 × 80 %
    [InlineData("10000.00", "8000.00", "4000.00")]    // 8000 were 80 % of 10000: on from 20000
    [InlineData("10000.00", "24000.00", "4500.00")]   // the first tier is full: 90 %
    [InlineData("10000.00", "33000.00", "4500.00")]
    [InlineData("4000.00", "0.00", "0.00")]           // 6000 of the deductible are left
    [InlineData("6000.00", "0.00", "800.00")]
    [InlineData("12000.00", "0.00", "4000.00")]       // no more than the deductible is counted
    public void Where_only_deductible_and_benefit_used_are_known_the_position_follows_from_them(
        string deductible, string used, string payable) =>
        Assert.Equal(payable, SampleCards.OverTheYear()
            .Pays(SampleFacts.Stays("5000.00").With(new Counters(Deductible: Cny(deductible))) with { Used = Cny(used) }));

    [Fact]
    public void What_was_used_of_another_benefit_moves_nothing()
    {
        var card = SampleCards.OverTheYear();
        card = card with
        {
            Benefits = [.. card.Benefits,
                new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(10_000)))],
            Documents =
                new Dictionary<IncidentKind, IReadOnlyList<string>>(card.Documents) { [IncidentKind.AccidentDeath] = ["deathCertificate"] },
        };
        var afterAnother = SampleFacts.Stays("15000.00")
            .With(new Counters().After(IncidentKind.AccidentDeath, Money.Yuan(10_000), null)) with { Used = Money.Yuan(10_000) };
        Assert.Equal("4000.00", card.Pays(afterAnother));   // 5000 above the deductible, as if it were the first claim
    }

    // by admission

    [Fact]
    public void The_first_and_the_second_admission_have_their_ratios()
    {
        var assessment = FirstAndSecond.Assess(SampleFacts.Stays("1000.00", "1000.00"));
        Assert.Equal("1500.00", assessment.Amount.ToString());
        Assert.Equal(["Admission 1 of the cover period is paid at 80 %: 800.00 yuan.",
            "Admission 2 of the cover period is paid at 70 %: 700.00 yuan."],
            assessment.Steps.Where(step => step.Rule == "benefits.hospitalisation.byAdmission").Select(step => step.Text));
    }

    [Fact]
    public void Admissions_that_were_paid_for_before_count_on()
    {
        Assert.Equal("700.00", FirstAndSecond.Pays(SampleFacts.Stays("1000.00").With(new Counters(Admissions: 1))));
        FirstAndSecond.DoesNotPublish(SampleFacts.Stays("1000.00", "1000.00").With(new Counters(Admissions: 1)),
            "benefits.hospitalisation.byAdmission.3");
        FirstAndSecond.DoesNotPublish(SampleFacts.Stays("1000.00", "1.00", "1.00", "1.00"), "benefits.hospitalisation.byAdmission.3",
            "benefits.hospitalisation.byAdmission.4");
    }

    [Fact]
    public void Ordinals_follow_the_days_of_admission_whatever_order_they_are_given_in()
    {
        var inOrder = SampleFacts.Stays("1000.00", "3000.00");
        Assert.Equal("2900.00", FirstAndSecond.Pays(inOrder));   // 800 + 2100
        Assert.Equal("2900.00", FirstAndSecond.Pays(inOrder with { Admissions = [.. inOrder.Admissions!.Reverse()] }));
    }

    [Fact]
    public void A_deductible_is_taken_off_each_admission_before_its_ratio()
    {
        var card = SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Money.Yuan(500), ByAdmission: [80, 70]));
        Assert.Equal("750.00", card.Pays(SampleFacts.Stays("1000.00", "1000.00")));   // 500 × 80 % + 500 × 70 %
    }

    // bases

    [Fact]
    public void The_total_is_the_base_where_the_plan_says_so()
    {
        Assert.Equal("1300.00", OfTheTotal.Pays(SampleFacts.Stays("1.00").With(stay => stay with { Total = Money.Yuan(10_000) })));
        Assert.Contains("the insured cost in total is 10000.00 yuan",
            OfTheTotal.Assess(SampleFacts.Stays("1.00").With(stay => stay with { Total = Money.Yuan(10_000) })).Steps[0].Text);
        OfTheTotal.HasNoAnswer(SampleFacts.Stays("1.00"), Refuse.IncidentIncomplete, "incident.admissions.0.total");
    }

    [Fact]
    public void The_own_share_in_scope_is_never_above_what_lies_in_scope()
    {
        Assert.Equal("320.00", FirstAndSecond.Pays(SampleFacts.Stays("1000.00").With(stay => stay with { InScope = Money.Yuan(400) })));
        Assert.Equal("800.00", FirstAndSecond.Pays(SampleFacts.Stays("1000.00").With(stay => stay with { InScope = Money.Yuan(5_000) })));
        var step = FirstAndSecond.Assess(SampleFacts.Stays("1000.00").With(stay => stay with { InScope = Money.Yuan(400) }))
            .Step("benefits.hospitalisation.base");
        Assert.Equal(("min(1000.00, 400.00)", "400.00", "Admission of 2025-06-01: the member's own share in scope is 400.00 yuan."),
            (step.Input, step.Output, step.Text));
    }

    [Fact]
    public void A_cost_that_the_rule_reads_is_asked_for_at_its_place()
    {
        var facts = SampleFacts.Stays("1000.00", "1000.00");
        SeventyPerCent.HasNoAnswer(
            facts with { Admissions = [facts.Admissions![0], facts.Admissions[1] with { OwnShare = null }] }, Refuse.IncidentIncomplete,
            "incident.admissions.1.ownShare");
        SeventyPerCent.HasNoAnswer(SampleFacts.Of(IncidentKind.Hospitalisation), Refuse.IncidentIncomplete, "incident.admissions");
        SeventyPerCent.HasNoAnswer(facts with { Admissions = [] }, Refuse.IncidentIncomplete, "incident.admissions");
    }

    // hospitals

    [Fact]
    public void An_admission_to_a_lesser_hospital_is_not_counted_and_has_no_ordinal()
    {
        var card = SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, ByAdmission: [80, 70]), minHospitalGrade: 2);
        var facts = SampleFacts.Stays("1000.00", "1000.00");
        var assessment = card.Assess(facts
            with { Admissions = [facts.Admissions![0] with { HospitalGrade = 1 }, facts.Admissions[1] with { HospitalGrade = 2 }] });
        Assert.Equal(("800.00", new Consumption(Admissions: 1)), (assessment.Amount.ToString(), assessment.Consumed));
        Assert.Equal(("1 < 2", "The hospital has grade 1; only grade 2 or better counts."),
            (assessment.Step("benefits.hospitalisation.minHospitalGrade").Input,
                assessment.Step("benefits.hospitalisation.minHospitalGrade").Text));
    }

    [Fact]
    public void A_hospitals_grade_is_asked_for_where_the_plan_reads_it() =>
        SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70), minHospitalGrade: 2)
            .HasNoAnswer(SampleFacts.Stays("1000.00"), Refuse.IncidentIncomplete, "incident.admissions.0.hospitalGrade");

    [Fact]
    public void Tiers_that_are_not_published_have_no_answer() =>
        (SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission)) with { NotPublished = ["benefits.hospitalisation.tiers"] })
            .DoesNotPublish(SampleFacts.Stays("1000.00"), "benefits.hospitalisation.tiers");

    private static (string, string) Piece(Assessment assessment) =>
        (assessment.Step("benefits.hospitalisation.tiers.0").Input, assessment.Step("benefits.hospitalisation.tiers.0").Output);

    private static CaseFacts Treatments(params string[] ownShares) =>
        SampleFacts.Stays(ownShares) with { Kind = IncidentKind.AccidentMedical };
}

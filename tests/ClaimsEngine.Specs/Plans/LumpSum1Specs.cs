namespace ClaimsEngine.Specs;

/// <summary>
/// The record of <c>lump-sum/1</c>, over the card that was published in format 1: numbers computed by hand, and texts to the letter. What
/// was decided so is recomputed so for ever; no spec here changes any more.
/// </summary>
public class LumpSum1Specs
{
    private static readonly PlanVersion Version = APlanOfFormat1().Version(1)!;
    private static readonly PlanCard Card = Version.Card;

    [Theory]
    [InlineData(1, "120000.00")]
    [InlineData(2, "108000.00")]
    [InlineData(3, "96000.00")]
    [InlineData(4, "84000.00")]
    [InlineData(5, "72000.00")]
    [InlineData(6, "60000.00")]
    [InlineData(7, "48000.00")]
    [InlineData(8, "36000.00")]
    [InlineData(9, "24000.00")]
    [InlineData(10, "12000.00")]
    public void A_disability_is_paid_by_its_grade(int grade, string amount) =>
        Assert.Equal(amount, Assess(Disability(grade)).Amount.ToString());

    [Fact]
    public void A_grade_4_disability_with_50000_used_is_explained_step_by_step()
    {
        var (amount, steps, _) = Assess(Disability(4) with { Used = Money.Yuan(50_000) });
        Assert.Equal(Money.Yuan(70_000), amount);
        Assert.Equal(
        [
            new Step("benefits.disability", "assumed: disability by accident, 120,000 yuan by grade", "1 × 120000.00", "120000.00",
                "The sum for disability is 120000.00 yuan a unit; with 1 unit(s) 120000.00 yuan.",
                "意外伤残保障金每份120000.00元，共1份，计120000.00元。", Assumed: true),
            new Step("benefits.disability.table", "jrt-0083-2013", "120000.00 × 70 %", "84000.00",
                "Grade 4 is paid at 70 % by table jrt-0083-2013: 84000.00 yuan.",
                "伤残4级按jrt-0083-2013给付比例70%，计84000.00元。", Assumed: true),
            new Step("caps.perPeriod", "assumed: disability by accident, 120,000 yuan by grade",
                "min(84000.00, 120000.00 − 50000.00)", "70000.00",
                "At most 120000.00 yuan in the cover period, of which 50000.00 is used: 70000.00 yuan is payable.",
                "保障期内最高120000.00元，已用50000.00元，本次应付70000.00元。", Assumed: true),
        ], steps);
    }

    [Fact]
    public void A_death_is_a_lump_sum_without_grade()
    {
        var (amount, steps, _) = Assess(new CaseFacts(IncidentKind.AccidentDeath, IncidentDay, 1, Money.Zero));
        Assert.Equal(Money.Yuan(120_000), amount);
        Assert.Equal(["benefits.accidentDeath", "caps.perPeriod"], steps.Select(step => step.Rule));
        Assert.Contains("death by accident", steps[0].Text);
        Assert.Contains("意外身故", steps[0].TextZh);
    }

    [Fact]
    public void A_death_by_illness_has_its_own_words()
    {
        var json = JsonSerializer.SerializeToNode(Version.Json)!;
        json["benefits"]![0]!["kind"] = "illnessDeath";
        var steps = Assess(new CaseFacts(IncidentKind.IllnessDeath, IncidentDay, 1, Money.Zero),
            CardReading.OfRecord(JsonSerializer.SerializeToElement(json))).Steps;
        Assert.Contains("death by illness", steps[0].Text);
        Assert.Contains("疾病身故", steps[0].TextZh);
    }

    [Fact]
    public void Units_multiply_the_sum_up_to_the_cap()
    {
        var halves = DisabilityOf(Money.Yuan(50_000));
        Assert.Equal(Money.Yuan(80_000), Assess(Disability(3) with { Units = 2 }, halves).Amount);
        Assert.Equal(Money.Yuan(120_000), Assess(Disability(1) with { Units = 3 }, halves).Amount);
    }

    [Fact]
    public void A_fen_is_rounded_half_up()
    {
        var odd = DisabilityOf(new Money(10_005));
        Assert.Equal(new Money(9_005), Assess(Disability(2), odd).Amount);   // 100.05 × 90 % = 90.045
        Assert.Equal(new Money(1_001), Assess(Disability(10), odd).Amount);   // 100.05 × 10 % = 10.005
    }

    [Fact]
    public void A_benefit_used_up_leaves_nothing_and_never_less()
    {
        Assert.Equal(Money.Zero, Assess(Disability(1) with { Used = Money.Yuan(120_000) }).Amount);
        Assert.Equal(Money.Zero, Assess(Disability(1) with { Used = Money.Yuan(130_000) }).Amount);
    }

    [Fact]
    public void What_is_published_is_not_marked_as_assumed() =>
        Assert.All(Assess(Disability(1), Card with { Assumed = [] }).Steps, step => Assert.False(step.Assumed));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(11)]
    public void A_disability_without_a_grade_of_the_table_has_no_answer(int? grade)
    {
        var (assessment, refusal) = Adjudication.Assess(Card, Disability(1) with { Grade = grade });
        Assert.Null(assessment);
        Assert.Equal((Refuse.IncidentIncomplete, "incident.grade"), (refusal!.Rule, refusal.Field));
    }

    [Fact]
    public void A_kind_without_benefit_has_no_answer()
    {
        var (assessment, refusal) = Adjudication.Assess(Card, Disability(1) with { Kind = IncidentKind.WomensIllness });
        Assert.Null(assessment);
        Assert.Equal((Refuse.BenefitNotCovered, "incident.kind"), (refusal!.Rule, refusal.Field));
        Assert.Contains("womensIllness", refusal.Detail);
    }

    [Fact]
    public void A_card_of_format_1_is_read_in_todays_form_with_the_same_rules()
    {
        Assert.Equal((1, 1), (Version.Number, Card.Format));
        Assert.Equal([new PriceLine(Money.Yuan(120))], Card.Prices!);
        Assert.Equal([new AgeRule(16, 65)], Card.Eligibility.Ages!);
        Assert.Equal((9, 1, ExcessUnits.Refused),
            (Card.Eligibility.Occupations!.Count, Card.Eligibility.MaxUnits, Card.Eligibility.ExcessUnits));
        Assert.Equal([Gansu], Card.Eligibility.Regions!);
        Assert.Equal(new Cover(CoverStart.ProgrammePeriod, 12), Card.Cover);
        Assert.Equal(new Caps(PerPeriod: Money.Yuan(120_000)), Card.Caps);
        Assert.Equal(
        [
            new Benefit(IncidentKind.AccidentDeath, "assumed: death by accident, 100 % of 120,000 yuan",
                LumpSum: new LumpSumRule(Money.Yuan(120_000))),
            new Benefit(IncidentKind.Disability, "assumed: disability by accident, 120,000 yuan by grade",
                ByGrade: new GradeRule("jrt-0083-2013", Money.Yuan(120_000))),
        ], Card.Benefits);
        Assert.Equal(["benefits", "caps", "eligibility", "documents"], Card.Assumed!.Select(assumption => assumption.Path));
    }

    [Fact]
    public void A_card_of_format_1_without_ages_asks_for_none()
    {
        var json = JsonSerializer.SerializeToNode(Version.Json)!;
        json["eligibility"]!.AsObject().Remove("ageFrom");
        json["eligibility"]!.AsObject().Remove("ageTo");
        Assert.Null(CardReading.OfRecord(JsonSerializer.SerializeToElement(json)).Eligibility.Ages);
    }

    [Fact]
    public void It_was_published_by_one_person_and_has_its_hash()
    {
        Assert.Equal(("sample-plan-admin", null), (Version.PublishedBy, Version.ConfirmedBy));
        Assert.Equal(Version.RuleHash, CardReading.Hash(Version.Json));
    }

    [Fact]
    public void What_was_decided_in_format_1_is_decided_again_to_the_byte() =>
        AssessClaimHandler.Handle(
                new AssessClaim(TheClaim), new(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, Version), Assessor, Today)
            .Decides(Golden<ClaimAssessed>() with { DecisionLevel = UnionLevel.City });   // which is recorded since

    [Fact]
    public void A_decision_of_format_1_is_replayed_as_it_was_recorded()
    {
        var replay = DecisionReplay.Of(AClaimWithAllPapers().After(Golden<ClaimAssessed>()), APlanOfFormat1())!;
        Assert.True(replay.Identical);
        Assert.Equal((Money.Yuan(120_000), "lump-sum/1"), (replay.Recomputed!.AssessedAmount, replay.Interpreter));
    }

    private static PlanCard DisabilityOf(Money perUnit) =>
        Card with { Benefits = [new Benefit(IncidentKind.Disability, "sample", ByGrade: new GradeRule("jrt-0083-2013", perUnit))] };

    private static CaseFacts Disability(int grade) => new(IncidentKind.Disability, IncidentDay, 1, Money.Zero, grade);

    private static Assessment Assess(CaseFacts facts, PlanCard? card = null) => Adjudication.Assess(card ?? Card, facts).Assessment!;
}

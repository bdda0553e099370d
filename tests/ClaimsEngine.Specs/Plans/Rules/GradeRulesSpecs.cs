namespace ClaimsEngine.Specs;

public class GradeRulesSpecs
{
    private static readonly PlanCard ByTheStandard = SampleCards.Disability(new GradeRule("jrt-0083-2013", Money.Yuan(40_000)));
    private static readonly PlanCard TotalOnly = SampleCards.Disability(new GradeRule("total-disability", Money.Yuan(30_000)));

    [Theory]
    [InlineData(1, "40000.00")]
    [InlineData(2, "36000.00")]
    [InlineData(3, "32000.00")]
    [InlineData(4, "28000.00")]
    [InlineData(5, "24000.00")]
    [InlineData(6, "20000.00")]
    [InlineData(7, "16000.00")]
    [InlineData(8, "12000.00")]
    [InlineData(9, "8000.00")]
    [InlineData(10, "4000.00")]
    public void Each_grade_of_the_standard_is_ten_points_less(int grade, string payable) =>
        Assert.Equal(payable, ByTheStandard.Pays(SampleFacts.Disability(grade)));

    [Fact]
    public void The_sum_and_the_share_of_it_are_two_steps()
    {
        var assessment = ByTheStandard.Assess(SampleFacts.Disability(4) with { Units = 2 });
        Assert.Equal(
        [
            new Step("benefits.disability", SampleCards.Clause, "2 × 40000.00", "80000.00",
                "The sum for disability is 40000.00 yuan a unit; with 2 unit(s) 80000.00 yuan.",
                "意外伤残保障金每份40000.00元，共2份，计80000.00元。"),
            new Step("benefits.disability.table", SampleCards.Clause, "80000.00 × 70 %", "56000.00",
                "Grade 4 is paid at 70 % by table jrt-0083-2013: 56000.00 yuan.", "伤残4级按jrt-0083-2013给付比例70%，计56000.00元。",
                Adds: Cny("56000.00")),
            new Step("payable", SampleCards.Clause, "56000.00", "56000.00", "Payable: 56000.00 yuan.", "应付56000.00元。"),
        ], assessment.Steps);
    }

    [Fact]
    public void A_fen_is_rounded_half_up()
    {
        var odd = SampleCards.Disability(new GradeRule("jrt-0083-2013", Cny("100.05")));
        Assert.Equal("90.05", odd.Pays(SampleFacts.Disability(2)));   // 90.045
        Assert.Equal("10.01", odd.Pays(SampleFacts.Disability(10)));   // 10.005
    }

    public static readonly TheoryData<string, int, string> Injuries = new()
    {
        { "5 leftHand, 7 rightLeg", 5, "the worst counts" },
        { "7 rightLeg, 5 leftHand", 5, "in whatever order" },
        { "5 leftHand, 5 rightLeg", 4, "two equal worst are one grade higher" },
        { "6 leftHand, 6 rightLeg, 6 eye", 5, "three equal worst too, and one grade only" },
        { "5 leftHand, 5 rightLeg, 9 eye", 4, "lesser ones change nothing" },
        { "1 leftHand, 1 rightLeg", 1, "grade 1 is not raised" },
        { "5 leftHand, 5 leftHand", 5, "the same part counts once" },
        { "8 leftHand, 3 leftHand, 3 eye", 2, "by its worst injury" },
        { "4 leftHand", 4, "one injury is its grade" },
    };

    [Theory]
    [MemberData(nameof(Injuries))]
    public void Several_injuries_make_one_grade(string injuries, int grade, string because)
    {
        var facts = SampleFacts.Disability([.. injuries.Split(", ").Select(injury => injury.Split(' '))
            .Select(words => new Injury(int.Parse(words[0]), words[1]))]);
        Assert.True(ByTheStandard.Pays(SampleFacts.Disability(grade)) == ByTheStandard.Pays(facts), because);
    }

    [Fact]
    public void How_injuries_were_combined_is_a_step_with_its_source()
    {
        var raised = ByTheStandard.Assess(SampleFacts.Disability(new Injury(5, "leftHand"), new Injury(5, "rightLeg")))
            .Step("benefits.disability.table.combining");
        Assert.Equal(("5, 5", "4", "The gravest injuries have grade 5 and there are several: one grade higher, grade 4."),
            (raised.Input, raised.Output, raised.Text));
        Assert.Contains("to be verified", raised.Clause);   // the table says that the rule is assumed
        var worst = ByTheStandard.Assess(SampleFacts.Disability(new Injury(8, "eye"), new Injury(5, "leftHand")))
            .Step("benefits.disability.table.combining");
        Assert.Equal(("5, 8", "Of several injuries the gravest counts: grade 5."), (worst.Input, worst.Text));
    }

    [Fact]
    public void A_table_that_does_not_say_how_to_combine_has_no_answer_for_two_parts()
    {
        TotalOnly.DoesNotPublish(SampleFacts.Disability(new Injury(1, "leftHand"), new Injury(1, "rightLeg")),
            "benefits.disability.table.combining");
        Assert.Equal("30000.00", TotalOnly.Pays(SampleFacts.Disability(new Injury(1, "leftHand"), new Injury(1, "leftHand"))));
    }

    [Fact]
    public void A_grade_that_the_table_does_not_name_is_paid_nothing()
    {
        Assert.Equal("30000.00", TotalOnly.Pays(SampleFacts.Disability(1)));
        var assessment = TotalOnly.Assess(SampleFacts.Disability(2));
        Assert.Equal("0.00", assessment.Amount.ToString());
        Assert.Equal("Table total-disability pays nothing for grade 2.", assessment.Step("benefits.disability.table").Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(11)]
    public void Without_a_grade_from_1_to_10_there_is_no_answer(int? grade) =>
        ByTheStandard.HasNoAnswer(SampleFacts.Of(IncidentKind.Disability) with { Grade = grade },
            Refuse.IncidentIncomplete, "incident.grade");

    [Fact]
    public void The_cover_tier_decides_the_sum()
    {
        var card = SampleCards.Disability(
            new GradeRule("jrt-0083-2013", null, new Dictionary<string, Money> { ["100"] = Money.Yuan(60_000) })) with
        {
            CoverTiers = [new CoverTier("100", new LocalName("100元档", "100-yuan tier")),
                new CoverTier("26", new LocalName("26元档", "26-yuan tier"))],
        };
        Assert.Equal("42000.00", card.Pays(SampleFacts.Disability(4)));
        card.DoesNotPublish(SampleFacts.Disability(4) with { CoverTier = "26" }, "benefits.disability.byCoverTier.26");
    }

    [Fact]
    public void A_sum_that_is_not_published_has_no_answer_though_its_table_is_known() =>
        (SampleCards.Disability(new GradeRule("jrt-0083-2013")) with { NotPublished = ["benefits.disability"] })
            .DoesNotPublish(SampleFacts.Disability(4), "benefits.disability");
}

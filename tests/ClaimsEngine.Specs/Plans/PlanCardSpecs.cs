namespace ClaimsEngine.Specs;

public class PlanCardSpecs
{
    private static readonly PlanCard Card = SampleCards.TenThousand();

    [Fact]
    public void Every_sample_card_is_sound_and_read_as_it_was_written()
    {
        foreach (var card in (PlanCard[])[SampleCards.TenThousand(), SampleCards.OverTheYear(), Samples.HospitalPlan])
        {
            var (read, faults) = CardReading.Read(card.Json());
            Assert.Empty(faults);
            Assert.True(JsonElement.DeepEquals(card.Json(), read!.Json()));
        }
    }

    [Fact]
    public void Assumed_is_what_stands_at_or_below_an_assumed_path()
    {
        var card = Card with { Assumed = [new Assumption("benefits", "made up"), new Assumption("waiting.1", "made up")] };
        Assert.True(card.IsAssumed("benefits"));
        Assert.True(card.IsAssumed("benefits.disability.table"));
        Assert.False(card.IsAssumed("benefitsOfOthers"));
        Assert.False(card.IsAssumed("prices"));
        Assert.True(card.IsAssumed("waiting.1.reducedPercent"));
        Assert.False(card.IsAssumed("waiting.10"));
        Assert.False(card.IsAssumed("waiting"));
        Assert.False(Card.IsAssumed("benefits"));
    }

    [Fact]
    public void The_first_cover_tier_is_taken_when_none_is_named()
    {
        var tiers = Card
            with { CoverTiers = [new CoverTier("100", new LocalName("甲", "a")), new CoverTier("26", new LocalName("乙", "b"))] };
        Assert.Equal(("100", "26"), (tiers.TierOf(null)!.Code, tiers.TierOf("26")!.Code));
        Assert.Null(tiers.TierOf("50"));
        Assert.Null(Card.TierOf(null));
        Assert.Null(Card.TierOf("100"));
    }

    [Theory]
    [InlineData("0.00", UnionLevel.District)]
    [InlineData("3000.00", UnionLevel.District)]
    [InlineData("3000.01", UnionLevel.City)]
    [InlineData("20000.00", UnionLevel.City)]
    [InlineData("20000.01", UnionLevel.National)]
    public void The_amount_decides_which_union_decides(string amount, UnionLevel level) =>
        Assert.Equal(level, (Card with
        {
            Review = [new ReviewLevel(UnionLevel.District, Money.Yuan(3_000)), new ReviewLevel(UnionLevel.City, Money.Yuan(20_000)),
                new ReviewLevel(UnionLevel.National)],
        }).LevelFor(Cny(amount)));

    [Fact]
    public void A_plan_without_review_levels_names_none() => Assert.Null(Card.LevelFor(Money.Yuan(1)));

    /// <summary>Tianjin 2019: men under 60, women under 55, women of senior rank under 60.</summary>
    [Theory]
    [InlineData(59, Sex.Male, false, true)]
    [InlineData(60, Sex.Male, false, false)]
    [InlineData(60, Sex.Male, true, false)]
    [InlineData(54, Sex.Female, false, true)]
    [InlineData(55, Sex.Female, false, false)]
    [InlineData(55, Sex.Female, true, true)]
    [InlineData(59, Sex.Female, true, true)]
    [InlineData(60, Sex.Female, true, false)]
    [InlineData(59, null, false, true)]    // where the sex is not told a rule for either may hold
    [InlineData(60, null, true, false)]
    public void Ages_differ_by_sex_and_rank(int age, Sex? sex, bool seniorRank, bool covered) => Assert.Equal(covered, new Eligibility(Ages:
    [
        new AgeRule(To: 59, Sex: Sex.Male), new AgeRule(To: 54, Sex: Sex.Female), new AgeRule(To: 59, Sex: Sex.Female, SeniorRank: true),
    ]).Covers(age, sex, seniorRank, renewing: false));

    /// <summary>Yunnan, 22nd period: 16 to under 55 at entry; older only who renews.</summary>
    [Theory]
    [InlineData(15, false, false)]
    [InlineData(16, false, true)]
    [InlineData(54, false, true)]
    [InlineData(55, false, false)]
    [InlineData(55, true, true)]
    [InlineData(90, true, true)]
    [InlineData(15, true, false)]
    public void Ages_differ_at_entry_and_at_renewal(int age, bool renewing, bool covered) => Assert.Equal(covered,
        new Eligibility(Ages: [new AgeRule(16, 54, Entry: EntryKind.New), new AgeRule(16, Entry: EntryKind.Renewal)])
            .Covers(age, Sex.Male, seniorRank: false, renewing));

    [Fact]
    public void What_names_no_age_occupation_or_region_asks_for_none()
    {
        var anybody = new Eligibility();
        Assert.True(anybody.Covers(120, Sex.Female, seniorRank: false, renewing: false));
        Assert.True(anybody.Covers(Occupation.Of("worker")));
        Assert.True(anybody.Covers(Lanzhou));
        var gansu = new Eligibility(Occupations: [Occupation.Of("courier")], Regions: [Gansu]);
        Assert.Equal((true, false), (gansu.Covers(Occupation.Of("courier")), gansu.Covers(Occupation.Of("worker"))));
        Assert.Equal((true, false), (gansu.Covers(Liangzhou), gansu.Covers(RegionCode.Of("610102"))));
    }

    [Fact]
    public void Every_grade_table_falls_with_the_grade_and_names_its_source()
    {
        Assert.Equal(["jrt-0083-2013", "total-disability"], GradeTable.All.Select(table => table.Code));
        Assert.All(GradeTable.All, table =>
        {
            Assert.NotEmpty(table.Source);
            var percents = Enumerable.Range(1, 10).Select(table.PercentFor).ToArray();
            Assert.Equal(100, percents[0]);
            Assert.Equal(percents.OrderByDescending(percent => percent ?? 0), percents);
        });
        Assert.Null(GradeTable.Find("none"));
    }

    [Fact]
    public void Every_illness_catalogue_names_no_more_classes_than_it_counts_and_none_twice()
    {
        Assert.Contains("cceia-womens-6", IllnessCatalogue.All.Select(catalogue => catalogue.Code));
        Assert.All(IllnessCatalogue.All, catalogue =>
        {
            Assert.NotEmpty(catalogue.Source);
            Assert.InRange(catalogue.Classes.Count, 0, catalogue.Count);
            Assert.Equal(catalogue.Classes.Count, catalogue.Classes.Select(known => known.Code).Distinct().Count());
        });
        Assert.True(IllnessCatalogue.Find("cceia-womens-6")!.IsComplete);
        Assert.False(IllnessCatalogue.Find("tianjin-critical-16")!.IsComplete);
        Assert.Null(IllnessCatalogue.Find("none"));
    }
}

namespace ClaimsEngine.Specs;

/// <summary>Which union level decides an amount: by the organiser's limits, which are data, and by the plan's own rule; the stricter
/// holds.</summary>
public class DecisionLevelSpecs
{
    private static readonly HandlingRules Rules = HandlingRules.For(Liangzhou, Today);

    [Theory]
    [InlineData("0.00", UnionLevel.District)]
    [InlineData("50000.00", UnionLevel.District)]
    [InlineData("50000.01", UnionLevel.City)]
    [InlineData("200000.00", UnionLevel.City)]
    [InlineData("200000.01", UnionLevel.Province)]
    [InlineData("1000000.00", UnionLevel.Province)]
    [InlineData("1000000.01", UnionLevel.National)]
    public void The_lowest_level_whose_limit_suffices_decides(string amount, UnionLevel level) =>
        Assert.Equal(level, Rules.LevelFor(Cny(amount)));

    [Fact]
    public void An_organiser_has_limits_of_its_own()
    {
        var strict = Rules with { Limits = new ApprovalLimits(Money.Yuan(1_000), Money.Yuan(5_000), Money.Yuan(100_000)) };
        Assert.Equal(UnionLevel.National, Assess(strict).DecisionLevel);
        Assert.Equal(UnionLevel.City, Assess(Rules).DecisionLevel);   // 120,000 yuan
    }

    [Theory]
    [InlineData(UnionLevel.District, UnionLevel.City)]
    [InlineData(UnionLevel.City, UnionLevel.City)]
    [InlineData(UnionLevel.Province, UnionLevel.Province)]
    public void The_plans_own_level_holds_where_it_is_higher(UnionLevel ofPlan, UnionLevel decides)
    {
        var card = ACard(card => card["review"] = new JsonArray(new JsonObject { ["level"] = $"{ofPlan}".ToLowerInvariant() }));
        var assessed = Assess(Rules, APlanWith(card).Version(1)!);
        Assert.Equal((ofPlan, decides), (assessed.ReviewLevel, assessed.DecisionLevel));
    }

    [Fact]
    public void A_refusal_over_the_limit_names_the_level_that_may()
    {
        var refused = ApproveClaimHandler.Handle(new ApproveClaim(TheClaim, Money.Yuan(120_000), "材料齐全"),
            new(AnAssessedClaim(), AnEnrolledTruckDriver(), null, TheRules()), [ThePayout],
            Approver with { Region = Liangzhou, ApprovalLimit = Rules.Limits.For(Liangzhou) }, Today).IsRefused(Refuse.OverLimit, "amount");
        Assert.Contains("the city union or above", refused.Detail);
    }

    [Fact]
    public void The_board_says_which_level_decides_until_the_claim_is_assessed_anew()
    {
        var row = Row(Submitted(), Assess(Rules));
        Assert.Equal(UnionLevel.City, row.DecisionLevel);
        Assert.Null(Row(Submitted(), Assess(Rules), TheRefusal, TheAppeal,
            new RefusalReversed("鉴定结论成立", Deadline.For(ClaimStep.Assessment, Liangzhou, Today), Approver.Id)).DecisionLevel);
    }

    [Fact]
    public void Every_file_of_rules_has_rising_limits_and_shares_within_a_thousand() => Assert.All(HandlingRules.All, rules =>
    {
        Assert.True(Money.Zero < rules.Limits.District && rules.Limits.District <= rules.Limits.City
            && rules.Limits.City <= rules.Limits.Province, rules.Name);
        Assert.All(rules.Reviews ?? [], review => Assert.InRange(review.Count, 1, 5));
        if (rules.Sampling is not { } sampling) return;
        Assert.NotEmpty(sampling.Key);
        Assert.All([sampling.Share, .. (sampling.Risk ?? []).Select(risk => risk.Share)], share => Assert.InRange(share, 0, Draw.All));
        Assert.All(sampling.Risk ?? [], risk => Assert.Single(
            (bool[])[risk.Flag is not null, risk.Over is not null, risk.StraightThrough], says => says));
    });

    private static ClaimAssessed Assess(HandlingRules rules, PlanVersion? version = null) => AssessClaimHandler.Handle(
        new AssessClaim(TheClaim), new(AClaimWithAllPapers(), AnEnrolledTruckDriver(), null, version ?? TheRules(), rules), Assessor, Today)
        .The<ClaimAssessed>();

    private static ClaimRow Row(params object[] events) => events.Select((data, i) =>
        World.Recorded(data, TheClaim.Value, Claim.StreamType, i + 1, Instant.FromUtc(2025, 11, 20, 4, 0)))
        .Aggregate((ClaimRow?)null, ClaimBoard.Evolve)!;
}

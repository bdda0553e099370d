namespace ClaimsEngine.Specs;

public class HandlingRulesSpecs
{
    [Theory]
    [InlineData("620602", "default/1")]
    [InlineData("15", "15/1")]
    [InlineData("150123", "15/1")]
    [InlineData("110105", "11/1")]
    [InlineData("", "default/1")]
    public void The_rules_of_the_nearest_organiser_hold(string region, string rules) =>
        Assert.Equal(rules, HandlingRules.For(RegionCode.Of(region), Today).Name);

    [Fact]
    public void A_deadline_says_by_which_rules_and_working_days_it_was_reckoned() =>
        Assert.Equal(new Deadline(ClaimStep.Assessment, Day("2026-02-27"), "15/1", "cn-2026/1"),
            Deadline.For(ClaimStep.Assessment, RegionCode.Of("150123"), Day("2026-02-13")));   // the Spring Festival lies between

    [Fact]
    public void What_is_left_of_a_deadline_ends_on_the_same_day_when_the_clock_did_not_stand_still()
    {
        foreach (var step in Enum.GetValues<ClaimStep>())
        {
            var deadline = Deadline.For(step, Liangzhou, Today);
            for (var day = Today; day <= deadline.DueOn; day = day.PlusDays(1))
                Assert.Equal(deadline.DueOn, Deadline.For(step, Liangzhou, day, deadline.Left(Liangzhou, day)).DueOn);
            Assert.Equal(0, deadline.Left(Liangzhou, deadline.DueOn.PlusDays(9)));
        }
    }

    [Fact]
    public void A_file_may_say_all_that_an_organiser_sets()
    {
        var file = Repository.Json(Repository.Seeds("handling", "default.v1.json")).AsObject();
        file["limits"] = JsonNode.Parse("""{ "district": "1.00", "city": "2.00", "province": "3.00" }""");
        file["reviews"] = JsonNode.Parse("""[{ "from": "100.00", "count": 2 }]""");
        file["submitAssess"] = JsonNode.Parse("""{ "exemptUpTo": "5000.00" }""");
        file["sampling"] = JsonNode.Parse("""
            {
              "key": "k", "share": 20,
              "risk": [{ "flag": "four-eyes-exempt", "share": 1 }, { "over": "7.00", "share": 2 }, { "straightThrough": true, "share": 3 }]
            }
            """);
        var rules = file.Deserialize<HandlingRules>(ClaimsJson.Options)!;
        Assert.Equal(UnionLevel.City, rules.LevelFor(Cny("1.01")));
        Assert.Equal(2, rules.ReviewsFor(Cny("100.00")));
        Assert.Equal(Cny("5000.00"), rules.SubmitAssess!.ExemptUpTo);
        Assert.Equal(("k", 20), (rules.Sampling!.Key, rules.Sampling.Share));
        Assert.Equal(
            [new RiskShare(1, "four-eyes-exempt"), new RiskShare(2, Over: Cny("7.00")), new RiskShare(3, StraightThrough: true)],
            rules.Sampling.Risk!);
        file["submitAssess"] = new JsonObject();   // two people, without any exception
        Assert.Equal(new StepsApart(), file.Deserialize<HandlingRules>(ClaimsJson.Options)!.SubmitAssess);
    }

    [Fact]
    public void Every_file_of_rules_has_limits_and_says_where_they_come_from() => Assert.All(HandlingRules.All, rules =>
    {
        Assert.All(Enum.GetValues<ClaimStep>(), step => Assert.InRange(rules.LimitOf(step).Days, 1, 365));
        Assert.InRange(rules.Appeal.Days, 1, 365);
        Assert.All([null, .. Enum.GetValues<IncidentKind>().Cast<IncidentKind?>()],
            kind => Assert.InRange(rules.Payment!.For(kind).Days, 1, 365));
        Assert.NotEmpty(rules.Sources.Concat(rules.Assumed));
        if (rules.OneClick is not { } oneClick) return;
        Assert.InRange(oneClick.Limit.Fen, 1, rules.Limits.District.Fen);
        Assert.Contains("insuranceSettlement", oneClick.Replaces);
    });
}

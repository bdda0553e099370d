using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What testing from outside found about claims, quotes and cards: each answer as it comes over HTTP.</summary>
public sealed class RefusedAnywayTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_stay_of_1_to_5_January_is_4_days_and_the_quote_says_by_which_rule()
    {
        var quote = (await Officer.Post("/api/plans/zhongshan-2019-hospital-days/quotes", """
            {"incident":{"kind":"hospitalDays","date":"2025-01-01","admissions":[{"admitted":"2025-01-01","discharged":"2025-01-05"}]}}
            """)).Is(200);
        Assert.Equal(("240.00", "plan-rules/2"), (quote.Text("payable"), quote.Text("interpreter")));
        var reading = Assert.Single(quote["readings"]!.AsArray(), one => (string)one!["path"]! == "benefits.hospitalDays.days")!;
        Assert.Contains("国家住院病案首页填写说明", (string)reading["sources"]![0]!);
    }

    [Theory]
    [InlineData("zhongshan-2019-hospital", "hospitalisation", null)]
    [InlineData("henan-2024-truck-drivers", "accidentMedical", 2)]
    public async Task A_quote_asks_for_what_lies_in_scope_where_the_plan_pays_on_it(string plan, string kind, int? grade) =>
        (await Officer.Post($"/api/plans/{plan}/quotes", new { incident = new { kind, date = "2025-06-01", admissions = new[]
            { new { admitted = "2025-06-01", discharged = "2025-06-05", hospitalGrade = grade ?? 3, ownShare = "1000.00" } } } }))
            .IsProblemOf(422, "incident-incomplete", "incident.admissions.0.inScope");

    [Fact]
    public async Task A_quote_says_that_an_own_share_was_counted_whole()
    {
        var quote = (await Officer.Post("/api/plans/hubei-2025-hospital/quotes", """
            {"incident":{"kind":"hospitalisation","date":"2025-06-01",
             "admissions":[{"admitted":"2025-06-01","discharged":"2025-06-05","ownShare":"1733.84"}]}}
            """)).Is(200);
        Assert.Equal("1213.69", quote.Text("payable"));
        Assert.Contains("benefits.hospitalisation.base", quote["notChecked"]!.AsArray().Select(rule => (string)rule!["rule"]!));
        Assert.True((bool)quote["steps"]![0]!["assumed"]!);
    }

    [Fact]
    public async Task Tianjins_other_illness_is_asked_for_its_admission() =>
        (await Officer.Post("/api/plans/tianjin-2019-critical-illness/quotes", """
            {"incident":{"kind":"criticalIllness","date":"2025-03-10","illness":"other"},"enrolment":{"coverFrom":"2025-03-01"}}
            """)).IsProblemOf(422, "incident-incomplete", "incident.admissions");

    [Fact]
    public async Task A_claim_with_a_circumstance_that_the_plan_does_not_know_is_refused_when_it_is_submitted()
    {
        var made = await Enrolled();
        var claim = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Sample.Claim(made.Enrolment, made.Person)))!;
        claim["incident"]!["circumstances"] = new JsonArray("flood");
        await Refused(() => Officer.Post("/api/claims", claim.ToJsonString()), 422, "unknown-circumstance", "incident.circumstances");
    }

    [Fact]
    public async Task An_approved_claim_is_not_approved_again_by_who_submitted_it_nor_beyond_a_limit()
    {
        var made = await Approved();
        var again = new { amount = made.Amount, reason = "again" };
        await Refused(() => Api.As("wang", "approver", "62").Do($"/api/claims/{made.Claim}/approval", again), 403, "four-eyes");
        await Refused(() => Api.As("chen", "approver", "62").Do($"/api/claims/{made.Claim}/approval", again), 403, "four-eyes");
        await Refused(() => Api.As("sun-of-the-district", "approver", "620602").Do($"/api/claims/{made.Claim}/approval", again), 403,
            "over-approval-limit", "amount");
        await ChangesNothing(() => Approver.Do($"/api/claims/{made.Claim}/approval", again));
    }

    [Fact]
    public async Task A_card_whose_claim_window_has_no_end_is_not_published()
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Cards.Version()))!;
        body["card"]!["claimWindow"] = new JsonObject { ["applicationMonths"] = int.MaxValue };
        await Refused(() => PlanAdmin.Put($"/api/plans/{Sample.NewCode("plan")}/versions/1", body.ToJsonString()), 422,
            "invalid-plan-card", "card.claimWindow.applicationMonths");
    }

    [Fact]
    public async Task Of_18500_admissions_only_their_number_is_told_and_of_as_many_faults_100()
    {
        static string Asked(string admission) =>
            """{"incident":{"kind":"hospitalDays","date":"2025-01-01","admissions":["""
            + string.Join(',', Enumerable.Repeat(admission, 18_500)) + "]}}";
        var tooMany = (await Officer.Post("/api/plans/zhongshan-2019-hospital-days/quotes",
            Asked("""{"admitted":"2025-01-02","discharged":"2025-01-01"}"""))).IsProblemOf(422, "invalid-request", "incident.admissions");
        Assert.Equal(["incident.admissions"], tooMany.Fields);
        Assert.Equal(100, (await Officer.Post("/api/plans/zhongshan-2019-hospital-days/quotes", Asked("""{"admitted":1}""")))
            .IsProblemOf(422, "invalid-request").Json!["errors"]!.AsObject().Sum(field => field.Value!.AsArray().Count));
        Assert.Equal(100, (await Officer.Post("/api/plans/zhongshan-2019-hospital-days/quotes", Asked("\"\\u0000\"")))
            .IsProblemOf(422, "invalid-request").Json!["errors"]!.AsObject().Sum(field => field.Value!.AsArray().Count));
    }

    /// <summary>The attempts of an officer of Liangzhou on a number that stands on record in Lanzhou, and on one that does not.</summary>
    [Fact]
    public async Task A_claim_that_is_refused_anyway_does_not_tell_whether_its_claimant_is_on_record()
    {
        var known = (await Enrolled(region: "620102")).Person;
        var made = await Submitted();
        async Task<string> Answer(Sample.Person guessed, string holder, string date)
        {
            var claim = Sample.Claim(made.Enrolment, guessed with { Name = "猜样例" }, relation: "child", holder: holder, date: date);
            var (status, code) = holder == made.Person.Name ? (409, "duplicate-claim") : (422, "account-not-own");
            return (await Refused(() => Officer.Post("/api/claims", claim), status, code)).Text("detail");
        }
        foreach (var (holder, date) in new[] { ("别人样例", "2025-10-21"), (made.Person.Name, "2025-10-20") })
            Assert.Equal(await Answer(Sample.NewPerson(), holder, date), await Answer(known, holder, date));
    }
}

using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Quotes over HTTP: the calculation of an assessment for whoever asks, and nothing stored.</summary>
public sealed class QuoteTests(ApiFixture api) : ApiTest(api)
{
    private const string Zhangjiajie = "/api/plans/zhangjiajie-2014-hospital/quotes";

    public static TheoryData<string> Plans =>
    [
        "gansu-2025-new-employment", "gansu-2022-new-employment", "zhangjiajie-2014-hospital", "yunnan-2011-hospital",
        "weihai-2013-hospital", "fuzhou-2012-hospital", "zhongshan-2019-hospital", "hubei-2025-hospital",
        "hubei-2025-critical-illness", "beijing-2011-hospital-days", "zhongshan-2019-hospital-days",
        "tianjin-2019-critical-illness", "binzhou-2015-womens-illness", "yinjian-2018-womens-illness", "sichuan-2020-hospital",
        "sichuan-2020-accident", "sichuan-2020-critical-illness", "shanghai-2006-accident", "shanghai-2019-basic-b",
        "henan-2024-truck-drivers", "qingdao-2025-new-employment", "cceia-2011-accident", "hohhot-2025-hospital",
        "hohhot-2025-xinkang",
    ];

    [Theory, MemberData(nameof(Plans))]
    public async Task Every_benefit_of_every_plan_answers_with_steps_that_make_the_amount_or_names_what_is_not_published(string plan)
    {
        var card = (await Officer.Get($"/api/plans/{plan}")).Is(200)["versions"]!.AsArray()[^1]!;
        var date = (string)card["effectiveFrom"]!;
        var notPublished = card["notPublished"]!.AsArray().Select(path => path!.GetValue<string>()).ToArray();
        foreach (var benefit in card["card"]!["benefits"]!.AsArray())
        {
            var kind = (string)benefit!["kind"]!;
            var reply = await Officer.Post($"/api/plans/{plan}/quotes", new JsonObject
            {
                ["enrolment"] = new JsonObject { ["units"] = 1, ["coverFrom"] = date, ["firstCoverFrom"] = Years(date, -2) },
                ["incident"] = Incident(kind, date, card["card"]!, benefit),
            });
            if (reply.Status == 200)
            {
                var steps = reply["steps"]!.AsArray();
                Assert.NotEmpty(steps);
                Assert.Equal(reply.Text("payable"), (string)steps[^1]!["output"]!);
                Assert.Equal(reply.Text("payable"),
                    Money.Sum(steps.Where(step => step!["adds"] is not null).Select(step => Yuan((string)step!["adds"]!))).ToString());
                Assert.All(steps, step => Assert.All((string[])["rule", "clause", "input", "output", "text", "textZh"],
                    member => Assert.NotEmpty((string)step![member]!)));
                Assert.StartsWith("sha256:", reply.Text("ruleHash"));
                Assert.NotEmpty(reply["documents"]!.AsArray());
            }
            else
            {
                reply.IsProblemOf(422, "not-published");
                Assert.Contains(reply.Fields, field => notPublished.Any(path => field.StartsWith(path, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task The_published_example_of_Hubei_2025_comes_out_to_the_fen()
    {
        var reply = (await Officer.Post("/api/plans/hubei-2025-hospital/quotes", """
            {"enrolment":{"units":1,"coverFrom":"2025-01-01","coverTo":"2025-12-31"},
             "incident":{"kind":"hospitalisation","date":"2025-03-01","admissions":[
               {"admitted":"2025-03-01","discharged":"2025-03-09","hospitalGrade":3,
                "total":"9000.00","inScope":"8000.00","ownShare":"1733.84"}]},
             "used":{"amount":"0.00","days":0,"admissions":0,"deductible":"0.00"}}
            """)).Is(200);
        Assert.Equal(("1213.69", 1), (reply.Text("payable"), (int)reply["planVersion"]!));
    }

    [Fact]
    public async Task The_version_is_the_one_that_binds_cover_of_that_day_unless_another_is_asked_for()
    {
        Task<Reply> Ask(string from, string query = "") => Officer.Post($"/api/plans/fuzhou-2012-hospital/quotes{query}", $$$"""
            {"enrolment":{"coverFrom":"{{{from}}}"},
             "incident":{"kind":"hospitalisation","date":"{{{from}}}","admissions":[
               {"admitted":"{{{from}}}","discharged":"{{{from}}}","total":"10000.00","ownShare":"3000.00"}]}}
            """);
        Assert.Equal("1000.00", (await Ask("2011-12-31")).Is(200).Text("payable"));
        Assert.Equal("1300.00", (await Ask("2012-01-01")).Is(200).Text("payable"));
        Assert.Equal("1000.00", (await Ask("2012-01-01", "?version=1")).Is(200).Text("payable"));
        (await Ask("2009-12-31")).IsProblemOf(422, "plan-not-effective", "enrolment.coverFrom");
        (await Ask("2012-01-01", "?version=9")).IsProblemOf(422, "plan-not-effective");
    }

    [Fact]
    public async Task Facts_that_contradict_each_other_are_refused_field_by_field_all_at_once()
    {
        var reply = (await Officer.Post(Zhangjiajie, """
            {"enrolment":{"units":0,"coverFrom":"2014-03-01","coverTo":"2014-02-01","firstCoverFrom":"2014-05-01","birthDate":"2014-06-01"},
             "incident":{"kind":"hospitalisation","date":"2014-03-05","grade":3,"diagnosedOn":"2013-01-01","admissions":[
               {"admitted":"2014-03-05","discharged":"2014-03-01","hospitalGrade":4,
                "total":"100.00","inScope":"200.00","ownShare":"300.00"},
               {"admitted":"2014-04-01","discharged":"2014-04-10","ownShare":"-1.00"},
               {"admitted":"2014-04-09","discharged":"2014-04-12","ownShare":"1.00"}]},
             "used":{"amount":"-1.00","days":-1}}
            """)).IsProblemOf(422, "invalid-request");
        Assert.Equal(
        [
            "enrolment.birthDate", "enrolment.coverTo", "enrolment.firstCoverFrom", "enrolment.units",
            "incident.admissions.0.admitted", "incident.admissions.0.discharged", "incident.admissions.0.hospitalGrade",
            "incident.admissions.0.inScope", "incident.admissions.0.ownShare",
            "incident.admissions.1.admitted", "incident.admissions.1.ownShare",
            "incident.admissions.2.admitted",
            "incident.date", "incident.diagnosedOn", "incident.grade",
            "used.amount", "used.days",
        ], reply.Fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}", "incident")]
    [InlineData("""{"incident":{"date":"2014-03-05"}}""", "incident.kind")]
    [InlineData("""{"incident":{"kind":"flood","date":"2014-03-05"}}""", "incident.kind")]
    [InlineData("""{"incident":{"kind":"hospitalisation","date":"2014-02-30"}}""", "incident.date")]
    [InlineData("""{"incident":{"kind":"hospitalisation","date":"2014-03-05","ownShare":"1.00"}}""", "incident.ownShare")]
    [InlineData("""
        {"incident":{"kind":"hospitalisation","date":"2014-03-05","admissions":[
          {"admitted":"2014-03-05","discharged":"2014-03-06","ownShare":1}]}}
        """, "incident.admissions.0.ownShare")]
    [InlineData("""
        {"incident":{"kind":"hospitalisation","date":"2014-03-05"},"enrolment":{"occupation":"astronaut"}}
        """, "enrolment.occupation")]
    [InlineData("""{"incident":{"kind":"hospitalisation","date":"2014-03-05"},"enrolment":{"coverTier":"gold"}}""", "enrolment.coverTier")]
    [InlineData("""
        {"incident":{"kind":"hospitalisation","date":"2014-03-05"},"used":{"benefits":{"flood":"1.00"}}}
        """, "used.benefits.flood")]
    [InlineData("""{"incident":{"kind":"hospitalisation","date":"2014-03-05"},"used":{"admissions":2147483647}}""", "used.admissions")]
    [InlineData("""{"incident":{"kind":"hospitalisation","date":"2014-03-05"},"used":{"days":2147483647}}""", "used.days")]
    public async Task A_shape_that_is_wrong_names_its_field(string body, string field) =>
        (await Officer.Post(Zhangjiajie, body)).IsProblemOf(422, "invalid-request", field);

    [Fact]
    public async Task A_fact_that_the_rule_reads_and_nobody_told_is_asked_for()
    {
        const string stay = """{"incident":{"kind":"hospitalisation","date":"2014-03-05"}}""";
        const string death = """{"incident":{"kind":"accidentDeath","date":"2014-03-05"}}""";
        (await Officer.Post(Zhangjiajie, stay)).IsProblemOf(422, "incident-incomplete", "incident.admissions");
        (await Officer.Post(Zhangjiajie, AStay("total", "5.00"))).IsProblemOf(422, "incident-incomplete", "incident.admissions.0.ownShare");
        (await Officer.Post(Zhangjiajie, death)).IsProblemOf(422, "benefit-not-covered", "incident.kind");
    }

    [Fact]
    public async Task What_was_not_told_is_named_as_not_checked()
    {
        const string path = "/api/plans/henan-2024-truck-drivers/quotes", death = """{"kind":"accidentDeath","date":"2024-09-01"}""";
        var reply = (await Officer.Post(path, $$"""{"incident":{{death}}}""")).Is(200);
        Assert.Equal("40000.00", reply.Text("payable"));
        Assert.Contains(reply["notChecked"]!.AsArray(), rule => (string)rule!["rule"]! == "eligibility.occupations");
        (await Officer.Post(path, $$"""{"enrolment":{"occupation":"courier"},"incident":{{death}}}"""))
            .IsProblemOf(422, "occupation-not-covered", "enrolment.occupation");
    }

    [Fact]
    public async Task A_quote_stores_nothing_and_is_for_every_role_but_not_for_nobody()
    {
        var body = AStay("ownShare", "7333.33");
        var before = await Api.Ledger();
        foreach (var role in Enum.GetValues<Role>())
        {
            var by = Api.As($"asks-as-{role}", RoleNames.Name(role));
            Assert.Equal("3416.67", (await by.Post(Zhangjiajie, body, key: "a-quote-needs-none")).Is(200).Text("payable"));
        }
        (await Api.Anonymous.Post(Zhangjiajie, body)).IsProblemOf(401, "unauthenticated");
        (await Officer.Post("/api/plans/no-such-plan/quotes", body)).IsProblemOf(404, "not-found");
        (await Officer.Post(Zhangjiajie + "?vresion=1", body)).IsProblemOf(422, "invalid-request", "vresion");
        Assert.Equal(before, await Api.Ledger());
    }

    [Fact]
    public async Task Amounts_too_large_to_reckon_with_are_refused_and_the_largest_are_not()
    {
        Assert.Equal("50000.00", (await Officer.Post(Zhangjiajie, AStay("ownShare", "9999999999999.99"))).Is(200).Text("payable"));
        (await Officer.Post(Zhangjiajie, AStay("ownShare", "99999999999999.99")))
            .IsProblemOf(422, "invalid-request", "incident.admissions.0.ownShare");
        (await Officer.Post("/api/plans/gansu-2025-new-employment/quotes",
            """{"incident":{"kind":"disability","date":"2025-03-05","grade":1},"used":{"amount":"9999999999999.99"}}""")).Is(200);
    }

    [Fact]
    public async Task The_schema_of_a_card_is_served()
    {
        var reply = (await PlanAdmin.Get("/api/plans/card-schema")).Is(200);
        Assert.Equal("application/schema+json", reply.MediaType);
        Assert.Equal(ClaimsEngine.Plans.PlanCardSchema.Text, reply.Body);
    }

    private static JsonObject Incident(string kind, string date, JsonNode card, JsonNode benefit)
    {
        var incident = new JsonObject { ["kind"] = kind, ["date"] = date };
        if (kind is "hospitalisation" or "hospitalDays" or "accidentMedical" or "criticalIllness")
            incident["admissions"] = new JsonArray(new JsonObject
            {
                ["admitted"] = date, ["discharged"] = Days(date, 9), ["hospitalGrade"] = 3,
                ["total"] = "40000.00", ["inScope"] = "30000.00", ["ownShare"] = "20000.00",
            });
        if (kind == "disability") incident["grade"] = 1;
        if (kind is not ("criticalIllness" or "womensIllness")) return incident;
        (incident["severity"], incident["diagnosedOn"]) = ("severe", date);
        if (benefit["illness"]?["catalogue"] is not { } catalogue) return incident;
        var classes = ClaimsEngine.Plans.IllnessCatalogue.Find(catalogue.GetValue<string>())!.Classes;
        if (classes.FirstOrDefault() is { } first) incident["illness"] = first.Code;
        return incident;
    }

    private static string Days(string date, int days) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value.PlusDays(days).ToString("uuuu-MM-dd", null);

    private static string Years(string date, int years) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value.PlusYears(years).ToString("uuuu-MM-dd", null);

    private static Money Yuan(string text) =>
        Money.TryParse(text, out var amount, out var error) ? amount : throw new FormatException(error);

    /// <summary>A question about a stay in hospital of which one amount is told.</summary>
    private static string AStay(string member, string amount) => $$$"""
        {"incident":{"kind":"hospitalisation","date":"2014-03-05","admissions":[
          {"admitted":"2014-03-05","discharged":"2014-03-06","{{{member}}}":"{{{amount}}}"}]}}
        """;
}

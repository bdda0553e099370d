using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What-ifs over HTTP: every decided claim of a plan and period under a draft card, without side effects.</summary>
public sealed class WhatIfTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_draft_that_halves_the_sums_shows_the_difference_in_total_by_region_and_claim_by_claim()
    {
        var plan = await PublishedPlan();
        var programme = await OpenProgramme(plan: plan);
        var grave = await Approved(programme, grade: 1);
        var light = await Approved(programme, grade: 5);
        var refused = await Assessed(programme, grade: 3, region: "620102");
        (await Approver.Do($"/api/claims/{refused.Claim}/refusal", new { reason = "sample" })).Is(200);
        var open = await Assessed(programme, grade: 2);
        await Projected();

        var before = await Api.Ledger();
        var done = await Run(Auditor, new { plan, card = Card("60000.00"), from = "2020-01-01", to = "2099-12-31" });
        Assert.Equal(before, await Api.Ledger());

        var total = done["totals"]!;
        Assert.Equal((3, 2, 1, 0), ((int)total["claims"]!, (int)total["changed"]!, (int)total["kept"]!, (int)total["unanswered"]!));
        Assert.Equal(("192000.00", "96000.00", "-96000.00"),
            ((string)total["before"]!, (string)total["after"]!, (string)total["difference"]!));
        Assert.Equal(["620102", "620602"], done["regions"]!.AsArray().Select(region => (string)region!["region"]!));
        Assert.Equal("-96000.00", (string)done["regions"]![1]!["totals"]!["difference"]!);
        Assert.Contains(done["differences"]!.AsArray(), difference => (string)difference!["path"]! == "benefits.1.byGrade.perUnit");

        var csv = await Auditor.Get($"/api/audit/what-ifs/{done.Text("id")}", accept: "text/csv");
        Assert.Equal(200, csv.Status);
        var numbers = new Dictionary<Case, string>();
        foreach (var made in new[] { grave, light, refused, open })
            numbers[made] = (await Auditor.Get($"/api/claims/{made.Claim}")).Is(200).Text("number");
        var lines = csv.Body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.StartsWith(numbers[grave], StringComparison.Ordinal)
            && line.Contains(",120000.00,60000.00,-60000.00,"));
        Assert.Contains(lines, line => line.StartsWith(numbers[light], StringComparison.Ordinal)
            && line.Contains(",72000.00,36000.00,-36000.00,"));
        Assert.Contains(lines, line =>
            line.StartsWith(numbers[refused], StringComparison.Ordinal) && line.EndsWith(",0.00,0.00,0.00,kept", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith(numbers[open], StringComparison.Ordinal));
        foreach (var made in new[] { grave, light, refused }) Assert.DoesNotContain(made.Person.Name, csv.Body);

    }

    [Fact]
    public async Task Under_its_own_version_nothing_differs_and_a_period_without_decisions_is_empty()
    {
        var plan = await PublishedPlan();
        var programme = await OpenProgramme(plan: plan);
        await Approved(programme, grade: 4);
        await Projected();
        var same = (await Run(Auditor, new { plan, version = 1, from = "2020-01-01", to = "2099-12-31" }))["totals"]!;
        Assert.Equal((1, 0, "0.00"), ((int)same["claims"]!, (int)same["changed"]!, (string)same["difference"]!));
        Assert.Equal(0, (int)(await Run(Auditor, new { plan, version = 1, from = "2020-01-01", to = "2020-12-31" }))["totals"]!["claims"]!);
    }

    [Fact]
    public async Task An_auditor_of_a_city_reckons_with_its_claims_only()
    {
        var plan = await PublishedPlan();
        var programme = await OpenProgramme(plan: plan);
        await Approved(programme, grade: 1);
        await Approved(programme, grade: 1, region: "620102");
        await Projected();
        var ofLanzhou = Api.As("auditor-of-lanzhou", "auditor", "6201");
        var done = await Run(ofLanzhou, new { plan, card = Card("60000.00"), from = "2020-01-01", to = "2099-12-31" });
        Assert.Equal((1, "-60000.00"), ((int)done["totals"]!["claims"]!, (string)done["totals"]!["difference"]!));
        (await Api.As("auditor-of-wuwei", "auditor", "6206").Get($"/api/audit/what-ifs/{done.Text("id")}")).IsProblemOf(404, "not-found");
        (await ofLanzhou.Post("/api/audit/what-ifs", new { plan, version = 1, from = "2020-01-01", to = "2099-12-31", region = "6206" }))
            .IsProblemOf(403, "outside-region", "region");
    }

    [Fact]
    public async Task What_cannot_be_run_is_refused_before_it_starts()
    {
        var bad = Card("60000.00");
        bad["benefits"]![1]!["byGrade"]!["table"] = "no-such-table";
        var plan = Sample.SeededPlan;
        (await Auditor.Post("/api/audit/what-ifs", new { plan, card = bad, from = "2025-01-01", to = "2025-12-31" }))
            .IsProblemOf(422, "invalid-plan-card", "card.benefits.1.byGrade.table");
        (await Auditor.Post("/api/audit/what-ifs", new { plan, card = Card("1.00"), from = "2025-01-02", to = "2025-01-01" }))
            .IsProblemOf(422, "invalid-request", "to");
        (await Auditor.Post("/api/audit/what-ifs", new { plan, from = "2025-01-01", to = "2025-12-31" }))
            .IsProblemOf(422, "invalid-request", "card");
        (await Auditor.Post("/api/audit/what-ifs", new { plan, version = 99, from = "2025-01-01", to = "2025-12-31" }))
            .IsProblemOf(422, "invalid-request", "version");
        (await Auditor.Post("/api/audit/what-ifs", new { plan = "no-such-plan", version = 1, from = "2025-01-01", to = "2025-12-31" }))
            .IsProblemOf(422, "unknown-plan", "plan");
        (await Officer.Post("/api/audit/what-ifs", new { plan, version = 1, from = "2025-01-01", to = "2025-12-31" }))
            .IsProblemOf(403, "role-missing");
    }

    /// <summary>The seeded card with another sum for each benefit.</summary>
    private static JsonObject Card(string perUnit)
    {
        var seeded = Host.Seeding.SeedFiles.Plans.First(plan => plan.Code == Sample.SeededPlan).Card;
        var card = System.Text.Json.JsonSerializer.SerializeToNode(seeded)!.AsObject();
        card["benefits"]![0]!["lumpSum"]!["perUnit"] = perUnit;
        card["benefits"]![1]!["byGrade"]!["perUnit"] = perUnit;
        return card;
    }

    private async Task<string> PublishedPlan()
    {
        var code = Sample.NewCode("plan-of-what-if");
        var body = new JsonObject { ["effectiveFrom"] = "2025-01-01", ["card"] = Card("120000.00") };
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", body)).Is(201);
        (await Api.As("second-plan-admin", "plan-admin", "").Do($"/api/plans/{code}/versions/1/confirmation")).Is(200);
        return code;
    }

    /// <summary>Waits until the board of claims holds everything that was recorded.</summary>
    private async Task Projected()
    {
        var position = await LastPosition();
        (await Auditor.Get("/api/claims?limit=1", minPosition: position)).Is(200);
    }

    private async Task<Reply> Run(Caller by, object body)
    {
        var ended = await by.Ended(await by.Post("/api/audit/what-ifs", body));
        Assert.True(ended.Text("status") == "done", ended.ToString());
        return ended;
    }
}

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Everything of a claim in one answer.</summary>
public sealed class ClaimCaseTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task One_answer_holds_facts_certificate_papers_clock_steps_history_and_money()
    {
        var made = await Approved();
        var shown = await Case(Officer, made.Claim);
        Assert.Equal(made.Claim, (string)shown["claim"]!["id"]!);
        Assert.Equal("approved", (string)shown["claim"]!["status"]!);
        Assert.NotEmpty(shown["claim"]!["steps"]!.AsArray());
        Assert.Equal(made.Enrolment, (string)shown["certificate"]!["id"]!);
        Assert.Equal((Sample.SeededPlan, 1), ((string)shown["plan"]!["code"]!, (int)shown["plan"]!["version"]!));
        Assert.StartsWith("assumed: disability", (string)shown["plan"]!["clause"]!, StringComparison.Ordinal);
        Assert.Equal(Sample.DisabilityDocuments, shown["papers"]!.AsArray().Select(paper => (string)paper!["kind"]!));
        Assert.All(shown["papers"]!.AsArray(), paper => Assert.Equal((true, false, 1),
            ((bool)paper!["required"]!, (bool)paper["missing"]!, paper["files"]!.AsArray().Count)));
        Assert.Equal(
            ["claim_submitted", .. Enumerable.Repeat("document_received", 4), "claim_assessed", "claim_approved"],
            shown["history"]!.AsArray().Select(entry => (string)entry!["type"]!));
        var approval = shown["history"]!.AsArray()[^1]!;
        Assert.Equal(("li", $"Approved: {made.Amount} yuan.", $"批准给付{made.Amount}元。", "sample"), (
            (string)approval["by"]!, (string)approval["text"]!, (string)approval["textZh"]!, (string)approval["reason"]!));
        var payout = Assert.Single(shown["payouts"]!.AsArray())!;
        Assert.Equal((made.Payout, "ordered"), ((string)payout["id"]!, (string)payout["status"]!));
    }

    [Fact]
    public async Task It_holds_the_public_notice_with_its_objections_and_the_recoveries_of_its_payouts()
    {
        var published = await Published();
        (await Api.As("wang", "officer", "62").Do($"/api/public-notices/{published.Claim}/objections", new { reason = "另有赔付" })).Is(200);
        var shown = await Case(Approver, published.Claim);
        Assert.Equal(published.Claim, (string)shown["publicNotice"]!["claimId"]!);
        Assert.Equal("另有赔付", (string)Assert.Single(shown["publicNotice"]!["objections"]!.AsArray())!["reason"]!);
        Assert.Empty(shown["recoveries"]!.AsArray());

        var settled = await Settled();
        var recovery = await OpenedRecovery(settled, "2000.00");
        var paid = await Case(Officer, settled.Claim);
        Assert.Null(paid["publicNotice"]);
        Assert.Equal((recovery, "2000.00"), (
            (string)Assert.Single(paid["recoveries"]!.AsArray())!["id"]!, (string)paid["recoveries"]![0]!["outstanding"]!));
    }

    [Fact]
    public async Task It_shows_what_is_missing_and_what_was_asked_for_and_came_beside_the_plans_papers()
    {
        var made = await Submitted();
        (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document("other"))).Is(200);
        (await Officer.Do($"/api/claims/{made.Claim}/supplement-requests", new { text = "请补正" })).Is(200);
        var shown = await Case(Officer, made.Claim);
        Assert.Equal([.. Sample.DisabilityDocuments.Select(kind => (kind, true, true)), ("other", false, false)],
            shown["papers"]!.AsArray().Select(paper => ((string)paper!["kind"]!, (bool)paper["required"]!, (bool)paper["missing"]!)));
        Assert.Equal("supplement", (string)shown["claim"]!["deadline"]!["step"]!);
        Assert.Equal("请补正", (string)shown["history"]!.AsArray()[^1]!["reason"]!);
        Assert.Empty(shown["payouts"]!.AsArray());
    }

    [Fact]
    public async Task It_is_shown_as_it_was_known_at_a_moment()
    {
        var made = await Submitted();
        var before = (string)(await Case(Officer, made.Claim))["history"]!.AsArray()[^1]!["at"]!;
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" })).Is(200);
        Assert.Equal("withdrawn", (string)(await Case(Officer, made.Claim))["claim"]!["status"]!);
        var then = (await Officer.Get($"/api/claims/{made.Claim}/case?asOf={before}")).Is(200);
        Assert.Equal(("submitted", 1), ((string)then["claim"]!["status"]!, then["history"]!.AsArray().Count));
    }

    [Fact]
    public async Task Whose_region_it_is_not_in_does_not_see_it()
    {
        var made = await Submitted();
        (await Api.As("elsewhere", "officer", "6201").Get($"/api/claims/{made.Claim}/case")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/claims/{Guid.NewGuid()}/case")).IsProblemOf(404, "not-found");
        (await Officer.Get("/api/claims/none/case")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/claims/{made.Claim}/case?version=1")).IsProblemOf(422, "invalid-request", "version");
        (await PlanAdmin.Get($"/api/claims/{made.Claim}/case")).IsProblemOf(403, "role-missing");
    }

    private async Task<Reply> Case(Caller caller, string claim) =>
        (await caller.Get($"/api/claims/{claim}/case", await LastPosition())).Is(200);
}

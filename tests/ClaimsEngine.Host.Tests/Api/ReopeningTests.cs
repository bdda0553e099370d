namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What had ended is opened again, and an appeal is taken back.</summary>
public sealed class ReopeningTests(ApiFixture api) : ApiTest(api)
{
    private static readonly object Reopening = new { cause = "newEvidence", reason = "补交鉴定书" };

    [Fact]
    public async Task A_withdrawn_claim_is_reopened_assessed_and_approved_by_others()
    {
        var made = await Assessed();
        var claim = $"/api/claims/{made.Claim}";
        (await Officer.Do($"{claim}/withdrawal", new { reason = "r" })).Is(200);
        await Refused(() => Officer.Do($"{claim}/reopening", Reopening), 403, "role-missing");
        await Refused(() => Api.As("wang", "approver", "62").Do($"{claim}/reopening", Reopening), 403, "four-eyes");
        await Refused(() => Approver.Do($"{claim}/reopening", new { cause = "none", reason = "r" }), 422, "invalid-request", "cause");

        var reopened = (await Approver.Do($"{claim}/reopening", Reopening)).Is(200);
        Assert.Equal(("submitted", "assessment"), (reopened.Text("status"), (string)reopened["deadline"]!["step"]!));
        foreach (var gone in (string[])["assessedAmount", "decidedBy", "decisionReason"]) Assert.Null(reopened[gone]);
        await ChangesNothing(() => Approver.Do($"{claim}/reopening", Reopening));
        var row = Assert.Single((await Officer.Get($"/api/claims?number={reopened.Text("number")}&open=true", reopened.Position))
            .Is(200).Items)!;
        Assert.Equal(("submitted", "assessment"), ((string)row["status"]!, (string)row["step"]!));
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person)), 409, "duplicate-claim",
            "incident.date");

        (await Api.As("chen", "officer", "620602").Do($"{claim}/assessment")).Is(200);
        await Refused(() => Approver.Do($"{claim}/approval", Approval(made.Amount)), 403, "four-eyes");
        (await Api.As("gao", "approver", "62").Do($"{claim}/approval", Approval(made.Amount))).Is(200);
        await Refused(() => Api.As("ma", "approver", "").Do($"{claim}/reopening", Reopening), 409, "wrong-state");
    }

    [Fact]
    public async Task A_refusal_is_appealed_against_first_and_reopened_when_the_appeal_is_taken_back()
    {
        var made = await Assessed();
        var claim = $"/api/claims/{made.Claim}";
        (await Approver.Do($"{claim}/refusal", new { reason = "r" })).Is(200);
        var other = Api.As("gao", "approver", "62");
        await Refused(() => other.Do($"{claim}/reopening", Reopening), 409, "appeal-still-possible");
        await Refused(() => Officer.Do($"{claim}/appeal/withdrawal", new { reason = "r" }), 409, "wrong-state");

        var appealed = (await Officer.Do($"{claim}/appeal", new { reason = "r" })).Is(200);
        var paper = (await Officer.Do($"{claim}/documents", Sample.Document("other"))).Is(200);
        Assert.Equal(("appealed", (string)appealed["deadline"]!["dueOn"]!),
            (paper.Text("status"), (string)paper["deadline"]!["dueOn"]!));
        var back = (await Officer.Do($"{claim}/appeal/withdrawal", new { reason = "申领人撤回" })).Is(200);
        Assert.Equal(("refused", "li", "申领人撤回"),
            (back.Text("status"), back.Text("decidedBy"), (string)back["appeal"]!["withdrawn"]!));
        await ChangesNothing(() => Officer.Do($"{claim}/appeal/withdrawal", new { reason = "申领人撤回" }));
        await Refused(() => Officer.Do($"{claim}/appeal", new { reason = "once more" }), 409, "appeal-decided");

        await Refused(() => Api.As("he-of-the-city", "approver", "6206").Do($"{claim}/reopening", Reopening), 403, "higher-level-needed");
        (await other.Do($"{claim}/reopening", Reopening)).Is(200);
        var history = (await Officer.Get($"{claim}/case")).Is(200)["history"]!.AsArray().Select(entry => (string)entry!["type"]!).ToArray();
        Assert.Equal(["appeal_withdrawn", "claim_reopened"], history[^2..]);
    }

    [Fact]
    public async Task Where_another_claim_has_the_incident_nothing_is_reopened()
    {
        var made = await Submitted();
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" })).Is(200);
        (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person))).Is(201);
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/reopening", Reopening), 409, "duplicate-claim");
    }

    [Fact]
    public async Task Of_a_reopening_and_a_new_claim_for_the_incident_at_once_one_is_stored()
    {
        var made = await Submitted();
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "r" })).Is(200);
        var replies = await Task.WhenAll(
            Approver.Do($"/api/claims/{made.Claim}/reopening", Reopening),
            Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person)));
        Assert.Single(replies, reply => reply.Status is 200 or 201);
        Assert.Contains((string)Assert.Single(replies, reply => reply.Status is not (200 or 201))["code"]!,
            (string[])["duplicate-claim", "busy"]);
        Assert.Single((await Officer.Get($"/api/claims?enrolment={made.Enrolment}&open=true", await LastPosition())).Is(200).Items);
    }
}

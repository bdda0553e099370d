namespace ClaimsEngine.Host.Tests.Api;

/// <summary>An appeal against a refusal of the province, which the national office decides.</summary>
public sealed class AppealTests(ApiFixture api) : ApiTest(api)
{
    private const string Objection = "鉴定结论可以证明属保障责任";

    private Caller National => Api.As("tang", "approver", "");

    [Fact]
    public async Task A_refusal_that_is_upheld_on_appeal_stands_for_good()
    {
        var made = await Refused();
        var refusal = (await Officer.Get(made)).Is(200);
        Assert.Equal(Sample.DayFromToday(60), refusal.Text("appealableUntil"));
        Assert.Null(refusal["appeal"]);

        var appealed = (await Officer.Do($"{made}/appeal", new { reason = Objection })).Is(200);
        Assert.Equal("appealed", appealed.Text("status"));
        Assert.Equal(("appealDecision", (string)appealed["appeal"]!["decideBy"]!),
            ((string)appealed["deadline"]!["step"]!, (string)appealed["deadline"]!["dueOn"]!));
        Assert.Equal((Objection, "wang"), ((string)appealed["appeal"]!["reason"]!, (string)appealed["appeal"]!["by"]!));
        Assert.Null(appealed["appealableUntil"]);
        await ChangesNothing(() => Officer.Do($"{made}/appeal", new { reason = Objection }));
        var open = Assert.Single((await Officer.Get($"/api/claims?status=appealed&number={appealed.Text("number")}", appealed.Position))
            .Is(200).Items)!;
        Assert.Equal(("appealDecision", "li"), ((string)open["step"]!, (string)open["decidedBy"]!));

        var upheld = (await National.Do($"{made}/appeal/decision", new { outcome = "upheld", reason = "维持", clause = "clause 5" })).Is(200);
        Assert.Equal(("refused", "li", "not within the cover"),
            (upheld.Text("status"), upheld.Text("decidedBy"), upheld.Text("decisionReason")));
        var appeal = upheld["appeal"]!;
        Assert.Equal(("upheld", "维持", "clause 5", "tang"), ((string)appeal["outcome"]!, (string)appeal["decisionReason"]!,
            (string)appeal["decisionClause"]!, (string)appeal["decidedBy"]!));
        Assert.Null(upheld["deadline"]);
        await Refused(() => Officer.Do($"{made}/appeal", new { reason = "once more" }), 409, "appeal-decided");
        await Refused(() => National.Do($"{made}/appeal/decision", new { outcome = "reversed", reason = "r" }), 409, "appeal-decided");
        await ChangesNothing(() => National.Do($"{made}/appeal/decision", new { outcome = "upheld", reason = "维持" }));
    }

    [Fact]
    public async Task A_refusal_that_is_reversed_on_appeal_opens_the_claim_and_another_person_approves_it()
    {
        var made = await Refused();
        (await Officer.Do($"{made}/appeal", new { reason = Objection })).Is(200);
        var reversed = (await National.Do($"{made}/appeal/decision", new { outcome = "reversed", reason = "鉴定结论成立" })).Is(200);
        Assert.Equal(("submitted", "assessment", "reversed"),
            (reversed.Text("status"), (string)reversed["deadline"]!["step"]!, (string)reversed["appeal"]!["outcome"]!));
        foreach (var gone in (string[])["assessedAmount", "decidedBy", "decisionReason"]) Assert.Null(reversed[gone]);
        var enrolment = reversed.Text("enrolmentId");
        await Refused(() => Api.As("wang-2", "officer", "620602").Do($"/api/enrolments/{enrolment}/voidance", new { reason = "r" }), 409,
            "claims-open");

        var approval = new { amount = "120000.00", reason = "材料齐全" };
        await Refused(() => Approver.Do($"{made}/approval", approval), 409, "wrong-state");
        Assert.Equal("120000.00", (await Api.As("chen", "officer", "620602").Do($"{made}/assessment")).Is(200).Text("assessedAmount"));
        await Refused(() => National.Do($"{made}/approval", approval), 403, "four-eyes");
        var approved = (await Api.As("gao", "approver", "62").Do($"{made}/approval", approval)).Is(200);
        Assert.Equal(("approved", "gao"), (approved.Text("status"), approved.Text("decidedBy")));
        var row = Assert.Single((await Officer.Get($"/api/claims?number={approved.Text("number")}", approved.Position)).Is(200).Items)!;
        Assert.Equal(("approved", "gao", "120000.00"),
            ((string)row["status"]!, (string)row["decidedBy"]!, (string)row["approvedAmount"]!));
    }

    [Fact]
    public async Task An_appeal_is_decided_by_another_person_of_a_higher_union_level()
    {
        var made = await Refused();
        object decision = new { outcome = "upheld", reason = "r" };
        await Refused(() => Approver.Do($"{made}/appeal/decision", decision), 409, "wrong-state");
        (await Officer.Do($"{made}/appeal", new { reason = Objection })).Is(200);
        foreach (var handled in (string[])["wang", "chen", "li"])
            await Refused(() => Api.As(handled, "approver", "").Do($"{made}/appeal/decision", decision), 403, "four-eyes");
        await Refused(() => Api.As("gao", "approver", "62").Do($"{made}/appeal/decision", decision), 403, "higher-level-needed");
        await Refused(() => Officer.Do($"{made}/appeal/decision", decision), 403, "role-missing");
        await Refused(() => National.Do($"{made}/appeal/decision", new { outcome = "reversed", reason = "r", clause = "c" }), 422,
            "invalid-request", "clause");
    }

    [Fact]
    public async Task A_claim_is_not_reopened_where_another_claim_has_its_incident()
    {
        var made = await Refused();
        var first = (await Officer.Do($"{made}/appeal", new { reason = Objection })).Is(200);
        (await Officer.Post("/api/claims", Sample.Claim(first.Text("enrolmentId"), people[made]))).Is(201);
        await Refused(() => National.Do($"{made}/appeal/decision", new { outcome = "reversed", reason = "r" }), 409, "duplicate-claim");
    }

    private readonly Dictionary<string, Sample.Person> people = [];

    /// <summary>The address of an assessed claim that the approver of the province has refused.</summary>
    private async Task<string> Refused()
    {
        var made = await Assessed();
        var claim = $"/api/claims/{made.Claim}";
        people[claim] = made.Person;
        (await Approver.Do($"{claim}/refusal", new { reason = "not within the cover", clause = "clause 4" })).Is(200);
        return claim;
    }
}

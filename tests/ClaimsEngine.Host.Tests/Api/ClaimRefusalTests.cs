namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Every rule of a claim and its approval that can say no, with status, code and field; nothing is stored by any of
/// them.</summary>
public sealed class ClaimRefusalTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task An_incident_lies_within_the_cover_and_not_in_the_future()
    {
        var made = await Enrolled();
        await Refused(() => Submit(made, date: "2024-12-31"), 422, "incident-outside-cover", "incident.date");
        await Refused(() => Submit(made, date: "2026-01-01"), 422, "incident-outside-cover", "incident.date");
        await Refused(() => Submit(made, date: "2199-01-01"), 422, "incident-in-future", "incident.date");
        await Refused(() => Submit(made, date: "2025-02-29"), 422, "invalid-request", "incident.date");
        await Refused(() => Submit(made, date: "2025-10-20T00:00:00Z"), 422, "invalid-request", "incident.date");
    }

    [Fact]
    public async Task An_incident_has_what_its_rule_needs_and_no_more()
    {
        var made = await Enrolled();
        await Refused(() => Submit(made, grade: null), 422, "invalid-request", "incident.grade");
        await Refused(() => Submit(made, grade: 0), 422, "invalid-request", "incident.grade");
        await Refused(() => Submit(made, grade: 11), 422, "invalid-request", "incident.grade");
        await Refused(() => Submit(made, kind: "accidentDeath", relation: "spouse"), 422, "invalid-request", "incident.grade");
        await Refused(() => Submit(made, kind: "illnessDeath", grade: null, relation: "spouse"),
            422, "benefit-not-covered", "incident.kind");
        await Refused(() => Submit(made, kind: "flood"), 422, "invalid-request", "incident.kind");
    }

    [Fact]
    public async Task Enrolment_relation_and_account_fit_each_other()
    {
        var (made, other) = (await Enrolled(), Sample.NewPerson());
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(Guid.NewGuid().ToString(), made.Person)),
            422, "unknown-enrolment", "enrolmentId");
        await Refused(() => Officer.Post("/api/claims", Sample.Claim("7", made.Person)), 422, "invalid-request", "enrolmentId");
        await Refused(() => Submit(made, relation: "spouse"), 422, "relation-mismatch", "claimant.relation");
        await Refused(() => Submit(made with { Person = other }), 422, "relation-mismatch", "claimant.relation");
        await Refused(() => Submit(made, kind: "accidentDeath", grade: null), 422, "relation-mismatch", "claimant.relation");
        await Refused(() => Submit(made, holder: "样例他人"), 422, "account-not-own", "claimant.account.holder");
        await Refused(() => Submit(made with { Person = other }, relation: "spouse"), 422, "account-not-own",
            "claimant.account.holder");   // a living member is paid, not the spouse
        await Refused(() => Submit(made with { Person = made.Person with { Name = "样例别名" } }, holder: made.Person.Name), 409,
            "identity-mismatch", "claimant.name");
        await Refused(() => Submit(made, relation: "neighbour"), 422, "invalid-request", "claimant.relation");
    }

    [Fact]
    public async Task One_incident_has_one_live_claim()
    {
        var made = await Submitted();
        await Refused(() => Submit(made), 409, "duplicate-claim", "incident.date");
        (await Submit(made, date: "2025-10-21")).Is(201);
    }

    [Fact]
    public async Task Documents_are_those_that_the_claim_asks_for()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/documents";
        await Refused(() => Officer.Do(path, Sample.Document("deathCertificate")), 422, "unknown-document-kind", "kind");
        await Refused(() => Officer.Do(path, new { kind = "other", fileName = "a.pdf", sha256 = "abc" }), 422, "invalid-request", "sha256");
        foreach (var name in (string[])["", "../a.pdf", "a\\b.pdf", "a\nb.pdf", new string('a', 256)])
            await Refused(() => Officer.Do(path, Sample.Document("other", name)), 422, "invalid-request", "fileName");
        (await Officer.Do(path, Sample.Document("eventStatement"))).Is(200);
        await ChangesNothing(() => Officer.Do(path, Sample.Document("eventStatement")));
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/assessment"), 409, "documents-missing");
    }

    [Fact]
    public async Task A_district_approver_has_a_limit_of_50_000()
    {
        var made = await Assessed();
        var district = Api.As("district", "approver", "620602");
        await Refused(() => district.Do($"/api/claims/{made.Claim}/approval", Approval("50000.01")), 403, "over-approval-limit", "amount");
        (await district.Do($"/api/claims/{made.Claim}/approval", Approval("50000.00"))).Is(200);
    }

    [Fact]
    public async Task No_more_is_approved_than_was_assessed()
    {
        var made = await Assessed(grade: 10);
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval("12000.01")),
            409, "above-assessed-amount", "amount");
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval("0.00")), 409, "nothing-to-approve", "amount");
        foreach (var amount in (string[])["-0.01", "-1.00", "1.001", "1,00", "1e3", "", " 1.00", "99999999999999.00", "¥1"])
            await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval(amount)), 422, "invalid-request", "amount");
        const string number = """{"amount":12000.00,"reason":"r"}""";
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", number), 422, "invalid-request", "amount");
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", new { amount = "1.00", reason = " " }),
            422, "invalid-request", "reason");
    }

    [Fact]
    public async Task A_claim_is_approved_once()
    {
        var made = await Approved(grade: 10);
        await ChangesNothing(() => Api.As("another", "approver", "62").Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount)));
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval("1.00")), 409, "wrong-state");
    }

    [Fact]
    public async Task An_assessment_that_another_benefit_overtook_is_made_again()
    {
        var first = await Assessed(grade: 5);
        var second =
            (await Officer.Post("/api/claims", Sample.Claim(first.Enrolment, first.Person, "2025-11-20", grade: 5))).Is(201).Text("id");
        foreach (var kind in Sample.DisabilityDocuments)
            (await Officer.Do($"/api/claims/{second}/documents", Sample.Document(kind))).Is(200);
        Assert.Equal("72000.00", (await Officer.Do($"/api/claims/{second}/assessment")).Is(200).Text("assessedAmount"));
        (await Approver.Do($"/api/claims/{first.Claim}/approval", Approval("72000.00"))).Is(200);
        await Refused(() => Approver.Do($"/api/claims/{second}/approval", Approval("72000.00")), 409, "assessment-outdated");
        // The cap is 120,000.
        Assert.Equal("48000.00", (await Officer.Do($"/api/claims/{second}/assessment")).Is(200).Text("assessedAmount"));
        (await Approver.Do($"/api/claims/{second}/approval", Approval("48000.00"))).Is(200);
    }

    private Task<Reply> Submit(Case made, string date = "2025-10-20", int? grade = 1, string kind = "disability", string relation = "self",
        string? holder = null) =>
        Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, date, grade, kind, relation, holder));
}

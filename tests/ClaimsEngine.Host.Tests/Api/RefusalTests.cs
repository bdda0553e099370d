using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Every rule that can say no, with status, code and field; nothing is stored by any of them.</summary>
public sealed class RefusalTests(ApiFixture api) : ApiTest(api)
{
    // four eyes: every pair of steps

    [Fact]
    public async Task Who_submitted_a_claim_may_not_decide_it()
    {
        var made = await Assessed();
        var both = Api.As("wang", "officer,approver", "62");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount)), 403, "four-eyes");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" }), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_assessed_a_claim_may_not_decide_it()
    {
        var made = await Assessed();
        var both = Api.As("chen", "officer,approver", "62");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/approval", Approval("120000.00")), 403, "four-eyes");
        await Refused(() => both.Do($"/api/claims/{made.Claim}/refusal", new { reason = "r" }), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_assessed_a_claim_once_may_not_decide_it_after_somebody_else_assessed_it_again()
    {
        var first = await Assessed(grade: 5);   // by chen
        var second = (await Officer.Post("/api/claims", Sample.Claim(first.Enrolment, first.Person, "2025-11-20", grade: 5))).Is(201).Text("id");
        foreach (var kind in Sample.DisabilityDocuments) (await Officer.Do($"/api/claims/{second}/documents", Sample.Document(kind))).Is(200);
        (await Officer.Do($"/api/claims/{second}/assessment")).Is(200);
        (await Approver.Do($"/api/claims/{second}/approval", Approval("72000.00"))).Is(200);
        (await Api.As("second", "officer", "620602").Do($"/api/claims/{first.Claim}/assessment")).Is(200);
        foreach (var user in (string[])["chen", "second"])
            await Refused(() => Api.As(user, "officer,approver", "62").Do($"/api/claims/{first.Claim}/approval", Approval("48000.00")), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_approved_a_claim_may_not_authorise_its_payout()
    {
        var made = await Approved();
        await Refused(() => Api.As("li", "approver,finance", "62").Do($"/api/payouts/{made.Payout}/authorisation"), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_authorised_a_payout_may_not_release_its_batch()
    {
        var (first, second) = (await Authorised(), await Approved());
        (await Api.As("another", "finance", "62").Do($"/api/payouts/{second.Payout}/authorisation")).Is(200);
        var batch = (await Api.As("third", "finance", "62").Post("/api/payment-batches", new { payouts = new[] { first.Payout, second.Payout } })).Is(201).Location;
        await Refused(() => Finance.Do($"{batch}/release"), 403, "four-eyes");
        await Refused(() => Api.As("another", "finance", "62").Do($"{batch}/release"), 403, "four-eyes");
        (await Api.As("third", "finance", "62").Do($"{batch}/release")).Is(200);
    }

    // approval

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
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval("12000.01")), 409, "above-assessed-amount", "amount");
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval("0.00")), 409, "nothing-to-approve", "amount");
        foreach (var amount in (string[])["-0.01", "-1.00", "1.001", "1,00", "1e3", "", " 1.00", "99999999999999.00", "¥1"])
            await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", Approval(amount)), 422, "invalid-request", "amount");
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", """{"amount":12000.00,"reason":"r"}"""), 422, "invalid-request", "amount");
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/approval", new { amount = "1.00", reason = " " }), 422, "invalid-request", "reason");
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
        var second = (await Officer.Post("/api/claims", Sample.Claim(first.Enrolment, first.Person, "2025-11-20", grade: 5))).Is(201).Text("id");
        foreach (var kind in Sample.DisabilityDocuments) (await Officer.Do($"/api/claims/{second}/documents", Sample.Document(kind))).Is(200);
        Assert.Equal("72000.00", (await Officer.Do($"/api/claims/{second}/assessment")).Is(200).Text("assessedAmount"));
        (await Approver.Do($"/api/claims/{first.Claim}/approval", Approval("72000.00"))).Is(200);
        await Refused(() => Approver.Do($"/api/claims/{second}/approval", Approval("72000.00")), 409, "assessment-outdated");
        Assert.Equal("48000.00", (await Officer.Do($"/api/claims/{second}/assessment")).Is(200).Text("assessedAmount"));   // the cap is 120,000
        (await Approver.Do($"/api/claims/{second}/approval", Approval("48000.00"))).Is(200);
    }

    // enrolment

    [Fact]
    public async Task A_quota_is_not_exceeded()
    {
        var programme = await OpenProgramme(quota: 2);
        await Enrolled(programme);
        await Enrolled(programme);
        await Refused(() => Enrol(programme), 409, "quota-exceeded", "programme");
    }

    [Fact]
    public async Task An_allocation_is_not_exceeded_and_does_not_exceed_what_is_left()
    {
        var programme = await OpenProgramme(quota: 5);
        var path = $"/api/programmes/{programme}/allocations";
        (await PlanAdmin.Do(path, new { region = "6206", places = 1 })).Is(200);
        await Enrolled(programme);
        await Refused(() => Enrol(programme), 409, "quota-exceeded", "programme");
        await Enrolled(programme, region: "620102");
        await Refused(() => PlanAdmin.Do(path, new { region = "6201", places = 4 }), 409, "allocation-exceeds-quota", "places");
        await Refused(() => PlanAdmin.Do(path, new { region = "6201", places = 1000 }), 409, "allocation-exceeds-quota", "places");
        await Refused(() => PlanAdmin.Do(path, new { region = "6206", places = 1 }), 409, "allocation-exists", "region");
        await Refused(() => PlanAdmin.Do(path, new { region = "62", places = 1 }), 409, "allocation-exists", "region");
        await Refused(() => PlanAdmin.Do(path, new { region = "61", places = 1 }), 422, "region-not-covered", "region");
        await Refused(() => PlanAdmin.Do(path, new { region = "", places = 1 }), 422, "invalid-request", "region");
        await Refused(() => PlanAdmin.Do(path, new { region = "6201", places = 0 }), 422, "invalid-request", "places");
        await Refused(() => Api.As("far", "plan-admin", "61").Do(path, new { region = "6201", places = 1 }), 403, "outside-region", "region");
    }

    [Theory]
    [InlineData("securityGuard", "620602", "19850312", "occupation-not-covered", "person.occupation")]   // the plan covers it, the programme does not
    [InlineData("worker", "620602", "19850312", "occupation-not-covered", "person.occupation")]
    [InlineData("truckDriver", "610102", "19850312", "region-not-covered", "person.region")]
    [InlineData("truckDriver", "620602", "20200312", "age-not-covered", "person.idNumber")]
    [InlineData("truckDriver", "620602", "19400312", "age-not-covered", "person.idNumber")]
    [InlineData("truckDriver", "620602", "21000312", "age-not-covered", "person.idNumber")]
    public async Task Who_is_not_covered_is_not_enrolled(string occupation, string region, string born, string code, string field)
    {
        var programme = await OpenProgramme();
        await Refused(() => Api.As("wide", "officer", "").Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(born), programme, occupation, region)), 422, code, field);
    }

    [Fact]
    public async Task More_units_than_one_person_may_hold_are_refused()
    {
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan, units: 2)), 422, "too-many-units", "units");
        foreach (var units in (int[])[0, -1, 101, int.MaxValue])
            await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan, units: units)), 422, "invalid-request", "units");
    }

    [Fact]
    public async Task A_person_is_enrolled_once_and_under_one_name()
    {
        var programme = await OpenProgramme();
        var made = await Enrolled(programme);
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(made.Person, programme)), 409, "already-enrolled", "person.idNumber");
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(made.Person with { Name = "样例别名" }, programme)), 409, "identity-mismatch", "person.name");
        await Enrolled(person: made.Person);   // another programme is another cover
    }

    [Fact]
    public async Task A_programme_or_a_plan_is_named_and_known()
    {
        var person = Sample.NewPerson();
        await Refused(() => Enrol("no-such"), 422, "unknown-programme", "programme");
        object With(string? programme, string? plan) => new JsonObject
        {
            ["programme"] = programme, ["plan"] = plan,
            ["person"] = new JsonObject { ["name"] = person.Name, ["idNumber"] = person.IdNumber, ["occupation"] = "truckDriver", ["region"] = "620602" },
        };
        await Refused(() => Officer.Post("/api/enrolments", With(null, "no-such")), 422, "unknown-plan", "plan");
        await Refused(() => Officer.Post("/api/enrolments", With(null, null)), 422, "invalid-request", "programme");
        await Refused(() => Officer.Post("/api/enrolments", With(Sample.SeededPlan, Sample.SeededPlan)), 422, "invalid-request", "programme");
        await Refused(() => Officer.Post("/api/enrolments", With(null, Sample.SeededPlan)), 422, "plan-not-effective", "programme");   // its cover begins with a programme
    }

    [Theory]
    [InlineData("62060219850312001", "18 characters")]
    [InlineData("6206021985031200100", "18 characters")]
    [InlineData("62060219850312O010", "18 characters")]
    [InlineData("990602198503120010", "no province")]
    [InlineData("620602198502300010", "impossible birth date")]
    [InlineData("620602198513120010", "impossible birth date")]
    [InlineData("620602198503120011", "check character")]
    [InlineData("", "18 characters")]
    public async Task An_identity_number_that_cannot_be_is_refused_with_the_reason(string idNumber, string reason)
    {
        var person = Sample.NewPerson() with { IdNumber = idNumber };
        var enrolment = await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan)), 422, "invalid-request", "person.idNumber");
        Assert.Contains(reason, (string)enrolment["errors"]!["person.idNumber"]![0]!);
        var claim = await Refused(() => Officer.Post("/api/claims", Sample.Claim(Guid.NewGuid().ToString(), person)), 422, "invalid-request", "claimant.idNumber");
        Assert.Contains(reason, (string)claim["errors"]!["claimant.idNumber"]![0]!);
        if (idNumber.Length > 0) Assert.DoesNotContain(idNumber, enrolment.Body);   // a problem repeats no personal data
    }

    [Theory]
    [InlineData("6222020000000000019", "check digit")]
    [InlineData("62220200000", "12 to 19 digits")]
    [InlineData("62220200000000000189", "12 to 19 digits")]
    [InlineData("622202000000000001X", "12 to 19 digits")]
    public async Task A_bank_card_that_cannot_be_is_refused_with_the_reason(string card, string reason)
    {
        var made = await Enrolled();
        var reply = await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person with { Card = card })), 422, "invalid-request", "claimant.account.number");
        Assert.Contains(reason, (string)reply["errors"]!["claimant.account.number"]![0]!);
        Assert.DoesNotContain(card, reply.Body);
    }

    // programmes and plans

    [Fact]
    public async Task A_programme_fits_its_plan()
    {
        object Changed(string member, JsonNode? value)
        {
            var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Sample.Programme(Sample.NewCode("never"))))!.AsObject();
            body[member] = value;
            return body;
        }
        var cases = new (string Member, JsonNode? Value, int Status, string Code, string Field)[]
        {
            ("plan", "no-such", 422, "unknown-plan", "plan"),
            ("code", "Not A Code", 422, "invalid-request", "code"),
            ("code", Sample.SeededPlan, 409, "programme-exists", "code"),
            ("from", "2020-01-01", 422, "plan-not-effective", "from"),
            ("from", "2025-02-30", 422, "invalid-request", "from"),
            ("to", "2025-01-01", 422, "invalid-request", "to"),
            ("quota", 0, 422, "invalid-request", "quota"),
            ("quota", 10_000_001, 422, "invalid-request", "quota"),
            ("regions", new JsonArray("61"), 422, "region-not-covered", "regions"),
            ("regions", new JsonArray(), 422, "invalid-request", "regions"),
            ("regions", new JsonArray("9"), 422, "invalid-request", "regions.0"),
            ("occupations", new JsonArray("worker"), 422, "occupation-not-covered", "occupations"),
            ("occupations", new JsonArray("pirate"), 422, "invalid-request", "occupations.0"),
            ("funding", new JsonArray(Share("119.99")), 422, "funding-mismatch", "funding"),
            ("funding", new JsonArray(Share("60.00"), Share("60.01", "Another sponsor")), 422, "funding-mismatch", "funding"),
            ("funding", new JsonArray(Share("60.00"), Share("60.00")), 422, "invalid-request", "funding"),
            ("funding", new JsonArray(Share("0.00")), 422, "invalid-request", "funding.0"),
            ("funding", new JsonArray(), 422, "invalid-request", "funding"),
            ("sponsor", "", 422, "invalid-request", "sponsor"),
        };
        foreach (var (member, value, status, code, field) in cases)
            await Refused(() => PlanAdmin.Post("/api/programmes", Changed(member, value)), status, code, field);
        await Refused(() => Api.As("far", "plan-admin", "6206").Post("/api/programmes", Sample.Programme(Sample.NewCode("never"))), 403, "outside-region", "regions");

        static JsonObject Share(string amount, string payer = "p") => new() { ["payer"] = payer, ["amount"] = amount };
    }

    [Fact]
    public async Task A_published_plan_version_never_changes_and_versions_have_no_gaps()
    {
        var code = Sample.NewCode("plan");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/2", Cards.Version()), 409, "plan-version-order", "version");
        await Publish(code, Cards.Version());
        foreach (var by in (Caller[])[PlanAdmin, SecondPlanAdmin])
        {
            await Refused(() => by.Put($"/api/plans/{code}/versions/1", Cards.Version(perUnit: "1.00")), 409, "plan-version-immutable", "version");
            await Refused(() => by.Put($"/api/plans/{code}/versions/1", Cards.Version("2025-01-02")), 409, "plan-version-immutable", "version");
        }
        await Refused(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/rejection", new { reason = "r" }), 409, "plan-version-immutable", "version");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/2", Cards.Version()), 409, "plan-version-order", "effectiveFrom");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/3", Cards.Version("2026-01-01")), 409, "plan-version-order", "version");
        await Refused(() => PlanAdmin.Put($"/api/plans/{code}/versions/0", Cards.Version("2026-01-01")), 422, "invalid-request", "version");
        await Refused(() => PlanAdmin.Put("/api/plans/No_Code/versions/1", Cards.Version()), 422, "invalid-request", "plan");
    }

    [Theory]
    [InlineData("prices.0.perUnit", "\"0.00\"", "card.prices.0.perUnit")]
    [InlineData("price", "{}", "card.price")]
    [InlineData("format", "1", "card.format")]
    [InlineData("format", "3", "card.format")]
    [InlineData("cover.months", "0", "card.cover.months")]
    [InlineData("benefits", "[]", "card.benefits")]
    [InlineData("benefits.0.byGrade.table", "\"none\"", "card.benefits.0.byGrade.table")]
    [InlineData("benefits.0.kind", "\"hospitalisation\"", "card.benefits.0")]
    [InlineData("colour", "1", "card.colour")]
    [InlineData("caps.perPeriod", "\"0.00\"", "card.caps.perPeriod")]
    [InlineData("notPublished", "[\"prices\"]", "card.notPublished.0")]
    [InlineData("documents", "{}", "card.documents")]
    [InlineData("documents", "{\"flood\":[\"a\"]}", "card.documents.flood")]
    public async Task A_card_that_cannot_be_computed_with_is_refused_by_path(string path, string value, string field)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Cards.Version()))!;
        var (node, parts) = (body["card"]!, path.Split('.'));
        foreach (var part in parts[..^1]) node = int.TryParse(part, out var index) ? node[index]! : node[part]!;
        node[parts[^1]] = JsonNode.Parse(value);
        await Refused(() => PlanAdmin.Put($"/api/plans/{Sample.NewCode("plan")}/versions/1", body), 422, "invalid-plan-card", field);
    }

    // claims

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
        await Refused(() => Submit(made, kind: "illnessDeath", grade: null, relation: "spouse"), 422, "benefit-not-covered", "incident.kind");
        await Refused(() => Submit(made, kind: "flood"), 422, "invalid-request", "incident.kind");
    }

    [Fact]
    public async Task Enrolment_relation_and_account_fit_each_other()
    {
        var (made, other) = (await Enrolled(), Sample.NewPerson());
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(Guid.NewGuid().ToString(), made.Person)), 422, "unknown-enrolment", "enrolmentId");
        await Refused(() => Officer.Post("/api/claims", Sample.Claim("7", made.Person)), 422, "invalid-request", "enrolmentId");
        await Refused(() => Submit(made, relation: "spouse"), 422, "relation-mismatch", "claimant.relation");
        await Refused(() => Submit(made with { Person = other }), 422, "relation-mismatch", "claimant.relation");
        await Refused(() => Submit(made, kind: "accidentDeath", grade: null), 422, "relation-mismatch", "claimant.relation");
        await Refused(() => Submit(made, holder: "样例他人"), 422, "account-not-own", "claimant.account.holder");
        await Refused(() => Submit(made with { Person = other }, relation: "spouse"), 422, "account-not-own", "claimant.account.holder");   // a living member is paid, not the spouse
        await Refused(() => Submit(made with { Person = made.Person with { Name = "样例别名" } }, holder: made.Person.Name), 409, "identity-mismatch", "claimant.name");
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

    // states

    [Fact]
    public async Task Every_command_needs_its_state()
    {
        var submitted = await Submitted();
        await Refused(() => Approver.Do($"/api/claims/{submitted.Claim}/approval", Approval("1.00")), 409, "wrong-state");

        var approved = await Approved();
        await Refused(() => Officer.Do($"/api/claims/{approved.Claim}/documents", Sample.Document("other")), 409, "wrong-state");
        await Refused(() => Officer.Do($"/api/claims/{approved.Claim}/assessment"), 409, "wrong-state");
        await Refused(() => Approver.Do($"/api/claims/{approved.Claim}/refusal", new { reason = "r" }), 409, "wrong-state");
        await Refused(() => Officer.Do($"/api/claims/{approved.Claim}/withdrawal", new { reason = "r" }), 409, "wrong-state");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { approved.Payout } }), 409, "wrong-state", "payouts.0");

        foreach (var (ending, by) in ((string, Caller)[])[("refusal", Approver), ("withdrawal", Officer)])
        {
            var ended = await Assessed();
            (await by.Do($"/api/claims/{ended.Claim}/{ending}", new { reason = "r" })).Is(200);
            await ChangesNothing(() => by.Do($"/api/claims/{ended.Claim}/{ending}", new { reason = "again" }));
            await Refused(() => Officer.Do($"/api/claims/{ended.Claim}/documents", Sample.Document("other")), 409, "wrong-state");
            await Refused(() => Officer.Do($"/api/claims/{ended.Claim}/assessment"), 409, "wrong-state");
            await Refused(() => Approver.Do($"/api/claims/{ended.Claim}/approval", Approval("1.00")), 409, "wrong-state");
        }
    }

    [Fact]
    public async Task An_assessment_of_the_same_facts_changes_nothing()
    {
        var made = await Assessed();
        await ChangesNothing(() => Officer.Do($"/api/claims/{made.Claim}/assessment"));
    }

    [Fact]
    public async Task A_payout_goes_one_way()
    {
        var made = await Authorised();
        await ChangesNothing(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"));
        await Refused(() => Releaser.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "wrong-state");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout, made.Payout } }), 422, "invalid-request", "payouts");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = Array.Empty<string>() }), 422, "invalid-request", "payouts");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout, Guid.NewGuid().ToString() } }), 422, "unknown-payout", "payouts.1");

        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } })).Is(201);
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { made.Payout } }), 409, "wrong-state", "payouts.0");
        await Refused(() => Releaser.Do($"{batch.Location}/results", Result(made.Payout, "settled")), 409, "wrong-state");
        (await Releaser.Do($"{batch.Location}/release")).Is(200);
        await ChangesNothing(() => Releaser.Do($"{batch.Location}/release"));
        await Refused(() => Api.As("third", "finance", "62").Do($"{batch.Location}/release"), 409, "wrong-state");
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "wrong-state");
    }

    [Fact]
    public async Task A_result_is_told_once_and_of_the_batch_alone()
    {
        var (made, other) = (await Released(), await Released());
        var path = $"/api/payment-batches/{made.Batch}/results";
        await Refused(() => Releaser.Do(path, Result(other.Payout, "settled")), 422, "payout-not-in-batch", "lines.0.payoutId");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "returned")), 422, "invalid-request", "lines.0.reason");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "settled", reason: "why")), 422, "invalid-request", "lines.0.reason");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "settled", bankReference: "")), 422, "invalid-request", "lines.0.bankReference");
        await Refused(() => Releaser.Do(path, new { lines = Array.Empty<object>() }), 422, "invalid-request", "lines");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "lost")), 422, "invalid-request", "lines.0.outcome");
        (await Releaser.Do(path, Result(made.Payout, "settled"))).Is(200);
        await ChangesNothing(() => Releaser.Do(path, Result(made.Payout, "settled")));
        await Refused(() => Releaser.Do(path, Result(made.Payout, "settled", "OTHER")), 409, "result-contradicts", "lines.0");
        await Refused(() => Releaser.Do(path, Result(made.Payout, "returned", reason: "why")), 409, "result-contradicts", "lines.0");
    }

    private static object Approval(string amount) => new { amount, reason = "sample" };

    private Task<Reply> Enrol(string programme) => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme));

    private Task<Reply> Submit(Case made, string date = "2025-10-20", int? grade = 1, string kind = "disability", string relation = "self", string? holder = null) =>
        Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, date, grade, kind, relation, holder));
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>An office corrects what an incident is.</summary>
public sealed class ReclassificationTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task An_illness_that_was_claimed_as_mild_is_paid_as_severe()
    {
        var (wang, chen) = (Api.As("wang", "officer", "150102"), Api.As("chen", "officer", "150102"));
        var (person, gift) = (Sample.NewPerson(), Sample.NewCode("gift"));
        var programme = JsonNode.Parse(JsonSerializer.Serialize(Sample.Programme(gift, plan: "hohhot-2025-xinkang", region: "1501")))!;
        programme["funding"]![0]!["amount"] = "20.00";
        (await PlanAdmin.Post("/api/programmes", programme.ToJsonString())).Is(201);
        var enrolment = (await wang.Post("/api/enrolments", Sample.Enrolment(person, gift, region: "150102"))).Is(201).Text("id");
        var body = JsonNode.Parse(JsonSerializer.Serialize(Sample.Claim(enrolment, person, grade: null, kind: "criticalIllness")))!;
        body["incident"]!["severity"] = "mild";
        var submitted = (await wang.Post("/api/claims", body.ToJsonString())).Is(201);
        var claim = submitted.Location!;
        foreach (var kind in submitted["missingDocuments"]!.AsArray())
            (await wang.Do($"{claim}/documents", Sample.Document((string)kind!))).Is(200);
        var mild = (await chen.Do($"{claim}/assessment")).Is(200);
        Assert.Equal(("assessed", "5000.00"), (mild.Text("status"), mild.Text("assessedAmount")));

        var correction = new { incident = new { kind = "criticalIllness", date = "2025-10-20", severity = "severe" }, reason = "病理为重度" };
        var corrected = (await chen.Do($"{claim}/reclassification", correction)).Is(200);
        Assert.Equal(("submitted", "severe", "assessment"),
            (corrected.Text("status"), (string)corrected["incident"]!["severity"]!, (string)corrected["deadline"]!["step"]!));
        Assert.Null(corrected["assessedAmount"]);
        var shown = corrected["reclassification"]!;
        Assert.Equal(("mild", "病理为重度", "chen"),
            ((string)shown["before"]!["severity"]!, (string)shown["reason"]!, (string)shown["by"]!));
        await ChangesNothing(() => chen.Do($"{claim}/reclassification", correction));
        var row = Assert.Single((await wang.Get($"/api/claims?number={corrected.Text("number")}", corrected.Position)).Is(200).Items)!;
        Assert.Equal("submitted", (string)row["status"]!);
        Assert.Null(row["assessedAmount"]);

        Assert.Equal("20000.00", (await wang.Do($"{claim}/assessment")).Is(200).Text("assessedAmount"));
        var approval = new { amount = "20000.00", reason = "材料齐全" };
        await Refused(() => Api.As("chen", "approver", "15").Do($"{claim}/approval", approval), 403, "four-eyes");
        var approved = (await Api.As("gao", "approver", "15").Do($"{claim}/approval", approval)).Is(200);
        Assert.Equal(("approved", "20000.00"), (approved.Text("status"), approved.Text("approvedAmount")));
        await Refused(() => chen.Do($"{claim}/reclassification", correction), 409, "wrong-state");
        var events = (await Auditor.Get($"/api/audit/streams/{submitted.Text("id")}")).Is(200);
        Assert.Contains("claim_reclassified", events.Body);
    }

    [Fact]
    public async Task Another_grade_is_assessed_anew()
    {
        var made = await Assessed();
        (await Officer.Do($"/api/claims/{made.Claim}/reclassification", OfGrade(7))).Is(200);
        Assert.Equal("48000.00",
            (await Api.As("chen", "officer", "620602").Do($"/api/claims/{made.Claim}/assessment")).Is(200).Text("assessedAmount"));
    }

    [Fact]
    public async Task All_is_asked_of_the_incident_that_a_new_claim_is_asked()
    {
        var made = await Assessed();
        async Task Asked(object incident, int status, string code, string field) => await Refused(
            () => Officer.Do($"/api/claims/{made.Claim}/reclassification", new { incident, reason = "r" }), status, code, field);
        await Asked(new { kind = "hospitalisation", date = "2025-10-20" }, 422, "benefit-not-covered", "incident.kind");
        await Asked(new { kind = "accidentDeath", date = "2025-10-20" }, 422, "payee-would-change", "incident.kind");
        await Asked(new { kind = "disability", date = "2024-12-31", grade = 1 }, 422, "incident-outside-cover", "incident.date");
        await Asked(new { kind = "disability", date = Sample.DayFromToday(1), grade = 1 }, 422, "incident-in-future", "incident.date");
        await Asked(new { kind = "disability", date = "2025-10-20", grade = 11 }, 422, "invalid-request", "incident.grade");
        await Refused(() => Approver.Do($"/api/claims/{made.Claim}/reclassification", OfGrade(7)), 403, "role-missing");
    }

    [Fact]
    public async Task A_claim_does_not_take_the_incident_of_another_and_gives_its_own_up()
    {
        var made = await Submitted();
        var other = (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, date: "2025-10-21"))).Is(201);
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/reclassification", OfGrade(1, "2025-10-21")), 409, "duplicate-claim",
            "incident.date");
        (await Officer.Do($"/api/claims/{made.Claim}/reclassification", OfGrade(1, "2025-10-22"))).Is(200);
        (await Officer.Do($"{other.Location}/reclassification", OfGrade(1, "2025-10-20"))).Is(200);
    }

    private static object OfGrade(int grade, string date = "2025-10-20") =>
        new { incident = new { kind = "disability", date, grade }, reason = "鉴定结论更正" };
}

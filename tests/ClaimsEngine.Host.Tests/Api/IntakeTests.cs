using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Ways in which a claim comes in: several benefits at once, through another place, and twice.</summary>
public sealed class IntakeTests(ApiFixture api) : ApiTest(api)
{
    private Caller InKunming => Api.As("yang", "officer", "5301");

    [Fact]
    public async Task A_claim_is_taken_in_in_another_province_and_decided_at_home()
    {
        var made = await Enrolled();
        var certificate = (await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200).Text("certificateNumber");
        var body = Body(Sample.Claim(made.Enrolment, made.Person));
        body.Remove("enrolmentId");
        (body["certificateNumber"], body["member"]) = (certificate, Body(new { name = "别样例", idNumber = made.Person.IdNumber }));
        await Refused(() => InKunming.Post("/api/assisted-claims", body), 422, "unknown-enrolment", "certificateNumber");
        body["member"]!["name"] = made.Person.Name;
        await Refused(() => InKunming.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person)), 422, "unknown-enrolment");

        var taken = (await InKunming.Post("/api/assisted-claims", body)).Is(201);
        Assert.Equal(("620602", "5301"), (taken.Text("region"), taken.Text("assisting")));
        var claim = taken.Location!;
        foreach (var kind in Sample.DisabilityDocuments) (await InKunming.Do($"{claim}/documents", Sample.Document(kind))).Is(200);
        await Refused(() => InKunming.Do($"{claim}/assessment"), 403, "decided-at-home");
        (await Api.As("zhu", "officer", "6101").Get(claim)).IsProblemOf(404, "not-found");
        (await Api.As("chen", "officer", "620602").Do($"{claim}/assessment")).Is(200);
        var seen = (await InKunming.Get(claim)).Is(200);
        Assert.Equal("assessed", seen.Text("status"));
        Assert.Null((await InKunming.Get($"{claim}/case")).Is(200)["certificate"]);   // another place's register
        (await InKunming.Get($"/api/enrolments/{seen.Text("enrolmentId")}")).IsProblemOf(404, "not-found");
        (await Api.As("qian-of-kunming", "finance", "5301").Get(claim)).IsProblemOf(404, "not-found");   // it is paid at home

        var mine = (await InKunming.Get($"/api/assisted-claims?number={taken.Text("number")}", taken.Position)).Is(200);
        Assert.Equal(taken.Text("id"), (string)Assert.Single(mine.Items)!["id"]!);
        Assert.Empty((await InKunming.Get($"/api/claims?number={taken.Text("number")}")).Is(200).Items);
        Assert.Empty((await Officer.Get($"/api/assisted-claims?number={taken.Text("number")}")).Is(200).Items);
    }

    [Fact]
    public async Task Several_benefits_of_one_event_are_claimed_at_once_or_not_at_all()
    {
        var (first, other) = (await Enrolled(), await OpenProgramme());
        var second = await Enrolled(other, first.Person);
        JsonObject Report(string secondDay)
        {
            var body = Body(Sample.Claim(first.Enrolment, first.Person));
            var benefits = new JsonArray();
            foreach (var (enrolment, day) in ((string, string)[])[(first.Enrolment, "2025-10-20"), (second.Enrolment, secondDay)])
                benefits.Add(new JsonObject
                {
                    ["enrolmentId"] = enrolment, ["incident"] = Body(new { kind = "disability", date = day, grade = 7 }),
                });
            body.Remove("enrolmentId");
            body.Remove("incident");
            body["benefits"] = benefits;
            return body;
        }

        await Refused(() => Officer.Post("/api/occurrences", Report("2024-10-20")), 422, "incident-outside-cover",
            "benefits.1.incident.date");
        var reported = (await Officer.Post("/api/occurrences", Report("2025-10-20"))).Is(201);
        var claims = reported["claims"]!.AsArray();
        Assert.Equal([first.Enrolment, second.Enrolment], claims.Select(claim => (string)claim!["enrolmentId"]!));
        Assert.All(claims, claim => Assert.Equal(reported.Text("id"), (string)claim!["occurrenceId"]!));
        Assert.Equal(reported.Body, (await Officer.Get(reported.Location!)).Is(200).Body);
        (await Api.As("zhu", "officer", "6101").Get(reported.Location!)).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task Claims_that_may_be_for_the_same_are_flagged_and_listed()
    {
        var (first, other) = (await Submitted(), await OpenProgramme());
        var second = await Enrolled(other, first.Person);
        var flagged = (await Officer.Post("/api/claims", Sample.Claim(second.Enrolment, first.Person))).Is(201);
        Assert.Contains("likely-duplicate", flagged["flags"]!.AsArray().Select(flag => (string)flag!));
        Assert.Equal(first.Claim, (string)Assert.Single(flagged["resembles"]!.AsArray())!);
        var member = await MemberOf(first);
        var listed = (await Officer.Get($"/api/claims?member={member}&flagged=true", flagged.Position)).Is(200);
        Assert.Contains(listed.Items, row => (string)row!["id"]! == flagged.Text("id"));
    }

    [Fact]
    public async Task A_receipt_is_paid_on_once_even_if_two_claim_with_it_at_once()
    {
        var made = await Enrolled();
        var receipt = Sample.NewCode("receipt");
        var replies = await Task.WhenAll(Enumerable.Range(1, 8).Select(day =>
        {
            var body = Body(Sample.Claim(made.Enrolment, made.Person, $"2025-06-{day:00}"));
            body["receipts"] = new JsonArray(receipt);
            return Officer.Post("/api/claims", body);
        }));
        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "duplicate-receipt"));
    }

    private static JsonObject Body(object value) => JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(value))!.AsObject();
}

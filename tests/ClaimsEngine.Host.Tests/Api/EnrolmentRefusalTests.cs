using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Every rule of entering that can say no, with status, code and field; nothing is stored by any of them.</summary>
public sealed class EnrolmentRefusalTests(ApiFixture api) : ApiTest(api)
{
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
        await Refused(() => Api.As("far", "plan-admin", "61").Do(path, new { region = "6201", places = 1 }),
            403, "outside-region", "region");
    }

    [Theory]
    [InlineData("securityGuard", "620602", "19850312", "occupation-not-covered",
        "person.occupation")]   // the plan covers it, the programme does not
    [InlineData("worker", "620602", "19850312", "occupation-not-covered", "person.occupation")]
    [InlineData("truckDriver", "610102", "19850312", "region-not-covered", "person.region")]
    [InlineData("truckDriver", "620602", "20200312", "age-not-covered", "person.idNumber")]
    [InlineData("truckDriver", "620602", "19400312", "age-not-covered", "person.idNumber")]
    [InlineData("truckDriver", "620602", "21000312", "age-not-covered", "person.idNumber")]
    public async Task Who_is_not_covered_is_not_enrolled(string occupation, string region, string born, string code, string field)
    {
        var programme = await OpenProgramme();
        await Refused(() => Api.As("wide", "officer", "")
            .Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(born), programme, occupation, region)), 422, code, field);
    }

    [Fact]
    public async Task More_units_than_one_person_may_hold_are_refused()
    {
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan, units: 2)),
            422, "too-many-units", "units");
        foreach (var units in (int[])[0, -1, 101, int.MaxValue])
            await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan, units: units)),
                422, "invalid-request", "units");
    }

    [Fact]
    public async Task A_person_is_enrolled_once_and_under_one_name()
    {
        var programme = await OpenProgramme();
        var made = await Enrolled(programme);
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(made.Person, programme)),
            409, "already-enrolled", "person.idNumber");
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(made.Person with { Name = "样例别名" }, programme)),
            409, "identity-mismatch", "person.name");
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
            ["person"] = new JsonObject { ["name"] = person.Name, ["idNumber"] = person.IdNumber, ["occupation"] = "truckDriver",
                ["region"] = "620602" },
        };
        await Refused(() => Officer.Post("/api/enrolments", With(null, "no-such")), 422, "unknown-plan", "plan");
        await Refused(() => Officer.Post("/api/enrolments", With(null, null)), 422, "invalid-request", "programme");
        await Refused(() => Officer.Post("/api/enrolments", With(Sample.SeededPlan, Sample.SeededPlan)),
            422, "invalid-request", "programme");
        await Refused(() => Officer.Post("/api/enrolments", With(null, Sample.SeededPlan)), 422, "plan-not-effective",
            "programme");   // its cover begins with a programme
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
        var enrolment = await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan)), 422,
            "invalid-request", "person.idNumber");
        Assert.Contains(reason, (string)enrolment["errors"]!["person.idNumber"]![0]!);
        var claim = await Refused(() => Officer.Post("/api/claims", Sample.Claim(Guid.NewGuid().ToString(), person)), 422,
            "invalid-request", "claimant.idNumber");
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
        var reply = await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person with { Card = card })), 422,
            "invalid-request", "claimant.account.number");
        Assert.Contains(reason, (string)reply["errors"]!["claimant.account.number"]![0]!);
        Assert.DoesNotContain(card, reply.Body);
    }

    private Task<Reply> Enrol(string programme) => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme));
}

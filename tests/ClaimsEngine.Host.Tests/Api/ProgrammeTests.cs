namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Plans and programmes over HTTP, and which version of a plan binds whom.</summary>
public sealed class ProgrammeTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_plan_shows_what_it_assumes()
    {
        var row = (await All(Officer, "/api/plans")).Single(item => (string)item["code"]! == Sample.SeededPlan);
        Assert.True((bool)row["assumed"]!);
        var plan = (await Officer.Get($"/api/plans/{Sample.SeededPlan}")).Is(200);
        Assert.Equal(1, (int)plan["latestVersion"]!);
        var version = (await Officer.Get($"/api/plans/{Sample.SeededPlan}/versions/1")).Is(200);
        Assert.Equal(["benefits", "caps", "eligibility", "documents"],
            version["assumed"]!.AsArray().Select(part => (string)part!["path"]!));
        Assert.All(version["assumed"]!.AsArray(), part => Assert.NotEmpty((string)part!["because"]!));
        Assert.Equal("120000.00", (string)version["card"]!["caps"]!["perPeriod"]!);
        Assert.Equal((string)row["ruleHash"]!, version.Text("ruleHash"));
        (await Officer.Get($"/api/plans/{Sample.SeededPlan}/versions/2")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task A_programme_is_opened_and_its_places_are_allocated()
    {
        var code = Sample.NewCode("sample");
        var opened = (await PlanAdmin.Post("/api/programmes", Sample.Programme(code, 100))).IsCreated("/api/programmes/");
        Assert.Equal("12000.00", opened.Text("budget"));
        var allocated = (await PlanAdmin.Post(
            $"/api/programmes/{code}/allocations", new { region = "6206", places = 40 }, opened.ETag)).Is(200);
        Assert.Equal(40, (int)allocated["allocations"]![0]!["places"]!);
        var rows = await All(Officer, $"/api/programmes?plan={Sample.SeededPlan}", minPosition: allocated.Position);
        var row = rows.Single(item => (string)item["code"]! == code);
        Assert.Equal((100, 40, "62"), ((int)row["quota"]!, (int)row["allocated"]!, (string)row["region"]!));
    }

    [Fact]
    public async Task A_plan_version_is_published_once_and_binds_later_programmes()
    {
        var code = Sample.NewCode("plan");
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).IsCreated("/api/plans/");
        await ChangesNothing(() => PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version()));
        (await SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/confirmation")).Is(200);
        await ChangesNothing(() => PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version()));
        var second = await Publish(code, Cards.Version("2025-06-01", "60000.00"), 2);
        Assert.Equal(2, (int)second["latestVersion"]!);

        var programme = await OpenProgramme(plan: code);   // begins before version 2 does
        var made = await Assessed(programme);
        Assert.Equal("50000.00", made.Amount);
        Assert.Equal(1, (int)(await Officer.Get($"/api/claims/{made.Claim}")).Is(200)["planVersion"]!);
    }

    [Fact]
    public async Task A_person_enrols_directly_under_a_plan_whose_cover_starts_the_next_day()
    {
        var code = Sample.NewCode("plan");
        await Publish(code, Cards.Version(start: "nextDay"));
        var person = Sample.NewPerson();
        var body = new
        {
            plan = code,
            person = new
            {
                name = person.Name, idNumber = person.IdNumber, occupation = "货车司机", region = "620600", phone = person.Phone,
            },
        };
        var enrolled = (await Api.As("wang", "officer", "6206").Post("/api/enrolments", body)).Is(201);
        Assert.Equal(("truckDriver", "6206"), (enrolled.Text("occupation"), enrolled.Text("region")));
        Assert.Equal("member", (string)enrolled["funding"]![0]!["payer"]!);
        Assert.True(string.CompareOrdinal(enrolled.Text("coverFrom"), enrolled.Text("coverTo")) < 0);
        Assert.Null(enrolled["programme"]);
    }
}

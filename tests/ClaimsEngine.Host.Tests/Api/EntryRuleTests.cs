using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Rules of enrolment over HTTP, on every way in: a single entry, a change of employer, a voidance.</summary>
public sealed class EntryRuleTests(ApiFixture api) : ApiTest(api)
{
    /// <summary>75 % take part, everybody of employers below 11; the same units; 10 days and 2 months to join.</summary>
    private const string Measured = "shanghai-2006-accident";

    // participation

    [Fact]
    public async Task A_single_entry_waits_for_the_plans_ratio_says_so_and_covers_once_it_stands()
    {
        var employer = await RegisteredEmployer(staff: 60);
        var waiting = (await Officer.Post("/api/enrolments", Direct(employer))).Is(201);
        Assert.Equal(("pending", "participation"), (waiting.Text("status"), (string)Assert.Single(waiting["waitsFor"]!.AsArray())!));
        var path = $"/api/enrolments/{waiting.Text("id")}";
        await Refused(() => Officer.Do($"{path}/participation"), 409, "participation-too-low");
        await Refused(() => Officer.Post("/api/enrolments", Direct(null)), 422, "unit-required", "employer");

        (await Officer.Do($"/api/employers/{employer}/staff", new { staff = 2, women = 0 })).Is(200);
        var last = (await Officer.Post("/api/enrolments", Direct(employer))).Is(201);   // with it everybody takes part
        Assert.Equal("inForce", last.Text("status"));
        Assert.Empty(last["waitsFor"]!.AsArray());
        var covers = (await Officer.Do($"{path}/participation")).Is(200);
        Assert.Equal(("inForce", Sample.DayFromToday(1)), (covers.Text("status"), covers.Text("coverFrom")));
        Assert.Empty(covers["waitsFor"]!.AsArray());
        await ChangesNothing(() => Officer.Do($"{path}/participation"));
        Assert.Equal(["enrolment_started", "ratio_reached", "cover_took_effect"], await Api.Column(
            "SELECT type FROM claims.mt_events WHERE stream_id = $1 ORDER BY version", Guid.Parse(waiting.Text("id"))));

        (await Officer.Do($"/api/employers/{employer}/staff", new { staff = 60, women = 0 })).Is(200);
        Assert.Equal("inForce", (await Officer.Post("/api/enrolments", Direct(employer, Sample.DayFromToday(-20)))).Is(201)
            .Text("status"));   // a new hire joins what is in force
        Assert.Equal("pending", (await Officer.Post("/api/enrolments", Direct(employer))).Is(201).Text("status"));
    }

    // change of employer

    [Fact]
    public async Task A_change_of_employer_asks_what_an_entry_there_asks()
    {
        var plan = Sample.NewCode("plan");
        var card = Json(Cards.Version(maxUnits: 3));
        card["card"]!["eligibility"]!["sameUnitsPerEmployer"] = true;
        await Publish(plan, card);
        var programme = await OpenProgramme(plan: plan);
        var made = await Enrolled(programme);
        var path = $"/api/enrolments/{made.Enrolment}/employer";
        await Refused(() => Officer.Do(path, new { employer = "no-such-employer" }), 422, "unknown-unit", "employer");

        var two = await RegisteredEmployer();
        var first = Json(Sample.Enrolment(Sample.NewPerson(), programme, units: 2));
        first["employer"] = two;
        (await Officer.Post("/api/enrolments", first)).Is(201);
        await Refused(() => Officer.Do(path, new { employer = two }), 409, "units-differ", "employer");

        var free = await RegisteredEmployer();
        (await Officer.Do(path, new { employer = free })).Is(200);
        var cover = Assert.Single((await Officer.Get($"/api/employers/{free}")).Is(200)["covers"]!.AsArray())!;
        Assert.Equal((programme, 1), ((string)cover["programme"]!, (int)cover["units"]!));
    }

    [Fact]
    public async Task A_move_between_offices_is_made_by_who_acts_for_both_and_the_certificate_goes_to_the_other()
    {
        var made = await Enrolled(await OpenProgramme());
        var (there, elsewhere) = (await RegisteredEmployer(region: "620102"), await RegisteredEmployer(region: "610102"));
        var path = $"/api/enrolments/{made.Enrolment}";
        await Refused(() => Officer.Do($"{path}/employer", new { employer = there }), 403, "outside-region", "employer");
        var national = Api.As("gao", "officer", "");
        await Refused(() => national.Do($"{path}/employer", new { employer = elsewhere }), 422, "region-not-covered", "employer");
        var moved = (await Api.As("gao", "officer", "62").Do($"{path}/employer", new { employer = there })).Is(200);
        Assert.Equal((there, "620102"), (moved.Text("employer"), moved.Text("region")));
        (await Officer.Get(path)).IsProblemOf(404, "not-found");
        var theirs = Api.As("wang-of-620102", "officer", "620102");
        (await theirs.Get(path)).Is(200);
        Assert.Single((await theirs.Get($"/api/enrolments?employer={there}", moved.Position)).Is(200).Items);
    }

    // the past

    [Fact]
    public async Task Nobody_pays_for_cover_of_days_before_the_entry()
    {
        var ended = await OpenSharedProgramme(year: 2025);
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), ended)), 422, "plan-not-effective",
            "programme");

        var made = await Enrolled(await OpenSharedProgramme());
        var paid = (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions", Sample.Contribution())).Is(200);
        Assert.Equal(("inForce", Sample.DayFromToday(1), Sample.DayFromToday(0)),
            (paid.Text("status"), paid.Text("coverFrom"), paid.Text("enrolledOn")));
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, Sample.DayFromToday(-5))), 422,
            "incident-outside-cover", "incident.date");
    }

    [Fact]
    public async Task A_claim_of_before_the_enrolment_carries_a_flag_that_the_approval_answers()
    {
        var made = await Assessed();   // a gift of 2025, recorded today
        Assert.Equal(Sample.DayFromToday(0), (await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200).Text("enrolledOn"));
        var claim = (await Approver.Get($"/api/claims/{made.Claim}")).Is(200);
        Assert.Equal("incident-before-enrolment", (string)Assert.Single(claim["flags"]!.AsArray())!);
        Assert.Empty(claim["answeredFlags"]!.AsArray());
        var approved = (await Approver.Do($"/api/claims/{made.Claim}/approval",
            new { amount = made.Amount, reason = "名单于事故前已报送" })).Is(200);
        Assert.Equal(("incident-before-enrolment", "名单于事故前已报送"),
            ((string)Assert.Single(approved["answeredFlags"]!.AsArray())!, approved.Text("decisionReason")));
        var stored = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray()
            .Single(one => (string)one!["type"]! == "claim_approved")!;
        Assert.Contains("\"incident-before-enrolment\"", stored.ToJsonString());
    }

    // voidance

    [Fact]
    public async Task With_an_open_claim_a_certificate_is_voided_by_an_approver_with_a_reason()
    {
        var made = await Assessed();
        var path = $"/api/enrolments/{made.Enrolment}/voidance";
        await Refused(() => Officer.Do(path, new { reason = "重复参保" }), 409, "claims-open");
        await Refused(() => Officer.Do($"{path}/approval", new { reason = "重复参保" }), 403, "role-missing");
        await Refused(() => Approver.Do($"{path}/approval", new { reason = "" }), 422, "invalid-request", "reason");
        var submitter = Api.As("wang", "approver", "62");
        await Refused(() => submitter.Do($"{path}/approval", new { reason = "重复参保" }), 403, "four-eyes");
        var voided = (await Approver.Do($"{path}/approval", new { reason = "重复参保" })).Is(200);
        Assert.Equal(("void", "重复参保", "li"),
            (voided.Text("status"), (string)voided["end"]!["reason"]!, (string)voided["end"]!["by"]!));
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/assessment"), 409, "not-in-force");

        var withdrawn = await Submitted();
        (await Officer.Do($"/api/claims/{withdrawn.Claim}/withdrawal", new { reason = "r" })).Is(200);
        (await Officer.Do($"/api/enrolments/{withdrawn.Enrolment}/voidance", new { reason = "r" })).Is(200);
    }

    [Fact]
    public async Task A_duplicate_is_of_the_same_plan()
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, Cards.Version());
        var made = await Enrolled(await OpenProgramme());
        var other = await Enrolled(await OpenProgramme(plan: plan), made.Person);
        await Refused(() => Officer.Do($"/api/enrolments/{made.Enrolment}/voidance",
            new { reason = "r", duplicateOf = other.Enrolment }), 409, "no-duplicate", "duplicateOf");
    }

    // units

    [Fact]
    public async Task Where_no_number_of_units_is_named_one_is_sold_and_the_plan_says_so()
    {
        await Refused(() => Officer.Post("/api/plans/hubei-2025-critical-illness/quotes",
            new { enrolment = new { units = 100 }, incident = new { kind = "criticalIllness", date = "2025-06-01", severity = "severe" } }),
            422, "too-many-units", "enrolment.units");
        var version = (await Officer.Get("/api/plans/hubei-2025-critical-illness")).Is(200)["versions"]![0]!;
        Assert.Contains(version["readings"]!.AsArray(), reading => (string)reading!["path"]! == "eligibility.maxUnits");
    }

    private static JsonObject Direct(string? employer, string? hiredOn = null)
    {
        var person = Sample.NewPerson();
        return Json(new
        {
            plan = Measured, employer, hiredOn,
            person = new { name = person.Name, idNumber = person.IdNumber, occupation = "courier", region = "620602" },
        });
    }

    private static JsonObject Json(object value) => JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web)!.AsObject();
}

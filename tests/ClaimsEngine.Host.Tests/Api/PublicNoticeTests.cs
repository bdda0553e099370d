namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The organiser of the example (6207, seeds/handling) publishes what it grants before it pays. Each test has a district of its
/// own.</summary>
public sealed class PublicNoticeTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task What_is_published_shows_no_more_than_it_should_in_every_form()
    {
        const string region = "620721";
        var made = await Published(region);
        var position = await LastPosition();
        var list = (await Finance.Get($"/api/public-notices?region={region}", position)).Is(200);
        Assert.Equal((region, Sample.DayFromToday(0)), (list.Text("region"), list.Text("on")));
        var line = Assert.Single(list.Items)!.AsObject();
        Assert.Equal(["amount", "claimNumber", "district", "from", "name", "plan", "to"], line.Select(member => member.Key).Order());
        var masked = $"样{new string('*', made.Person.Name.Length - 2)}号";
        Assert.Equal((made.Amount, masked, Sample.DayFromToday(0)),
            ((string)line["amount"]!, (string)line["name"]!, (string)line["from"]!));

        var csv = (await Officer620721.Get($"/api/public-notices?on={list.Text("on")}", position, "text/csv")).Is(200);
        var page = (await Auditor.Get($"/api/public-notices?region={region}", position, "text/html")).Is(200);
        Assert.Equal(("text/csv", "text/html"), (csv.MediaType, page.MediaType));
        Assert.Equal(0xEF, csv.Bytes[0]);
        foreach (var form in new[] { list, csv, page })
        {
            Assert.Contains((string)line["claimNumber"]!, form.Body, StringComparison.Ordinal);
            Assert.Contains(masked, form.Body, StringComparison.Ordinal);
            foreach (var none in (string[])[made.Person.Name, made.Person.IdNumber, made.Person.Card, "伤残", "disability"])
                Assert.DoesNotContain(none, form.Body, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);

        // after its last day, and for another place, it is not on the list
        var after = NodaTime.Text.LocalDatePattern.Iso.Parse((string)line["to"]!).Value.PlusDays(1);
        Assert.Empty((await Finance.Get($"/api/public-notices?region={region}&on={after:uuuu-MM-dd}", position)).Is(200).Items);
        Assert.Empty((await Api.As("far", "officer", "620102").Get("/api/public-notices", position)).Is(200).Items);
        (await Finance.Get("/api/public-notices", accept: "image/png")).IsProblemOf(406, "not-acceptable");
        (await Finance.Get("/api/public-notices?on=x")).IsProblemOf(422, "invalid-request", "on");
    }

    [Fact]
    public async Task A_payout_waits_for_the_days_of_its_notice_and_for_objections()
    {
        var made = await Published("620722");
        var (notice, officer) = ($"/api/public-notices/{made.Claim}", Api.As("wang", "officer", "620722"));
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "notice-running");

        var raised = (await officer.Do($"{notice}/objections", new { reason = "反映不实" })).Is(200);
        Assert.Equal(1, (int)Assert.Single(raised["objections"]!.AsArray())!["number"]!);
        await ChangesNothing(() => officer.Do($"{notice}/objections", new { reason = "反映不实" }));
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "objection-open");

        object upheld = new { number = 1, outcome = "upheld", reason = "属实" };
        await Refused(() => Approver.Do($"{notice}/objections/decision", upheld), 403, "four-eyes");
        await Refused(() => Api.As("wang", "approver", "62").Do($"{notice}/objections/decision", upheld), 403, "four-eyes");
        var other = Api.As("gao", "approver", "62");
        await Refused(() => other.Do($"{notice}/objections/decision", new { number = 2, outcome = "upheld", reason = "r" }), 422,
            "unknown-objection", "number");
        var decided = (await other.Do($"{notice}/objections/decision", upheld)).Is(200);
        Assert.Equal("upheld", (string)decided["objections"]![0]!["outcome"]!);
        await Refused(() => other.Do($"{notice}/objections/decision", new { number = 1, outcome = "dismissed", reason = "r" }), 409,
            "objection-decided");
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "objection-stands");
        Assert.Empty((await Finance.Get("/api/public-notices?region=620722", decided.Position)).Is(200).Items);   // no more published

        (await Finance.Get(notice)).IsProblemOf(403, "role-missing");
        (await Api.As("far", "officer", "620102").Get(notice)).IsProblemOf(404, "not-found");
        (await Auditor.Get(notice)).Is(200);
    }

    [Fact]
    public async Task Where_the_organiser_wants_none_an_approval_has_no_notice()
    {
        var made = await Approved();
        (await Officer.Get($"/api/public-notices/{made.Claim}")).IsProblemOf(404, "not-found");
        await Refused(() => Officer.Do($"/api/public-notices/{made.Claim}/objections", new { reason = "r" }), 404, "not-found");
        (await Finance.Do($"/api/payouts/{made.Payout}/authorisation")).Is(200);
    }

    private Caller Officer620721 => Api.As("wang", "officer", "620721");
}

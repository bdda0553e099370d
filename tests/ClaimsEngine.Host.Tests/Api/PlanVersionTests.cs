using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A version of a plan's rules from its proposal to its publication by a second person.</summary>
public sealed class PlanVersionTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_proposal_is_shown_and_binds_nobody()
    {
        var code = Sample.NewCode("plan");
        var proposed = (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        Assert.Equal($"/api/plans/{code}", proposed.Location);
        Assert.Equal(0, (int)proposed["latestVersion"]!);
        Assert.Empty(proposed["versions"]!.AsArray());
        Assert.Equal((1, "proposed", "zhou", "plan-rules/2"),
            ((int)proposed["proposal"]!["version"]!, (string)proposed["proposal"]!["status"]!,
                (string)proposed["proposal"]!["publishedBy"]!,
                (string)proposed["proposal"]!["interpreter"]!));
        Assert.Empty(proposed["proposal"]!["differences"]!.AsArray());   // of the first there are none

        await Refused(() => PlanAdmin.Post("/api/programmes", Sample.Programme(Sample.NewCode("never"), plan: code)),
            422, "plan-not-effective", "from");
        Assert.DoesNotContain(await All(Officer, "/api/plans", minPosition: proposed.Position), row => (string)row["code"]! == code);
        Assert.True(JsonNode.DeepEquals(proposed["proposal"],
            (await Officer.Get($"/api/plans/{code}")).Is(200)["proposal"]));   // the database orders a card's members anew
    }

    [Fact]
    public async Task The_next_version_shows_what_differs_from_the_last_one()
    {
        var code = Sample.NewCode("plan");
        await Publish(code, Cards.Version());
        var proposed = (await PlanAdmin.Put($"/api/plans/{code}/versions/2", Cards.Version("2026-01-01", perUnit: "60000.00"))).Is(201);
        Assert.Equal(
        [
            ("benefits.0.byGrade.perUnit", "50000.00", "60000.00"),
            ("caps.perPeriod", "50000.00", "60000.00"),
        ], DifferencesOf(proposed["proposal"]!));
        Assert.Equal(1, (int)proposed["latestVersion"]!);

        var published = (await SecondPlanAdmin.Do($"/api/plans/{code}/versions/2/confirmation")).Is(200);
        Assert.Null(published["proposal"]);
        Assert.Equal(DifferencesOf(proposed["proposal"]!), DifferencesOf(published["versions"]![1]!));
        Assert.Equal(("published", "zhou", "zheng"),
            ((string)published["versions"]![1]!["status"]!, (string)published["versions"]![1]!["publishedBy"]!,
                (string)published["versions"]![1]!["confirmedBy"]!));
        Assert.Equal((string)published["versions"]![1]!["ruleHash"]!,
            (await Officer.Get($"/api/plans/{code}/versions/2")).Is(200).Text("ruleHash"));
    }

    [Fact]
    public async Task Who_proposed_a_version_does_not_confirm_it()
    {
        var code = Sample.NewCode("plan");
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        await Refused(() => PlanAdmin.Do($"/api/plans/{code}/versions/1/confirmation"), 403, "four-eyes");
        await ChangesNothing(() => PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version()));
        Assert.Equal(0, (int)(await PlanAdmin.Get($"/api/plans/{code}")).Is(200)["latestVersion"]!);
    }

    [Fact]
    public async Task The_same_version_sent_by_a_second_person_is_published_however_its_members_are_ordered()
    {
        var code = Sample.NewCode("plan");
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        var body = JsonSerializer.SerializeToNode(Cards.Version())!.AsObject();
        body["card"] =
            new JsonObject(body["card"]!.AsObject().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var published = (await SecondPlanAdmin.Put($"/api/plans/{code}/versions/1", body)).Is(201);
        Assert.Equal((1, "zhou", "zheng"),
            ((int)published["latestVersion"]!, (string)published["versions"]![0]!["publishedBy"]!,
                (string)published["versions"]![0]!["confirmedBy"]!));
        await ChangesNothing(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/confirmation"));
        // who proposed it may not confirm it, though nothing would change
        await Refused(() => PlanAdmin.Do($"/api/plans/{code}/versions/1/confirmation"), 403, "four-eyes");
    }

    [Fact]
    public async Task Who_confirms_confirms_what_was_read()
    {
        var code = Sample.NewCode("plan");
        var read = (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version(perUnit: "1.00"))).Is(201);   // another card in its place
        await Refused(() => SecondPlanAdmin.Post($"/api/plans/{code}/versions/1/confirmation", null, read.ETag), 412, "stale-version");
    }

    [Fact]
    public async Task A_second_person_with_another_card_waits_for_the_first_or_rejects_it()
    {
        var code = Sample.NewCode("plan");
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        await Refused(() => SecondPlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version(perUnit: "1.00")),
            409, "proposal-pending", "version");
        var rejected = (await SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/rejection", new { reason = "金额有误" })).Is(200);
        Assert.Equal((code, 0), (rejected.Text("code"), (int)rejected["latestVersion"]!));
        Assert.Null(rejected["proposal"]);
        Assert.Equal(rejected.Body, (await Officer.Get($"/api/plans/{code}")).Is(200).Body);
        await Refused(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/confirmation"), 404, "not-found");
        await Refused(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/1/rejection", new { reason = "r" }), 404, "not-found");
        (await SecondPlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version(perUnit: "1.00"))).Is(201);
        Assert.Equal(["plan_version_proposed", "plan_version_rejected", "plan_version_proposed"],
            await Api.Column("SELECT type FROM claims.mt_events WHERE data ->> 'plan' = $1 ORDER BY version", code));
    }

    [Fact]
    public async Task Who_proposed_a_version_may_take_it_back()
    {
        var code = Sample.NewCode("plan");
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        await Refused(() => PlanAdmin.Do($"/api/plans/{code}/versions/1/rejection", new { reason = " " }),
            422, "invalid-request", "reason");
        (await PlanAdmin.Do($"/api/plans/{code}/versions/1/rejection", new { reason = "金额有误" })).Is(200);
    }

    [Fact]
    public async Task What_nobody_proposed_is_neither_confirmed_nor_rejected()
    {
        var code = Sample.NewCode("plan");
        await Publish(code, Cards.Version());
        foreach (var version in (int[])[0, 2, 99])
        {
            await Refused(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/{version}/confirmation"), 404, "not-found");
            await Refused(() => SecondPlanAdmin.Do($"/api/plans/{code}/versions/{version}/rejection", new { reason = "r" }),
                404, "not-found");
        }
        await Refused(() => SecondPlanAdmin.Do($"/api/plans/{Sample.NewCode("plan")}/versions/1/confirmation"), 404, "not-found");
    }

    [Fact]
    public async Task Rules_are_proposed_confirmed_and_rejected_by_who_acts_for_every_place_that_they_bind()
    {
        var code = Sample.NewCode("plan");
        var ofGansu = Api.As("gansu", "plan-admin", "62");
        await Refused(() => ofGansu.Put($"/api/plans/{code}/versions/1", Cards.Version()), 403, "outside-region",
            "card.eligibility.regions");   // binds the whole country
        (await PlanAdmin.Put($"/api/plans/{code}/versions/1", Cards.Version())).Is(201);
        await Refused(() => ofGansu.Do($"/api/plans/{code}/versions/1/confirmation"), 403, "outside-region", "card.eligibility.regions");
        await Refused(() => ofGansu.Do($"/api/plans/{code}/versions/1/rejection", new { reason = "r" }),
            403, "outside-region", "card.eligibility.regions");
    }

    [Fact]
    public async Task Every_fault_of_a_card_is_named_at_once()
    {
        var body = JsonSerializer.SerializeToNode(Cards.Version())!;
        body["card"]!["cover"]!["months"] = 0;
        body["card"]!["prices"]![0]!["perUnit"] = "0.00";
        body["card"]!["benefits"]![0]!["byGrade"]!["table"] = "none";
        var reply = await Refused(() => PlanAdmin.Put($"/api/plans/{Sample.NewCode("plan")}/versions/1", body), 422, "invalid-plan-card");
        Assert.Equal(["card.benefits.0.byGrade.table", "card.cover.months", "card.prices.0.perUnit"],
            reply.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_plan_is_shown_as_it_was_before_its_confirmation()
    {
        var code = Sample.NewCode("plan");
        await Publish(code, Cards.Version());
        Assert.Equal(1, (int)(await Officer.Get($"/api/plans/{code}?version=1")).Is(200)["proposal"]!["version"]!);
        Assert.Null((await Officer.Get($"/api/plans/{code}?version=2")).Is(200)["proposal"]);
    }

    private static IEnumerable<(string, string?, string?)> DifferencesOf(JsonNode version) =>
        version["differences"]!.AsArray()
            .Select(difference => ((string)difference!["path"]!, (string?)difference["before"], (string?)difference["after"])).Order();
}

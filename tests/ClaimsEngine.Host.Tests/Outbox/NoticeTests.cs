using System.Text.Json.Nodes;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Outbox;

/// <summary>What claimants and payees are told, by text message or by hand.</summary>
public sealed class NoticeTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Without_a_gateway_notices_stay_unsent_and_the_office_tells_them()
    {
        var made = await Settled();
        var shown = (await Officer.Get($"/api/claims/{made.Claim}/notices", await LastPosition())).Is(200);
        Assert.Equal(["receivedIncomplete", "approved", "paid"], shown.Items.Select(notice => (string)notice!["kind"]!));
        Assert.All(shown.Items, notice => Assert.Equal(("unsent", true), ((string)notice!["status"]!, (bool)notice["hasPhone"]!)));
        Assert.All(shown.Items, notice => Assert.StartsWith(made.Person.Name, (string)notice!["text"]!, StringComparison.Ordinal));
        Assert.Contains(made.Amount!, (string)shown.Items[1]!["text"]!);
        Assert.Contains("yuan", (string)(await Officer.Get($"/api/claims/{made.Claim}/notices?language=en")).Is(200).Items[2]!["text"]!);

        var (path, version) = ($"/api/claims/{made.Claim}/notices/{(string)shown.Items[1]!["id"]!}/told", shown.ETag);
        (await Officer.Post(path, new { how = "phone" }, version)).Is(200);
        (await Officer.Do(path, new { how = "letter" })).Is(200);   // told already: it changes nothing
        var told = (await Officer.Get($"/api/claims/{made.Claim}/notices", await LastPosition())).Is(200).Items[1]!;
        Assert.Equal(("told", "phone"), ((string)told["status"]!, (string)told["note"]!));
        Assert.Contains((await Officer.Get($"/api/claims/{made.Claim}/case", await LastPosition())).Is(200).Json!["history"]!.AsArray(),
            entry => (string)entry!["type"]! == "claimant_informed");
    }

    [Fact]
    public async Task A_returned_transfer_asks_the_payee_for_another_account()
    {
        var made = await Released();
        (await Releaser.Do($"/api/payment-batches/{made.Batch}/results", Result(made.Payout!, "returned", reason: "户名不符"))).Is(200);
        var last = (await Officer.Get($"/api/claims/{made.Claim}/notices", await LastPosition())).Is(200).Items[^1]!;
        Assert.Equal("transferReturned", (string)last["kind"]!);
        Assert.DoesNotContain("户名不符", (string)last["text"]!);
    }

    [Fact]
    public async Task A_notice_is_its_regions_and_names_nobody_in_the_list()
    {
        var (made, other) = (await Submitted(), await Submitted());
        var position = await LastPosition();
        var notice = (string)(await Officer.Get($"/api/claims/{made.Claim}/notices", position)).Is(200).Items[0]!["id"]!;
        var rows = await All(Officer, "/api/notices?status=unsent&region=6206", minPosition: position);
        Assert.Contains(rows, row => (string)row["id"]! == notice && (string)row["claim"]! == made.Claim);
        Assert.All(rows, row => Assert.Equal(("unsent", "620602"), ((string)row["status"]!, (string)row["region"]!)));
        Assert.DoesNotContain(rows, row => row.ToJsonString().Contains(made.Person.Name, StringComparison.Ordinal));
        Assert.Empty(await All(Officer, "/api/notices?region=15"));
        Assert.DoesNotContain(await All(Api.As("wang-of-15", "officer", "15"), "/api/notices"), row => (string)row["claim"]! == made.Claim);
        (await Finance.Get("/api/notices")).IsProblemOf(403, "role-missing");
        (await Finance.Get($"/api/claims/{made.Claim}/notices")).IsProblemOf(403, "role-missing");
        (await Api.As("wang-of-15", "officer", "15").Get($"/api/claims/{made.Claim}/notices")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/claims/{made.Claim}/notices?language=fr")).IsProblemOf(422, "invalid-request", "language");
        await Refused(() => Officer.Do($"/api/claims/{other.Claim}/notices/{notice}/told", new { how = "phone" }), 404, "not-found");
        (await Officer.Post($"/api/claims/{made.Claim}/notices/{notice}/replay")).IsProblemOf(409, "wrong-state");
        (await Officer.Post($"/api/claims/{other.Claim}/notices/{notice}/replay")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task Platforms_that_do_not_answer_keep_no_notice_from_the_people()
    {
        await using var gateway = await FakePlatform.Start((_, body) => (string)JsonNode.Parse(body)!["id"]!);
        await using var platform = await FakePlatform.Start();
        platform.Answer = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return 200;
        };
        await using var host = await Api.StartHost(await Api.NewDatabase(), SeedLevel.Reference,
            ["--Notices:GatewayUrl", gateway.Url, "--Outbox:AtOnce", "1", "--Outbox:AtOnceEach", "1",
                "--Outbox:TimeoutSeconds", "3000", "--Outbox:LeaseSeconds", "6000"]);
        using var http = Api.NewClient(host);
        async Task<Caller> As(string user, string role) => Api.As(user, role, "620602").Through(http, (await Api.Anonymous
            .Through(http).Post("/api/dev/tokens", new { user, roles = new[] { role }, region = "620602" })).Is(200).Text("token"));
        var (keeper, officer, person) = (await As("wu", "operator"), await As("wang", "officer"), Sample.NewPerson());
        (await keeper.Post("/api/webhooks", new { url = platform.Url, events = new[] { "*" }, region = "620602" })).Is(201);
        var enrolment = (await officer.Post("/api/enrolments", new
        {
            programme = Sample.SeededPlan, units = 1,
            person = new
            {
                name = person.Name, idNumber = person.IdNumber, occupation = "truckDriver", region = "620602", phone = person.Phone,
            },
        })).Is(201).Text("id");
        var claim = (await officer.Post("/api/claims", Sample.Claim(enrolment, person))).Is(201).Text("id");
        await Wait.Until(() => platform.Open == 1, "the platform is not told of the claim");
        (await officer.Do($"/api/claims/{claim}/supplement-requests")).Is(200);
        await Wait.Until(() => gateway.Taken.Count == 2, "the person is not told while the platform does not answer");
        Assert.Equal(1, platform.Open);
    }

    [Fact]
    public async Task P4_a_gateway_is_told_each_notice_once_in_effect_and_nothing_of_the_seeds()
    {
        await using var gateway = await FakePlatform.Start((_, body) => (string)JsonNode.Parse(body)!["id"]!);
        gateway.Answer = (sent, _) => Task.FromResult(sent.Nth < 3 ? 500 : 200);
        var connection = await Api.NewDatabase();
        await using var host = await Api.StartHost(connection, SeedLevel.Demo,
            ["--Notices:GatewayUrl", gateway.Url, "--Notices:GatewayToken", "sample-token"]);
        using var http = Api.NewClient(host);
        async Task<Caller> As(string user, string roles, string region) => Api.As(user, roles, region).Through(http, (await Api.Anonymous
            .Through(http).Post("/api/dev/tokens", new { user, roles = roles.Split(','), region })).Is(200).Text("token"));
        var officer = await As("wang", "officer", "620602");
        await using var database = new Database(connection);

        var (reached, mute) = (Sample.NewPerson(), Sample.NewPerson());
        var claims = new List<string>();
        foreach (var (person, phone) in ((Sample.Person, string?)[])[(reached, reached.Phone), (mute, null)])
        {
            var enrolment = (await officer.Post("/api/enrolments", new
            {
                programme = Sample.SeededPlan, units = 1,
                person = new { name = person.Name, idNumber = person.IdNumber, occupation = "truckDriver", region = "620602", phone },
            })).Is(201).Text("id");
            claims.Add((await officer.Post("/api/claims", Sample.Claim(enrolment, person))).Is(201).Text("id"));
            (await officer.Do($"/api/claims/{claims[^1]}/supplement-requests")).Is(200);
        }

        var of = await Wait.For(async () => (First: await Notices(claims[0]), Second: await Notices(claims[1])), both =>
            both.First.Count(notice => (string)notice!["status"]! == "delivered") == 2
            && both.Second.Count(notice => (string)notice!["status"]! == "noAddress") == 2, "not every notice has ended");
        Assert.Equal(of.First.Select(notice => (string)notice!["id"]!).Order(), gateway.Taken.Select(sent => sent.Id).Order());
        Assert.Equal(6, gateway.Requests.Count);
        Assert.All(gateway.Requests, sent =>
        {
            var body = JsonNode.Parse(sent.Body)!;
            Assert.Equal(reached.Phone, (string)body["phone"]!);
            Assert.Contains(of.First, notice => (string)notice!["text"]! == (string)body["text"]!);
            Assert.Equal("Bearer sample-token", sent.Headers.Authorization.ToString());
        });
        // Seeds tell stories of past years to nobody. Their claims are there, and their notices are not.
        Assert.True((long)(await database.Ask("SELECT count(*) FROM read.claims WHERE recorded_to = 'infinity'"))! > claims.Count);
        Assert.Equal(4L, await database.Ask("SELECT count(*) FROM claims.deliveries"));

        async Task<JsonArray> Notices(string claim) => (await officer.Get($"/api/claims/{claim}/notices",
            (string)(await database.Ask("SELECT max(seq_id)::text FROM claims.mt_events"))!)).Is(200).Items;
    }
}

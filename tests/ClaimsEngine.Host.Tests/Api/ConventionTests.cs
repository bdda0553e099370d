using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What holds for every route: concurrency, retries, paging, time travel, read-your-writes.</summary>
public sealed class ConventionTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_command_without_If_Match_is_428_on_every_existing_resource()
    {
        var made = await Released();
        var programme = await OpenProgramme();
        var (plan, unit) = (Sample.NewCode("plan"), await RegisteredUnit());
        (await PlanAdmin.Put($"/api/plans/{plan}/versions/1", Cards.Version())).Is(201);
        var commands = new (Caller By, string Path, object? Body)[]
        {
            (SecondPlanAdmin, $"/api/plans/{plan}/versions/1/confirmation", null),
            (SecondPlanAdmin, $"/api/plans/{plan}/versions/1/rejection", new { reason = "r" }),
            (Officer, $"/api/members/{await MemberOf(made)}/correction", new { phone = "000-0000-8888", reason = "r" }),
            (Finance, $"/api/enrolments/{made.Enrolment}/contributions", Sample.Contribution()),
            (Officer, $"/api/enrolments/{made.Enrolment}/cancellation", new { reason = "r" }),
            (Officer, $"/api/enrolments/{made.Enrolment}/voidance", new { reason = "r" }),
            (Finance, $"/api/enrolments/{made.Enrolment}/lapse", new { reason = "r" }),
            (Officer, $"/api/enrolments/{made.Enrolment}/unit", new { unit = "LZ-0001" }),
            (Officer, $"/api/claims/{made.Claim}/documents", Sample.Document("other")),
            (Officer, $"/api/claims/{made.Claim}/assessment", null),
            (Approver, $"/api/claims/{made.Claim}/approval", new { amount = "1.00", reason = "r" }),
            (Approver, $"/api/claims/{made.Claim}/refusal", new { reason = "r" }),
            (Officer, $"/api/claims/{made.Claim}/withdrawal", new { reason = "r" }),
            (Finance, $"/api/payouts/{made.Payout}/authorisation", null),
            (Finance, $"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person)),
            (Releaser, $"/api/payment-batches/{made.Batch}/release", null),
            (Releaser, $"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "settled")),
            (PlanAdmin, $"/api/programmes/{programme}/allocations", new { region = "6206", places = 1 }),
            (Officer, $"/api/units/{unit}/staff", new { staff = 2, women = 1 }),
        };
        Assert.Equal(Engine.Modules.SelectMany(module => module.UseCases).Count(useCase => !useCase.Creates), commands.Length);
        foreach (var (by, path, body) in commands)
        {
            await Refused(() => by.Post(path, body), 428, "if-match-required", "If-Match");
            await Refused(() => by.Post(path, body, "\"999\""), 412, "stale-version");
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"\"")]
    [InlineData("\"one\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("\"+1\"")]
    [InlineData("\" 1 \"")]
    [InlineData("\"-1\"")]
    public async Task An_If_Match_that_is_no_ETag_of_ours_is_422(string ifMatch)
    {
        var made = await Submitted();
        await Refused(() => Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("other"), ifMatch), 422, "invalid-request", "If-Match");
    }

    [Fact]
    public async Task An_ETag_is_good_for_one_change()
    {
        var made = await Submitted();
        var etag = (await Officer.Get($"/api/claims/{made.Claim}")).Is(200).ETag!;
        Assert.Equal("\"1\"", etag);
        var changed = (await Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("other"), etag)).Is(200);
        Assert.Equal("\"2\"", changed.ETag);
        await Refused(() => Officer.Post($"/api/claims/{made.Claim}/documents", Sample.Document("eventStatement"), etag), 412, "stale-version");
        Assert.Equal(changed.ETag, (await Officer.Get($"/api/claims/{made.Claim}")).Is(200).ETag);
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_stored_answer_and_no_new_event()
    {
        var (person, key) = (Sample.NewPerson(), Guid.NewGuid().ToString());
        var body = Sample.Enrolment(person, Sample.SeededPlan);
        var first = (await Officer.Post("/api/enrolments", body, key: key)).Is(201);
        Assert.False(first.Replayed);
        var before = await Api.Ledger();
        for (var i = 0; i < 3; i++)
        {
            var again = (await Officer.Post("/api/enrolments", body, key: key)).Is(201);
            Assert.True(again.Replayed);
            Assert.Equal((first.Body, first.ETag, first.Location, first.Position), (again.Body, again.ETag, again.Location, again.Position));
        }
        Assert.Equal(before, await Api.Ledger());

        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan, units: 2), key: key), 422, "idempotency-key-reused", "Idempotency-Key");
        await Refused(() => Officer.Post("/api/claims", body, key: key), 422, "idempotency-key-reused", "Idempotency-Key");
        await Refused(() => Api.As("another", "officer", "620602").Post("/api/enrolments", body, key: key), 409, "already-enrolled");   // keys of two callers never meet
    }

    [Fact]
    public async Task A_key_works_for_commands_on_existing_resources_whatever_the_ETag_is_by_then()
    {
        var made = await Submitted();
        var (path, key) = ($"/api/claims/{made.Claim}/documents", Guid.NewGuid().ToString());
        var first = (await Officer.Post(path, Sample.Document("other"), "\"1\"", key)).Is(200);
        (await Officer.Do(path, Sample.Document("eventStatement"))).Is(200);
        var again = (await Officer.Post(path, Sample.Document("other"), "\"1\"", key)).Is(200);
        Assert.Equal((first.Body, first.ETag), (again.Body, again.ETag));
        var other = await Submitted();
        await Refused(() => Officer.Do($"/api/claims/{other.Claim}/documents", Sample.Document("other"), key), 422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task A_refusal_does_not_use_the_key_up()
    {
        var (made, key) = (await Enrolled(), Guid.NewGuid().ToString());
        await Refused(() => Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person, grade: 11), key: key), 422, "invalid-request", "incident.grade");
        (await Officer.Post("/api/claims", Sample.Claim(made.Enrolment, made.Person), key: key)).Is(201);
    }

    [Fact]
    public async Task The_same_key_at_once_has_one_effect()
    {
        var (person, key) = (Sample.NewPerson(), Guid.NewGuid().ToString());
        var body = Sample.Enrolment(person, Sample.SeededPlan);
        var events = await Api.Events();
        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Officer.Post("/api/enrolments", body, key: key)));
        var done = replies.Where(reply => reply.Status == 201).ToList();
        Assert.NotEmpty(done);
        Assert.Single(done.Select(reply => reply.Body).Distinct());
        Assert.Single(done, reply => !reply.Replayed);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.IsProblemOf(409, "request-running"));
        Assert.Equal(events + 2, await Api.Events());   // the person and the enrolment
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task A_key_has_1_to_200_characters(string key) =>
        await Refused(() => Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan), key: key), 422, "invalid-request", "Idempotency-Key");

    [Fact]
    public async Task Every_fault_of_a_body_is_named()
    {
        var reply = await Refused(() => Officer.Post("/api/enrolments", """
            {"programme":7,"units":"2","colour":"red","person":{"name":null,"occupation":"pirate","region":"999999","phone":"1","account":{"number":"1234"}}}
            """), 422, "invalid-request");
        Assert.Equal(
            ["colour", "person.account.bank", "person.account.holder", "person.account.number", "person.idNumber", "person.name", "person.occupation", "person.region", "programme", "units"],
            reply.Fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("// no\n{}")]
    public async Task A_body_that_is_no_JSON_object_is_422(string body)
    {
        var reply = await Refused(() => Officer.Post("/api/enrolments", body), 422, "invalid-request");
        Assert.NotEmpty(reply.Fields);
    }

    [Fact]
    public async Task A_member_that_stands_twice_is_named()
    {
        var made = await Submitted();
        var path = $"/api/claims/{made.Claim}/withdrawal";
        await Refused(() => Officer.Do(path, """{"reason":"a","reason":"b"}"""), 422, "invalid-request", "reason");
        await Refused(() => Officer.Post("/api/enrolments", """{"programme":"p","person":{"name":"a","name":"b"}}"""), 422, "invalid-request", "person.name");
    }

    [Fact]
    public async Task What_stands_in_the_address_does_not_stand_in_the_body()
    {
        var made = await Submitted();
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "a", claim = made.Claim }), 422, "invalid-request", "claim");
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413()
    {
        var large = $$"""{"reason":"{{new string('a', 1_100_000)}}"}""";
        var made = await Submitted();
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", large), 413, "body-too-large");
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", Chunked(large, "application/json")), 413, "body-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("text/csv")]
    public async Task A_body_of_another_media_type_is_415(string type)
    {
        var made = await Submitted();
        var content = new StringContent("""{"reason":"a"}""", Encoding.UTF8, type);
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", content), 415, "unsupported-media-type");
        await Refused(() => Officer.Do($"/api/claims/{made.Claim}/withdrawal", Chunked("""{"reason":"a"}""", type)), 415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_JSON_body_may_come_in_chunks_and_under_a_JSON_suffix()
    {
        var made = await Submitted();
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", Chunked("""{"reason":"a"}""", "application/vnd.sample+json"))).Is(200);
    }

    [Theory]
    [InlineData("/api/plans")]
    [InlineData("/api/programmes")]
    [InlineData("/api/enrolments")]
    [InlineData("/api/claims")]
    [InlineData("/api/payouts")]
    [InlineData("/api/payment-batches")]
    [InlineData("/api/units")]
    [InlineData("/api/audit/events")]
    public async Task A_list_refuses_what_it_does_not_understand(string path)
    {
        var reader = Api.As("reader", "officer,finance,auditor", "");
        foreach (var query in (string[])["colour=red", "Limit=1"])
            (await reader.Get($"{path}?{query}")).IsProblemOf(422, "invalid-request", query.Split('=')[0]);
        foreach (var limit in (string[])["0", "201", "-1", "1.5", "many", "99999999999999"])
            (await reader.Get($"{path}?limit={limit}")).IsProblemOf(422, "invalid-request", "limit");
        (await reader.Get($"{path}?limit=1&limit=2")).IsProblemOf(422, "invalid-request", "limit");
        if (path.StartsWith("/api/audit", StringComparison.Ordinal))
        {
            foreach (var after in (string[])["x", "1.2", "1.2.3.4", "-1.2.3", "1.2.99999999999999999999"])
                (await reader.Get($"{path}?after={after}")).IsProblemOf(422, "invalid-request", "after");
            (await reader.Get($"{path}?stream=x")).IsProblemOf(422, "invalid-request", "stream");
            return;
        }
        foreach (var cursor in (string[])["x", "AAAA", "////////////////////////", "%20", "AAAAAAAAAAAAAAAAAAAAAAA"])
            (await reader.Get($"{path}?cursor={cursor}")).IsProblemOf(422, "invalid-request", "cursor");
        foreach (var asOf in (string[])["yesterday", "2025-10-20", "2025-10-20T08:30:00", "2025-13-20T08:30:00Z", "9999-12-31T23:59:59-18:00", "0001-01-01T00:00:00%2B18:00"])
            (await reader.Get($"{path}?asOf={asOf}")).IsProblemOf(422, "invalid-request", "asOf");
        (await reader.Get(path, minPosition: "soon")).IsProblemOf(422, "invalid-request", "Min-Position");
    }

    [Theory]
    [InlineData("/api/claims?status=lost", "status")]
    [InlineData("/api/claims?status=1", "status")]
    [InlineData("/api/claims?region=99", "region")]
    [InlineData("/api/claims?enrolment=7", "enrolment")]
    [InlineData("/api/claims?from=2025-02-30", "from")]
    [InlineData("/api/claims?from=-0005-01-01", "from")]
    [InlineData("/api/claims?plan=%00", "plan")]
    [InlineData("/api/enrolments?occupation=pirate", "occupation")]
    [InlineData("/api/payouts?to=tomorrow", "to")]
    [InlineData("/api/finance/payouts?from=-0005-01-01", "from")]
    [InlineData("/api/finance/payouts?plan=%00", "plan")]
    [InlineData("/api/audit/events?type=%00", "type")]
    [InlineData("/api/audit/events?from=9999-12-31T23:59:59-18:00", "from")]
    public async Task A_filter_that_cannot_be_read_is_422(string path, string field) =>
        (await Api.As("reader", "officer,finance,auditor", "").Get(path)).IsProblemOf(422, "invalid-request", field);

    [Fact]
    public async Task A_resource_refuses_what_it_does_not_understand()
    {
        var made = await Submitted();
        foreach (var query in (string[])["colour=red", "version=0", "version=x", "version=-1", "asOf=yesterday", "version=1&asOf=2025-01-01T00:00:00Z", "asOf=9999-12-31T23:59:59-18:00"])
            (await Officer.Get($"/api/claims/{made.Claim}?{query}")).IsProblemOf(422, "invalid-request");
        (await Officer.Post($"/api/claims?colour=red", Sample.Claim(made.Enrolment, made.Person))).IsProblemOf(422, "invalid-request", "colour");
        (await Finance.Get($"/api/payment-batches/{Guid.NewGuid()}/file?format=pdf")).IsProblemOf(422, "invalid-request", "format");
    }

    [Fact]
    public async Task Paging_visits_every_row_once_while_rows_are_added()
    {
        var programme = await OpenProgramme();
        var before = new List<string>();
        for (var i = 0; i < 23; i++) before.Add((await Enrolled(programme)).Enrolment);
        var position = (await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme))).Is(201).Position;

        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await Officer.Get($"/api/enrolments?programme={programme}&limit=5{(cursor is null ? "" : $"&cursor={cursor}")}", position)).Is(200);
            Assert.True(page.Items.Count <= 5);
            seen.AddRange(page.Items.Select(item => (string)item!["id"]!));
            await Enrolled(programme);
            if (page["next"] is null) break;
            cursor = page.Text("next");
        }
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(before.Order(), seen.Intersect(before).Order());
        Assert.Equal(24, seen.Count);
    }

    [Fact]
    public async Task The_newest_row_comes_first_and_the_last_page_has_no_next()
    {
        var programme = await OpenProgramme();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++) ids.Add((await Enrolled(programme)).Enrolment);
        var rows = await All(Officer, $"/api/enrolments?programme={programme}", limit: 2, minPosition: await LastPosition());
        Assert.Equal(Enumerable.Reverse(ids), rows.Select(row => (string)row["id"]!));
    }

    [Fact]
    public async Task A_resource_is_shown_as_it_was_at_a_version_and_at_a_moment()
    {
        var made = await Settled();
        var events = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray();
        for (var version = 1; version <= events.Count; version++)
        {
            var status = version < 6 ? "submitted" : version < 7 ? "assessed" : "approved";
            var byVersion = (await Officer.Get($"/api/claims/{made.Claim}?version={version}")).Is(200);
            Assert.Equal((status, $"\"{version}\""), (byVersion.Text("status"), byVersion.ETag));
            var byMoment = (await Officer.Get($"/api/claims/{made.Claim}?asOf={(string)events[version - 1]!["time"]!}")).Is(200);
            Assert.Equal(byVersion.Body, byMoment.Body);
        }
        (await Officer.Get($"/api/claims/{made.Claim}?version={events.Count + 1}")).IsProblemOf(404, "not-found");
        (await Officer.Get($"/api/claims/{made.Claim}?asOf=2020-01-01T00:00:00Z")).IsProblemOf(404, "not-found");
        Assert.Equal("ordered", (await Finance.Get($"/api/payouts/{made.Payout}?version=1")).Is(200).Text("status"));
        Assert.Equal("assembled", (await Finance.Get($"/api/payment-batches/{made.Batch}?version=1")).Is(200).Text("status"));
        Assert.Equal("0.00", (await Finance.Get($"/api/enrolments/{made.Enrolment}?version=1")).Is(200).Text("benefitUsed"));
    }

    [Fact]
    public async Task A_list_is_shown_as_it_was_at_a_moment()
    {
        var programme = await OpenProgramme();
        var made = await Assessed(programme);
        var events = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray();
        var position = (string)events[^1]!["position"]!;
        async Task<JsonNode?> At(int version) => (await Officer.Get($"/api/claims?programme={programme}&asOf={(string)events[version - 1]!["time"]!}", position)).Is(200).Items.SingleOrDefault();

        Assert.Equal(("submitted", 4, 1), ((string)(await At(1))!["status"]!, (int)(await At(1))!["missingDocuments"]!, (int)(await At(1))!["version"]!));
        Assert.Equal(2, (int)(await At(3))!["missingDocuments"]!);
        Assert.Equal(("assessed", "120000.00"), ((string)(await At(6))!["status"]!, (string)(await At(6))!["assessedAmount"]!));
        Assert.Equal((string)events[5]!["time"]!, (string)(await At(6))!["recordedFrom"]!);
        var enrolled = (string)(await Auditor.Get($"/api/audit/streams/{made.Enrolment}")).Is(200)["events"]![0]!["time"]!;
        Assert.Empty((await Officer.Get($"/api/claims?programme={programme}&asOf={enrolled}", position)).Is(200).Items);
    }

    [Fact]
    public async Task A_reader_that_sends_Min_Position_sees_its_own_writes()
    {
        var programme = await OpenProgramme();
        for (var i = 1; i <= 20; i++)
        {
            var written = (await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), programme))).Is(201);
            Assert.Equal(i, (await Officer.Get($"/api/enrolments?programme={programme}", written.Position)).Is(200).Items.Count);
        }
    }

    [Fact]
    public async Task A_position_that_never_comes_is_waited_for_half_a_second_and_answered_all_the_same()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        (await Officer.Get("/api/claims?limit=1", "1.999999999999.1")).Is(200);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.4, 10);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_its_filters()
    {
        var programme = await OpenProgramme();
        var (first, second) = (await Assessed(programme), await Submitted(programme, region: "620102"));
        var position = await LastPosition();
        async Task<string[]> Ids(string query) => [.. (await Auditor.Get($"/api/claims?programme={programme}&{query}", position)).Is(200).Items.Select(item => (string)item!["id"]!)];
        Assert.Equal([second.Claim, first.Claim], await Ids(""));
        Assert.Equal([first.Claim], await Ids("status=assessed"));
        Assert.Equal([second.Claim], await Ids("region=6201"));
        Assert.Equal([first.Claim], await Ids("region=620600"));
        Assert.Equal([first.Claim], await Ids($"enrolment={first.Enrolment}"));
        Assert.Equal([second.Claim, first.Claim], await Ids($"plan={Sample.SeededPlan}&from=2020-01-01&to=2999-12-31"));
        Assert.Empty(await Ids("to=2020-01-01"));
        var member = (string)(await Auditor.Get($"/api/enrolments/{first.Enrolment}")).Is(200)["member"]!["id"]!;
        Assert.Equal(first.Enrolment, (string)Assert.Single((await Auditor.Get($"/api/enrolments?programme={programme}&member={member}&occupation=truckDriver&from=2025-01-01&to=2025-01-01", position)).Is(200).Items)!["id"]!);
    }

    /// <summary>A body whose length is not said beforehand.</summary>
    private static StreamContent Chunked(string text, string type) =>
        new(new NoLength(Encoding.UTF8.GetBytes(text))) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

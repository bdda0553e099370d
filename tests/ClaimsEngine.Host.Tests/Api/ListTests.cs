using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What holds for every list: filters, pages, time travel, and reading what one has just written.</summary>
public sealed class ListTests(ApiFixture api) : ApiTest(api)
{
    [Theory]
    [InlineData("/api/plans")]
    [InlineData("/api/programmes")]
    [InlineData("/api/enrolments")]
    [InlineData("/api/claims")]
    [InlineData("/api/payouts")]
    [InlineData("/api/payment-batches")]
    [InlineData("/api/employers")]
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
            foreach (var after in (string[])["x", "1.2", "1.2.3", "-1", "%2B1", "99999999999999999999"])
                (await reader.Get($"{path}?after={after}")).IsProblemOf(422, "invalid-request", "after");
            (await reader.Get($"{path}?stream=x")).IsProblemOf(422, "invalid-request", "stream");
            return;
        }
        foreach (var cursor in (string[])["x", "AAAA", "////////////////////////", "%20", "AAAAAAAAAAAAAAAAAAAAAAA"])
            (await reader.Get($"{path}?cursor={cursor}")).IsProblemOf(422, "invalid-request", "cursor");
        foreach (var asOf in (string[])["yesterday", "2025-10-20", "2025-10-20T08:30:00", "2025-13-20T08:30:00Z",
            "9999-12-31T23:59:59-18:00", "0001-01-01T00:00:00%2B18:00"])
            (await reader.Get($"{path}?asOf={asOf}")).IsProblemOf(422, "invalid-request", "asOf");
        foreach (var position in (string[])["soon", "1.2.3", "-1", "99999999999999999999"])
            (await reader.Get(path, minPosition: position)).IsProblemOf(422, "invalid-request", "Min-Position");
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
    public async Task A_list_is_narrowed_by_its_filters()
    {
        var programme = await OpenProgramme();
        var (first, second) = (await Assessed(programme), await Submitted(programme, region: "620102"));
        var position = await LastPosition();
        async Task<string[]> Ids(string query) =>
        [
            .. (await Auditor.Get($"/api/claims?programme={programme}&{query}", position)).Is(200).Items
                .Select(item => (string)item!["id"]!),
        ];
        Assert.Equal([second.Claim, first.Claim], await Ids(""));
        Assert.Equal([first.Claim], await Ids("status=assessed"));
        Assert.Equal([second.Claim], await Ids("region=6201"));
        Assert.Equal([first.Claim], await Ids("region=620600"));
        Assert.Equal([first.Claim], await Ids($"enrolment={first.Enrolment}"));
        Assert.Equal([second.Claim, first.Claim], await Ids($"plan={Sample.SeededPlan}&from=2020-01-01&to=2999-12-31"));
        Assert.Empty(await Ids("to=2020-01-01"));
        var member = (string)(await Auditor.Get($"/api/enrolments/{first.Enrolment}")).Is(200)["member"]!["id"]!;
        var query = $"programme={programme}&member={member}&occupation=truckDriver&from=2025-01-01&to=2025-01-01";
        var enrolments = (await Auditor.Get($"/api/enrolments?{query}", position)).Is(200).Items;
        Assert.Equal(first.Enrolment, (string)Assert.Single(enrolments)!["id"]!);
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
            var page = (await Officer.Get($"/api/enrolments?programme={programme}&limit=5{(cursor is null ? "" : $"&cursor={cursor}")}",
                position)).Is(200);
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
    public async Task A_list_is_shown_as_it_was_at_a_moment()
    {
        var programme = await OpenProgramme();
        var made = await Assessed(programme);
        var events = (await Auditor.Get($"/api/audit/streams/{made.Claim}")).Is(200)["events"]!.AsArray();
        var position = events[^1]!["position"]!.ToJsonString();
        async Task<JsonNode?> At(int version) =>
            (await Officer.Get($"/api/claims?programme={programme}&asOf={(string)events[version - 1]!["time"]!}",
            position)).Is(200).Items.SingleOrDefault();

        Assert.Equal(("submitted", 4, 1),
            ((string)(await At(1))!["status"]!, (int)(await At(1))!["missingDocuments"]!, (int)(await At(1))!["version"]!));
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
            var read = (await Officer.Get($"/api/enrolments?programme={programme}", written.Position)).Is(200);
            Assert.Equal((i, false), (read.Items.Count, read.PositionMissed));
        }
    }

    [Fact]
    public async Task A_position_that_never_comes_is_waited_for_half_a_second_and_the_answer_says_that_it_was_not_reached()
    {
        foreach (var path in (string[])
            ["/api/claims?limit=1", "/api/finance/payouts", "/api/audit/events?limit=1", $"/api/programmes/{Sample.SeededPlan}/counts"])
        {
            var reader = Api.As("reader", "officer,finance,auditor", "");
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var reply = (await reader.GetOnce(path, "999999999999")).Is(200);
            Assert.True(clock.Elapsed.TotalSeconds > 0.4, "it was not waited for");
            Assert.True(reply.PositionMissed, path);
            Assert.False((await reader.GetOnce(path)).Is(200).PositionMissed, path);
        }
    }
}

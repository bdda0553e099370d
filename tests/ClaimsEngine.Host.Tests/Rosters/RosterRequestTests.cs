using System.Text;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>How a roster is sent, watched and seen, and what is refused before a row is read.</summary>
public sealed class RosterRequestTests(ApiFixture api) : RosterTest(api)
{
    [Fact]
    public async Task Under_the_same_Idempotency_Key_the_same_work_answers()
    {
        var programme = await OpenProgramme();
        var (file, key) = (await Generated(5, "620602"), Guid.NewGuid().ToString());
        var first = (await Send(Officer, $"programme={programme}&accept=good-rows", file, key: key)).Is(202);
        var again = (await Send(Officer, $"programme={programme}&accept=good-rows", file, key: key)).Is(202);
        Assert.Equal((first.Location, first.Body, true), (again.Location, again.Body, again.Replayed));
        (await Send(Officer, $"programme={programme}&accept=all-or-nothing", file, key: key))
            .IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await Send(Officer, $"programme={programme}&accept=good-rows", [.. file, 10], key: key))
            .IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        Assert.Equal((5, 5, 0, 0), Counts(await Ended(first)));
    }

    [Fact]
    public async Task A_form_with_one_file_is_a_roster_and_no_other_form_is()
    {
        var programme = await OpenProgramme();
        var query = $"programme={programme}&accept=good-rows";
        var file = await Generated(4, "620602");
        var form =
            new MultipartFormDataContent { { new StringContent("anything"), "note" }, { new ByteArrayContent(file), "file", "花名册.csv" } };
        Assert.Equal((4, 4, 0, 0), Counts(await Ended((await Officer.Post($"/api/rosters?{query}", form)).Is(202))));

        await Refused(() => Officer.Post($"/api/rosters?{query}",
            new MultipartFormDataContent { { new StringContent("anything"), "note" } }), 422, "invalid-request", "body");
        await Refused(() => Officer.Post($"/api/rosters?{query}", new MultipartFormDataContent
        {
            { new ByteArrayContent(file), "file", "a.csv" }, { new ByteArrayContent(file), "file", "b.csv" },
        }), 422, "invalid-request", "body");
        await Refused(() => Officer.Post($"/api/rosters?{query}", Content("--x\r\nbroken"u8.ToArray(), "multipart/form-data; boundary=x")),
            422, "invalid-request", "body");
        await Refused(() => Officer.Post($"/api/rosters?{query}", Content(file, "multipart/form-data")),
            422, "invalid-request", "Content-Type");
        foreach (var type in (string?[])["application/json", "text/plain", "application/vnd.ms-excel", null])
            await Refused(() => Officer.Post($"/api/rosters?{query}", Content(file, type)), 415, "unsupported-media-type");
        Assert.Equal((4, 0, 0, 4), Counts(await Done(query, file, "application/octet-stream")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_ends_refused_and_says_why()
    {
        var programme = await OpenProgramme();
        var before = await Api.Events();
        foreach (var (file, code) in ((byte[], string)[])
        [
            ([], "empty-file"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "old-workbook"),
            (Encoding.UTF8.GetBytes("<html/>"), "web-page"),
            (Sheets.Csv("a,b", "1,2"), "header-not-found"),
            (Sheets.Csv(Header), "no-rows"),
            (Sheets.Csv("姓名,身份证号,职业", "李样例,1,快递员"), "missing-heading"),
        ])
        {
            var ended = await Ended(await Send(Officer, $"programme={programme}&accept=good-rows", file));
            Assert.Equal(("refused", "roster-unreadable", code),
                (ended.Text("status"), (string)ended["problem"]!["code"]!, (string)ended["fault"]!["code"]!));
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)ended["fault"]!["textZh"]!);
        }
        Assert.Equal(before, await Api.Events());
    }

    [Fact]
    public async Task The_description_says_what_a_roster_is_sent_with()
    {
        var roster = (await Api.Anonymous.Get("/openapi/v1.json")).Is(200)["paths"]!["/api/rosters"]!["post"]!;
        var query = roster["parameters"]!.AsArray().Where(parameter => (string)parameter!["in"]! == "query")
            .ToDictionary(parameter => (string)parameter!["name"]!, parameter => parameter!);
        Assert.Equal(["programme", "plan", "employer", "accept", "coverTier", "months"], query.Keys);
        Assert.All(query, parameter => Assert.NotEmpty((string)parameter.Value["description"]!));
        Assert.Equal(["accept"], query.Where(parameter => (bool?)parameter.Value["required"] == true).Select(parameter => parameter.Key));
        Assert.Equal(["all-or-nothing", "good-rows"], query["accept"]["schema"]!["enum"]!.AsArray().Select(value => (string)value!));
        Assert.True((bool)roster["requestBody"]!["required"]!);
        var bodies = roster["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["text/csv", Xlsx, "application/octet-stream", "multipart/form-data"], bodies.Select(body => body.Key));
        Assert.Equal("binary", (string)bodies["multipart/form-data"]!["schema"]!["properties"]!["file"]!["format"]!);
        Assert.Superset(new HashSet<string> { "202", "413", "415", "422" },
            roster["responses"]!.AsObject().Select(answer => answer.Key).ToHashSet());
    }

    [Fact]
    public async Task What_makes_every_row_impossible_is_refused_before_anything_starts()
    {
        var (programme, file) = (await OpenProgramme(), await Generated(1, "620602"));
        foreach (var (query, code, field) in ((string, string, string)[])
        [
            ($"programme={programme}", "invalid-request", "accept"),
            ($"programme={programme}&accept=some", "invalid-request", "accept"),
            ("accept=good-rows", "invalid-request", "programme"),
            ($"programme={programme}&plan={Measured}&accept=good-rows", "invalid-request", "programme"),
            ("programme=no-such&accept=good-rows", "unknown-programme", "programme"),
            ("plan=no-such&accept=good-rows", "unknown-plan", "plan"),
            ($"programme={programme}&employer=no-such&accept=good-rows", "unknown-unit", "employer"),
            ($"plan={Measured}&accept=good-rows", "unit-required", "employer"),
            ($"programme={programme}&accept=good-rows&colour=red", "invalid-request", "colour"),
            ($"programme={programme}&accept=good-rows&months=x", "invalid-request", "months"),
        ])
            await Refused(() => Send(Officer, query, file), 422, code, field);
        await Refused(() => Send(Approver, $"programme={programme}&accept=good-rows", file), 403, "role-missing");
        await Refused(() => Send(Api.Anonymous, $"programme={programme}&accept=good-rows", file), 401, "unauthenticated");
        var employer = await RegisteredEmployer(region: "6201");
        await Refused(() => Send(Officer, $"programme={programme}&employer={employer}&accept=good-rows", file),
            422, "unknown-unit", "employer");
    }

    [Fact]
    public async Task A_roster_and_its_sheet_are_seen_in_their_region_by_their_roles()
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var done = await Done($"programme={programme}&employer={employer}&accept=good-rows",
            Sheets.Csv(Header, Line(People(1)[0], occupation: "护工")));
        var at = done.Text("location");
        foreach (var path in (string[])[at, at + "/corrected"])
        {
            (await Api.As("far", "officer", "6201").Get(path)).IsProblemOf(404, "not-found");
            (await Api.As("wuwei", "officer", "6206").Get(path)).Is(200);
            (await Finance.Get(path)).IsProblemOf(403, "role-missing");
        }
        (await Auditor.Get(at)).Is(200);
        (await Auditor.Get(at + "/corrected")).IsProblemOf(403, "role-missing");
        (await Officer.Get("/api/rosters/" + Guid.NewGuid() + "/corrected")).IsProblemOf(404, "not-found");
        (await Officer.Get(at + "/corrected?colour=red")).IsProblemOf(422, "invalid-request", "colour");
    }

    [Fact]
    public async Task Progress_comes_as_server_sent_events_and_ends_with_the_result()
    {
        var programme = await OpenProgramme(quota: 5_000);
        var accepted = (await Send(Officer, $"programme={programme}&accept=good-rows", await Generated(3_000, "620602"))).Is(202);
        var request =
            Officer.Request(HttpMethod.Get, accepted.Location!, null, message => message.Headers.Accept.ParseAdd("text/event-stream"));
        using var response =
            await Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var events = await response.Events(TestContext.Current.CancellationToken).ToListAsync();
        Assert.Equal("end", events[^1].Type);
        Assert.Empty(events[^1].Data["errors"]!.AsArray());
        Assert.Equal((3_000, 3_000, 3_000),
            ((int)events[^1].Data["accepted"]!, (int)events[^1].Data["done"]!, (int)events[^1].Data["total"]!));
        Assert.Equal(events.Select(item => (int)item.Data["done"]!).Order(), events.Select(item => (int)item.Data["done"]!));
    }
}

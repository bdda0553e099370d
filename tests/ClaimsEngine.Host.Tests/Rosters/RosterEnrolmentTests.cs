using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Host.Tests.Api;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Rosters over HTTP: from a sheet to enrolments, and back to the sheet with what is wrong in it.</summary>
public sealed class RosterEnrolmentTests(ApiFixture api) : ApiTest(api)
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Header = "姓名,身份证号,职业,地区,手机号,份数";
    private const string Measured = "shanghai-2006-accident";   // 75 % take part, everybody in units below 11, the same units, 10 days and 2 months to join

    private static int seeds;

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with BOM")]
    [InlineData("gb18030")]
    [InlineData("xlsx")]
    public async Task A_roster_is_enrolled_whatever_program_wrote_it(string form)
    {
        var (programme, unit) = (await OpenProgramme(), await RegisteredUnit());
        var people = People(3);
        var lines = people.Select(person => Line(person)).Prepend(Header).ToArray();
        var file = form switch
        {
            "utf-8" => Sheets.Csv(lines),
            "utf-8 with BOM" => [.. Encoding.UTF8.Preamble, .. Sheets.Csv(lines)],
            "gb18030" => Sheets.Gb18030.GetBytes(string.Join("\r\n", lines)),
            _ => Workbooks.Of([.. lines.Select(line => line.Split(',').Cast<object?>().ToArray())]),
        };
        var done = await Done($"programme={programme}&unit={unit}&accept=all-or-nothing", file, form == "xlsx" ? Xlsx : "text/csv");
        Assert.Equal((3, 3, 0, 0), Counts(done));
        Assert.Equal((form == "xlsx" ? "xlsx" : "csv", "all-or-nothing", unit), (done.Text("format"), done.Text("accept"), done.Text("unit")));
        Assert.Equal((3, 3), ((int)done["done"]!, (int)done["total"]!));

        var rows = await Enrolled(programme);
        Assert.All(rows, row => Assert.Equal((unit, "620602", "2025-12-31", "inForce"), ((string)row["unit"]!, (string)row["region"]!, (string)row["coverTo"]!, (string)row["status"]!)));
        var members = new List<(string, string, string)>();
        foreach (var row in rows)
        {
            var shown = (await Officer.Get($"/api/enrolments/{(string)row["id"]!}")).Is(200)["member"]!;
            members.Add(((string)shown["name"]!, (string)shown["idNumber"]!, (string)shown["phone"]!));
            var stored = (await Auditor.Get($"/api/audit/streams/{(string)row["id"]!}")).Is(200)["events"]![0]!;
            foreach (var person in people)
                foreach (var secret in (string[])[person.Name, person.IdNumber, person.Phone]) Assert.DoesNotContain(secret, stored.ToJsonString());
        }
        Assert.Equal(people.Select(person => (person.Name, person.IdNumber, person.Phone)).Order(), members.Order());
        (await Officer.Get(done.Text("location") + "/corrected")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task Good_rows_are_enrolled_and_the_bad_ones_named_by_row_column_and_code()
    {
        var programme = await OpenProgramme();
        var people = People(4);
        var file = Sheets.Csv(Header, Line(people[0]), Line(people[1]).Replace(people[1].IdNumber, people[1].IdNumber[..17] + (people[1].IdNumber[17] == '1' ? '2' : '1')),
            Line(people[2], occupation: "护工"), Line(people[0]), Line(people[3], region: "620102"), "=1+1," + Line(people[3])[(Line(people[3]).IndexOf(',') + 1)..], Line(people[3], units: "5"), Line(people[3]));
        var done = await Done($"programme={programme}&accept=good-rows", file);
        Assert.Equal((8, 1, 7, 0), Counts(done));
        Assert.Equal(
            [(3, "身份证号", "identity-number-check"), (4, "职业", "occupation-not-covered"), (5, "身份证号", RosterFaults.DuplicateInFile.Code), (6, "地区", "outside-region"),
                (7, "姓名", "formula-text"), (8, "身份证号", RosterFaults.DuplicateInFile.Code), (9, "身份证号", RosterFaults.DuplicateInFile.Code)],
            Errors(done));
        foreach (var person in people)
            foreach (var secret in (string[])[person.Name, person.IdNumber, person.Phone]) Assert.DoesNotContain(secret, done.Body);
        Assert.All(done["errors"]!.AsArray(), error => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)error!["textZh"]!));
        Assert.Single(await Enrolled(programme));
    }

    [Fact]
    public async Task All_or_nothing_enrols_nobody_when_one_row_is_bad()
    {
        var programme = await OpenProgramme();
        var people = People(3);
        var file = Sheets.Csv(Header, Line(people[0]), Line(people[1]), Line(people[2], occupation: "护工"));
        var before = await Api.Events();
        var ended = await Ended(await Send(Officer, $"programme={programme}&accept=all-or-nothing", file));
        Assert.Equal(("refused", "rows-not-accepted"), (ended.Text("status"), (string)ended["problem"]!["code"]!));
        Assert.Equal((3, 0, 1, 0), Counts(ended));
        Assert.Equal([(4, "职业", "occupation-not-covered")], Errors(ended));
        Assert.Equal(before, await Api.Events());
        Assert.Equal((3, 2, 1, 0), Counts(await Done($"programme={programme}&accept=good-rows", file)));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task The_same_file_again_changes_nothing(string accept)
    {
        var (programme, unit) = (await OpenProgramme(), await RegisteredUnit());
        var file = await Generated(25, "620602");
        var query = $"programme={programme}&unit={unit}&accept={accept}";
        Assert.Equal((25, 25, 0, 0), Counts(await Done(query, file)));
        var events = await Api.Events();
        Assert.Equal((25, 0, 0, 25), Counts(await Done(query, file)));
        Assert.Equal(events, await Api.Events());

        // through another unit it is the later of two certificates
        var other = await Done($"programme={programme}&unit={await RegisteredUnit()}&accept=good-rows", file);
        Assert.Equal((25, 0, 25, 0), Counts(other));
        Assert.All(Errors(other), error => Assert.Equal(("身份证号", "already-enrolled"), (error.Column, error.Code)));
    }

    [Fact]
    public async Task Under_the_same_Idempotency_Key_the_same_work_answers()
    {
        var programme = await OpenProgramme();
        var (file, key) = (await Generated(5, "620602"), Guid.NewGuid().ToString());
        var first = (await Send(Officer, $"programme={programme}&accept=good-rows", file, key: key)).Is(202);
        var again = (await Send(Officer, $"programme={programme}&accept=good-rows", file, key: key)).Is(202);
        Assert.Equal((first.Location, first.Body, true), (again.Location, again.Body, again.Replayed));
        (await Send(Officer, $"programme={programme}&accept=all-or-nothing", file, key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        (await Send(Officer, $"programme={programme}&accept=good-rows", [.. file, 10], key: key)).IsProblemOf(422, "idempotency-key-reused", "Idempotency-Key");
        Assert.Equal((5, 5, 0, 0), Counts(await Ended(first)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_corrected_sheet_is_the_same_sheet_with_reasons_and_can_be_sent_again(bool workbook)
    {
        var programme = await OpenProgramme();
        var people = People(3);
        string[] lines = ["2025年参保名单,,,,,", Header, Line(people[0]), Line(people[1], occupation: "护工"), Line(people[2]).Replace(people[2].IdNumber, "1234")];
        var file = workbook ? Workbooks.Of([.. lines.Select(line => line.Split(',').Select(cell => cell.Length == 0 ? null : (object?)cell).ToArray())]) : Sheets.Csv(lines);
        var done = await Done($"programme={programme}&accept=good-rows", file, workbook ? Xlsx : "text/csv");
        Assert.Equal((3, 1, 2, 0), Counts(done));

        var corrected = (await Officer.Get(done.Text("location") + "/corrected")).Is(200);
        Assert.Equal(workbook ? Xlsx : "text/csv", corrected.MediaType);
        using (var sheet = await Sheets.Opened(corrected.Bytes))
        {
            Assert.Equal(["姓名", "身份证号", "职业", "地区", "手机号", "份数", RosterColumns.ReasonsHeading], sheet.Headings.Select(heading => heading.Text));
            Assert.Equal(2, sheet.HeaderRow);
            var reasons = sheet.Rows().Select(row => row[6].Text).ToArray();
            Assert.Equal(("", "职业：职业不在保障范围"), (reasons[0], reasons[1]));
            Assert.StartsWith("身份证号：", reasons[2]);
        }

        // the bad rows are put right in the sheet that came back
        var again = new MemoryStream();
        using (var sheet = await Sheets.Opened(corrected.Bytes))
        {
            var right = new MemoryStream();
            await CorrectedSheet.Write(sheet, sheet.Rows().Select(row => (row with
            {
                Cells = [.. row.Cells.Select(cell => cell with { Text = cell.Text.Replace("护工", "快递员").Replace("1234", people[2].IdNumber) })],
            }, "")), right);
            again = right;
        }
        Assert.Equal((3, 2, 0, 1), Counts(await Done($"programme={programme}&accept=all-or-nothing", again.ToArray(), workbook ? Xlsx : "text/csv")));
        Assert.Equal(3, (await Enrolled(programme)).Count);
    }

    [Fact]
    public async Task A_form_with_one_file_is_a_roster_and_no_other_form_is()
    {
        var programme = await OpenProgramme();
        var query = $"programme={programme}&accept=good-rows";
        var file = await Generated(4, "620602");
        var form = new MultipartFormDataContent { { new StringContent("anything"), "note" }, { new ByteArrayContent(file), "file", "花名册.csv" } };
        Assert.Equal((4, 4, 0, 0), Counts(await Ended((await Officer.Post($"/api/rosters?{query}", form)).Is(202))));

        await Refused(() => Officer.Post($"/api/rosters?{query}", new MultipartFormDataContent { { new StringContent("anything"), "note" } }), 422, "invalid-request", "body");
        await Refused(() => Officer.Post($"/api/rosters?{query}", new MultipartFormDataContent
        {
            { new ByteArrayContent(file), "file", "a.csv" }, { new ByteArrayContent(file), "file", "b.csv" },
        }), 422, "invalid-request", "body");
        await Refused(() => Officer.Post($"/api/rosters?{query}", Content("--x\r\nbroken"u8.ToArray(), "multipart/form-data; boundary=x")), 422, "invalid-request", "body");
        await Refused(() => Officer.Post($"/api/rosters?{query}", Content(file, "multipart/form-data")), 422, "invalid-request", "Content-Type");
        foreach (var type in (string?[])["application/json", "text/plain", "application/vnd.ms-excel", null])
            await Refused(() => Officer.Post($"/api/rosters?{query}", Content(file, type)), 415, "unsupported-media-type");
        Assert.Equal((4, 0, 0, 4), Counts(await Done(query, file, "application/octet-stream")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_ends_refused_and_says_why()
    {
        var programme = await OpenProgramme();
        var before = await Api.Events();
        foreach (var (file, code) in ((byte[], string)[])[
            ([], "empty-file"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "old-workbook"), (Encoding.UTF8.GetBytes("<html/>"), "web-page"),
            (Sheets.Csv("a,b", "1,2"), "header-not-found"), (Sheets.Csv(Header), "no-rows"), (Sheets.Csv("姓名,身份证号,职业", "李样例,1,快递员"), "missing-heading")])
        {
            var ended = await Ended((await Send(Officer, $"programme={programme}&accept=good-rows", file)).Is(202));
            Assert.Equal(("refused", "roster-unreadable", code), (ended.Text("status"), (string)ended["problem"]!["code"]!, (string)ended["fault"]!["code"]!));
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)ended["fault"]!["textZh"]!);
        }
        Assert.Equal(before, await Api.Events());
    }

    [Fact]
    public async Task The_description_says_what_a_roster_is_sent_with()
    {
        var roster = (await Api.Anonymous.Get("/openapi/v1.json")).Is(200)["paths"]!["/api/rosters"]!["post"]!;
        var query = roster["parameters"]!.AsArray().Where(parameter => (string)parameter!["in"]! == "query").ToDictionary(parameter => (string)parameter!["name"]!, parameter => parameter!);
        Assert.Equal(["programme", "plan", "unit", "accept", "coverTier", "months"], query.Keys);
        Assert.All(query, parameter => Assert.NotEmpty((string)parameter.Value["description"]!));
        Assert.Equal(["accept"], query.Where(parameter => (bool?)parameter.Value["required"] == true).Select(parameter => parameter.Key));
        Assert.Equal(["all-or-nothing", "good-rows"], query["accept"]["schema"]!["enum"]!.AsArray().Select(value => (string)value!));
        Assert.True((bool)roster["requestBody"]!["required"]!);
        var bodies = roster["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["text/csv", Xlsx, "application/octet-stream", "multipart/form-data"], bodies.Select(body => body.Key));
        Assert.Equal("binary", (string)bodies["multipart/form-data"]!["schema"]!["properties"]!["file"]!["format"]!);
        Assert.Superset(new HashSet<string> { "202", "413", "415", "422" }, roster["responses"]!.AsObject().Select(answer => answer.Key).ToHashSet());
    }

    [Fact]
    public async Task A_formula_cell_is_an_error_of_its_row()
    {
        var programme = await OpenProgramme();
        var people = People(2);
        var file = Workbooks.Of(
            [.. Header.Split(',').Cast<object?>()],
            [people[0].Name, Workbooks.Formula("B9", people[0].IdNumber), "快递员", "620602", people[0].Phone, "1"],
            [.. Line(people[1]).Split(',').Cast<object?>()]);
        var done = await Done($"programme={programme}&accept=good-rows", file, Xlsx);
        Assert.Equal((2, 1, 1, 0), Counts(done));
        Assert.Equal([(2, "身份证号", "formula-cell")], Errors(done));
    }

    [Fact]
    public async Task What_makes_every_row_impossible_is_refused_before_anything_starts()
    {
        var (programme, file) = (await OpenProgramme(), await Generated(1, "620602"));
        foreach (var (query, status, code, field) in ((string, int, string, string)[])[
            ($"programme={programme}", 422, "invalid-request", "accept"), ($"programme={programme}&accept=some", 422, "invalid-request", "accept"),
            ("accept=good-rows", 422, "invalid-request", "programme"), ($"programme={programme}&plan={Measured}&accept=good-rows", 422, "invalid-request", "programme"),
            ("programme=no-such&accept=good-rows", 422, "unknown-programme", "programme"), ("plan=no-such&accept=good-rows", 422, "unknown-plan", "plan"),
            ($"programme={programme}&unit=no-such&accept=good-rows", 422, "unknown-unit", "unit"), ($"plan={Measured}&accept=good-rows", 422, "unit-required", "unit"),
            ($"programme={programme}&accept=good-rows&colour=red", 422, "invalid-request", "colour"), ($"programme={programme}&accept=good-rows&months=x", 422, "invalid-request", "months")])
            await Refused(() => Send(Officer, query, file), status, code, field);
        await Refused(() => Send(Approver, $"programme={programme}&accept=good-rows", file), 403, "role-missing");
        await Refused(() => Send(Api.Anonymous, $"programme={programme}&accept=good-rows", file), 401, "unauthenticated");
        var unit = await RegisteredUnit(region: "6201");
        await Refused(() => Send(Officer, $"programme={programme}&unit={unit}&accept=good-rows", file), 422, "unknown-unit", "unit");
    }

    [Fact]
    public async Task A_roster_and_its_sheet_are_seen_in_their_region_by_their_roles()
    {
        var (programme, unit) = (await OpenProgramme(), await RegisteredUnit());
        var done = await Done($"programme={programme}&unit={unit}&accept=good-rows", Sheets.Csv(Header, Line(People(1)[0], occupation: "护工")));
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
        var request = Officer.Request(HttpMethod.Get, accepted.Location!, null, message => message.Headers.Accept.ParseAdd("text/event-stream"));
        using var response = await Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var events = new List<(string Type, JsonNode Data)>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)).EnumerateAsync(TestContext.Current.CancellationToken))
            events.Add((item.EventType, JsonNode.Parse(item.Data)!));
        Assert.Equal("end", events[^1].Type);
        Assert.Equal((3_000, 3_000, 3_000), ((int)events[^1].Data["accepted"]!, (int)events[^1].Data["done"]!, (int)events[^1].Data["total"]!));
        Assert.Equal(events.Select(item => (int)item.Data["done"]!).Order(), events.Select(item => (int)item.Data["done"]!));
    }

    [Fact]
    public async Task The_places_of_an_allocation_are_filled_to_the_last_and_the_next_is_refused()
    {
        // as the Gansu programme: 10,000 places, of which 700 for Wuwei
        var programme = await OpenProgramme(quota: 10_000);
        (await PlanAdmin.Do($"/api/programmes/{programme}/allocations", new { region = "6206", places = 700 })).Is(200);
        var wuwei = Api.As("officer-of-wuwei", "officer", "6206");
        Assert.Equal((700, 700, 0, 0), Counts(await Done($"programme={programme}&accept=all-or-nothing", await Generated(700, "6206"), by: wuwei)));
        var one = await Done($"programme={programme}&accept=good-rows", await Generated(1, "6206"), by: wuwei);
        Assert.Equal((1, 0, 1, 0), Counts(one));
        Assert.Equal([(2, null, "quota-exceeded")], Errors(one));
        Assert.Equal(700L, await Taken($"programme/{programme}/6206"));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task A_roster_of_more_rows_than_places_takes_every_place_or_none(string accept)
    {
        var programme = await OpenProgramme(quota: 1_300);
        var ended = await Ended(await Send(Officer, $"programme={programme}&accept={accept}", await Generated(1_500, "620602")));
        Assert.Equal(accept == "good-rows" ? (1_500, 1_300, 200, 0) : (1_500, 0, 200, 0), Counts(ended));
        Assert.All(Errors(ended), error => Assert.Equal("quota-exceeded", error.Code));
        Assert.Equal(1_302, Errors(ended)[0].Row);   // first come, first served
        Assert.Equal(accept == "good-rows" ? 1_300L : 0L, await Taken($"programme/{programme}"));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task A_budget_is_drawn_by_units_and_a_row_that_asks_too_much_leaves_it_to_the_next(string accept)
    {
        var (plan, programme) = (Sample.NewCode("plan"), Sample.NewCode("budget"));
        await Publish(plan, Cards.Version(maxUnits: 3));
        // 7 units at 80 yuan, and 39.99 beside; 4 places
        (await PlanAdmin.Post("/api/programmes", Sample.SharedProgramme(programme, quota: 4, plan: plan, budget: "599.99"))).Is(201);
        int[] units = [3, 2, 3, 2, 1, 1];
        var people = People(units.Length);
        var file = Sheets.Csv([Header, .. people.Select((person, i) => Line(person, units: $"{units[i]}"))]);
        var ended = await Ended(await Send(Officer, $"programme={programme}&accept={accept}", file));
        Assert.Equal(accept == "good-rows" ? (6, 3, 3, 0) : (6, 0, 3, 0), Counts(ended));
        Assert.Equal([(4, null, "budget-exceeded"), (6, null, "budget-exceeded"), (7, null, "budget-exceeded")], Errors(ended));
        Assert.Equal(accept == "good-rows" ? 56_000L : 0L, await Taken($"programme/{programme}/budget"));
        Assert.Equal(accept == "good-rows" ? 3L : 0L, await Taken($"programme/{programme}"));
    }

    [Fact]
    public async Task Several_rosters_at_once_never_take_one_place_too_many()
    {
        var programme = await OpenProgramme(quota: 500);
        var files = new List<byte[]>();
        for (var i = 0; i < 6; i++) files.Add(await Generated(120 + 7 * i, "620602"));
        var works = await Task.WhenAll(files.Select(async (file, i) =>
            await Ended((await Send(Api.As($"officer-{i}", "officer", "620602"), $"programme={programme}&accept=good-rows", file)).Is(202))));
        Assert.Equal(500, works.Sum(work => Counts(work).Accepted));
        Assert.All(works, work => Assert.Equal(Counts(work).Rows, Counts(work).Accepted + Counts(work).Rejected));
        Assert.Equal(500L, await Taken($"programme/{programme}"));
        Assert.Equal(500, (await Enrolled(programme)).Count);
    }

    [Fact]
    public async Task The_same_roster_twice_at_once_enrols_everybody_once()
    {
        var (programme, unit) = (await OpenProgramme(quota: 5_000), await RegisteredUnit(staff: 2_000));
        var file = await Generated(1_200, "620602");
        var works = await Task.WhenAll(Enumerable.Range(0, 2).Select(async i =>
            await Ended((await Send(Api.As($"officer-{i}", "officer", "620602"), $"programme={programme}&unit={unit}&accept=good-rows", file)).Is(202))));
        Assert.Equal(1_200, works.Sum(work => Counts(work).Accepted));
        Assert.Equal(1_200, works.Sum(work => Counts(work).Unchanged));
        Assert.Equal(1_200L, await Taken($"programme/{programme}"));
        Assert.Single((await Officer.Get($"/api/units/{unit}")).Is(200)["covers"]!.AsArray());
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task Too_few_of_a_unit_are_refused_together_and_the_ratio_is_shown(string accept)
    {
        var unit = await RegisteredUnit(staff: 20, women: 8);
        var query = $"plan={Measured}&unit={unit}&accept={accept}";
        var file = await Generated(14, "620602");
        var before = await Api.Events();
        var ended = await Ended((await Send(Officer, query, file)).Is(202));
        Assert.Equal(("refused", "participation-too-low"), (ended.Text("status"), (string)ended["problem"]!["code"]!));
        Assert.Equal((20, 14, 70m, 75), Participation(ended));
        Assert.Equal((14, 0, 0, 0), Counts(ended));
        Assert.Equal(before, await Api.Events());

        var enough = await Done(query, await Generated(15, "620602"));
        Assert.Equal(((15, 15, 0, 0), (20, 15, 75m, 75)), (Counts(enough), Participation(enough)));
        // who joins a unit that takes part already is measured with those who are there
        Assert.Equal((20, 16, 80m, 75), Participation(await Done(query, await Generated(1, "620602"))));
    }

    [Fact]
    public async Task In_a_small_unit_everyone_takes_part_and_rows_that_are_bad_do_not_count()
    {
        var unit = await RegisteredUnit(staff: 10, women: 2);
        var people = People(10);
        var query = $"plan={Measured}&unit={unit}&accept=good-rows";
        string[] lines = [Header, .. people.Select(person => Line(person))];
        var bad = await Ended(await Send(Officer, query, Sheets.Csv([.. lines[..10], Line(people[9], units: "2")])));
        Assert.Equal(((10, 0, 1, 0), (10, 9, 90m, 100)), (Counts(bad), Participation(bad)));
        Assert.Equal([(11, "份数", "units-differ")], Errors(bad));
        var all = await Done(query, Sheets.Csv(lines));
        Assert.Equal(((10, 10, 0, 0), (10, 10, 100m, 100)), (Counts(all), Participation(all)));
    }

    [Theory]
    [InlineData("good-rows")]
    [InlineData("all-or-nothing")]
    public async Task Where_the_part_of_the_women_is_measured_men_count_neither_among_those_who_could_nor_among_those_who_do(string accept)
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, OfWomen(womenOnly: false));
        var unit = await RegisteredUnit(staff: 20, women: 5);
        var query = $"plan={plan}&unit={unit}&accept={accept}";
        var (women, men) = (Of(Sex.Female, 4), Of(Sex.Male, 12));
        var few = await Ended(await Send(Officer, query, Sheets.Csv([Header, .. women.Take(2).Concat(men).Select(person => Line(person))])));
        Assert.Equal(("refused", "participation-too-low"), (few.Text("status"), (string)few["problem"]!["code"]!));
        Assert.Equal(((14, 0, 0, 0), (5, 2, 40m, 60)), (Counts(few), Participation(few)));

        var enough = await Done(query, Sheets.Csv([Header, .. women.Take(3).Concat(men.Take(2)).Select(person => Line(person))]));
        Assert.Equal(((5, 5, 0, 0), (5, 3, 60m, 60)), (Counts(enough), Participation(enough)));
        // who joins later is measured with those who are there, whose sex their certificates tell
        var later = await Done(query, Sheets.Csv([Header, .. women.Skip(3).Concat(men.Skip(2)).Select(person => Line(person))]));
        Assert.Equal(((11, 11, 0, 0), (5, 4, 80m, 60)), (Counts(later), Participation(later)));
    }

    [Fact]
    public async Task Of_a_plan_for_women_rows_of_men_are_bad_and_the_ratio_is_that_of_the_women()
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, OfWomen(womenOnly: true));
        var unit = await RegisteredUnit(staff: 20, women: 5);
        var file = Sheets.Csv([Header, .. Of(Sex.Female, 3).Concat(Of(Sex.Male, 2)).Select(person => Line(person))]);
        var done = await Done($"plan={plan}&unit={unit}&accept=good-rows", file);
        Assert.Equal(((5, 3, 2, 0), (5, 3, 60m, 60)), (Counts(done), Participation(done)));
        Assert.Equal([(5, "身份证号", "sex-not-covered"), (6, "身份证号", "sex-not-covered")], Errors(done));
    }

    [Fact]
    public async Task A_roster_without_a_region_is_of_the_units_place_and_may_say_who_was_hired_when()
    {
        var (programme, unit) = (await OpenProgramme(), await RegisteredUnit());
        var person = People(1)[0];
        var done = await Done($"programme={programme}&unit={unit}&accept=good-rows", Sheets.Csv("姓名,身份证号,职业,入职日期", $"{person.Name},{person.IdNumber},快递员,2025年10月20日"));
        Assert.Equal((1, 1, 0, 0), Counts(done));
        Assert.Equal("620602", (string)Assert.Single(await Enrolled(programme))["region"]!);
        var wrong = await Done($"programme={programme}&unit={unit}&accept=good-rows", Sheets.Csv("姓名,身份证号,职业,入职日期", $"{person.Name},{person.IdNumber},快递员,去年"));
        Assert.Equal([(2, "入职日期", RosterFaults.InvalidHireDate.Code)], Errors(wrong));
    }

    [Fact]
    public async Task Who_is_known_under_another_name_is_refused_in_the_column_of_names()
    {
        var programme = await OpenProgramme();
        var person = People(1)[0];
        Assert.Equal((1, 1, 0, 0), Counts(await Done($"programme={programme}&accept=good-rows", Sheets.Csv(Header, Line(person)))));
        var other = await Done($"programme={await OpenProgramme()}&accept=good-rows", Sheets.Csv(Header, Line(person with { Name = "李样例" })));
        Assert.Equal([(2, "姓名", "identity-mismatch")], Errors(other));
        Assert.Equal((1, 0, 1, 0), Counts(other));
    }

    private static List<Sample.Person> People(int count) => [.. Enumerable.Range(0, count).Select(_ => Sample.NewPerson())];

    private static List<Sample.Person> Of(Sex sex, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Sample.NewPerson(sex: sex))];

    /// <summary>A card of which 60 per cent of a unit's women take part.</summary>
    private static JsonNode OfWomen(bool womenOnly)
    {
        var version = JsonSerializer.SerializeToNode(Cards.Version(start: "nextDay"))!;
        var eligibility = version["card"]!["eligibility"]!;
        eligibility["participation"] = new JsonObject { ["percent"] = 60, ["of"] = "women" };
        if (womenOnly) eligibility["ages"] = new JsonArray(new JsonObject { ["from"] = 16, ["to"] = 60, ["sex"] = "female" });
        return version;
    }

    private static string Line(Sample.Person person, string occupation = "快递员", string region = "甘肃省武威市凉州区", string units = "1") =>
        $"{person.Name},{person.IdNumber},{occupation},{region},{person.Phone},{units}";

    /// <summary>People of nobody else's roster, in occupations and units that the sample programmes take.</summary>
    private static async Task<byte[]> Generated(int rows, string region)
    {
        var file = new MemoryStream();
        var roster = new SyntheticRoster(1_000 + Interlocked.Increment(ref seeds), RegionCode.Of(region), new LocalDate(2025, 10, 20), [Occupation.Of("courier"), Occupation.Of("truckDriver")], units: 1);
        await roster.Write(file, SheetFormat.Csv, rows);
        return file.ToArray();
    }

    private static ByteArrayContent Content(byte[] file, string? type)
    {
        var content = new ByteArrayContent(file);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static Task<Reply> Send(Caller by, string query, byte[] file, string type = "text/csv", string? key = null) =>
        by.Post($"/api/rosters?{query}", Content(file, type), key: key);

    private async Task<Reply> Done(string query, byte[] file, string type = "text/csv", Caller? by = null)
    {
        var ended = await Ended((await Send(by ?? Officer, query, file, type)).Is(202));
        Assert.True(ended.Text("status") == "done", ended.ToString());
        return ended;
    }

    private async Task<Reply> Ended(Reply accepted)
    {
        var reader = Api.As("reader-of-rosters", "officer", "");
        for (; ; await Task.Delay(20))
        {
            var now = (await reader.Get(accepted.Location!)).Is(200);
            if (now.Text("status") == "running") continue;
            now.Json!["location"] = accepted.Location;
            return now;
        }
    }

    private static (int Rows, int Accepted, int Rejected, int Unchanged) Counts(Reply ended) =>
        ((int)ended["rows"]!, (int)ended["accepted"]!, (int)ended["rejected"]!, (int)ended["unchanged"]!);

    private static (int Of, int Enrolled, decimal Percent, int Required) Participation(Reply ended)
    {
        var part = ended["participation"]!;
        return ((int)part["of"]!, (int)part["enrolled"]!, (decimal)part["percent"]!, (int)part["required"]!);
    }

    private static List<(int Row, string? Column, string Code)> Errors(Reply ended) =>
        [.. ended["errors"]!.AsArray().Select(error => ((int)error!["row"]!, (string?)error["column"], (string)error["code"]!))];

    private async Task<List<JsonNode>> Enrolled(string programme) =>
        await All(Api.As("reader-of-rosters", "officer", ""), $"/api/enrolments?programme={programme}", minPosition: await LastPosition());

    private async Task<long> Taken(string pool) => await Api.Ask("SELECT coalesce(sum(taken), 0)::bigint FROM claims.places WHERE pool = $1", pool) is long taken ? taken : -1;
}

using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Exports;

/// <summary>Lists and finance's totals as files: everywhere, with all rows, for those who may see them.</summary>
public sealed class ExportTests(ApiFixture api) : ApiTest(api)
{
    /// <summary>Somebody who may read every list.</summary>
    private Caller Reader => Api.As("reader", "officer,approver,finance,auditor,operator,plan-admin", "");

    public static TheoryData<string> Lists => [.. Engine.Modules.SelectMany(module => module.Lists).Select(list => list.Route)];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_is_answered_in_every_form_with_the_rows_that_its_pages_have(string route)
    {
        var position = await LastPosition();
        var ids = (await All(Reader, route, minPosition: position)).Select(row => (string)row["id"]!).ToArray();
        foreach (var (type, name) in OpenedTable.Forms)
        {
            var reply = (await Reader.Get(route, position, type)).Is(200);
            Assert.Equal(type, reply.MediaType);
            Assert.Matches($"^[a-z-]+-20[0-9-]{{8}}\\.{name}$", reply.FileName);
            Assert.True(long.Parse(reply.Position!) >= long.Parse(position));
            Assert.Matches(InstantText(), reply.AsOf);
            Assert.Equal(ids, OpenedTable.Of(type, reply.Bytes).Column(type == OpenedTable.Parquet ? "id" : "系统编号"));
            Assert.Equal(type, (await Reader.Get($"{route}?format={name}")).Is(200).MediaType);
        }
    }

    [Fact]
    public async Task Rows_of_payouts_have_amounts_days_and_words_for_codes()
    {
        var made = await Approved(await OpenProgramme());
        var path = $"/api/payouts?claim={made.Claim}";
        var position = await LastPosition();
        var shown = Assert.Single((await Finance.Get(path, position)).Is(200).Items)!;
        foreach (var (type, _) in OpenedTable.Forms)
        {
            var table = OpenedTable.Of(type, (await Finance.Get(path, position, type)).Is(200).Bytes);
            var row = Assert.Single(table.Rows);
            string? Cell(string name, string heading) => table.Column(type == OpenedTable.Parquet ? name : heading).Single();
            Assert.Equal((made.Payout, Yuan(made.Amount)), (Cell("id", "系统编号"), Yuan(Cell("amount", "金额"))));
            Assert.Equal(("ordered", "已下达"), (Cell("status", "状态代码"), Cell("statusText", "状态")));
            Assert.Equal(("620602", "甘肃省武威市凉州区"), (Cell("region", "地区代码"), Cell("regionText", "地区")));
            Assert.Equal(("disability", "意外伤残"), (Cell("benefit", "保障责任代码"), Cell("benefitText", "保障责任")));
            Assert.Equal(made.Person.Name, Cell("payeeName", "收款人姓名"));
            if (type != OpenedTable.Xlsx) Assert.Equal((string)shown["orderedOn"]!, Cell("orderedOn", "给付日期"));
            if (type == OpenedTable.Parquet)
            {
                var from = OffsetTimeOf((string)shown["recordedFrom"]!);
                Assert.Equal(from, OffsetTimeOf(Cell("recordedFrom", "")!));
            }
        }
    }

    /// <summary>A cell of XLSX is a number: its two decimals are shown, not stored.</summary>
    private static decimal Yuan(string? text) => decimal.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset OffsetTimeOf(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_file_has_more_rows_than_a_page()
    {
        var programme = await OpenProgramme();
        for (var i = 0; i < 3; i++) await Enrolled(programme);
        var position = await LastPosition();
        Assert.Single((await Officer.Get($"/api/enrolments?programme={programme}&limit=1", position)).Is(200).Items);
        foreach (var (type, _) in OpenedTable.Forms)
            Assert.Equal(3, OpenedTable.Of(
                type, (await Officer.Get($"/api/enrolments?programme={programme}", position, type)).Is(200).Bytes).Rows.Count);
        foreach (var paging in (string[])["limit=2", "cursor=AAAAAAAAAAAAAAAAAAAAAA"])
            (await Officer.Get($"/api/enrolments?programme={programme}&{paging}&format=csv"))
                .IsProblemOf(422, "invalid-request", paging.Split('=')[0]);
    }

    [Fact]
    public async Task A_form_that_there_is_none_of_is_refused_with_those_that_there_are()
    {
        foreach (var path in (string[])["/api/payouts", "/api/finance/payouts?by=plan"])
        {
            foreach (var accept in (string[])["application/pdf", "text/html", "image/*;q=0.5", "csv", "application/json;q=0"])
            {
                var refused = await Finance.Send(Finance.Request(HttpMethod.Get, path, null,
                    message => message.Headers.TryAddWithoutValidation("Accept", accept)));
                Assert.All(
                    (string[])["application/json", .. OpenedTable.Forms.Select(form => form.Type)],
                    type => Assert.Contains(type, refused.IsProblemOf(406, "not-acceptable", "Accept").Text("detail")));
            }
            (await Finance.Get($"{path}{(path.Contains('?') ? '&' : '?')}format=pdf")).IsProblemOf(422, "invalid-request", "format");
            // a browser, whoever says nothing, and whoever would take anything get the JSON
            string[] anything =
                ["*/*", "text/html,application/xml;q=0.9,*/*;q=0.8", "application/*", "text/csv;q=0.1,application/json"];
            foreach (var accept in anything)
                Assert.Equal("application/json", (await Finance.Get(path, accept: accept)).Is(200).MediaType);
            Assert.Equal("text/csv", (await Finance.Get(path, accept: "text/*")).Is(200).MediaType);
            var link = $"{path}{(path.Contains('?') ? '&' : '?')}format=csv";
            Assert.Equal("text/csv", (await Finance.Get(link, accept: "application/pdf")).Is(200).MediaType);
        }
    }

    [Fact]
    public async Task Who_sees_less_of_a_list_sees_as_little_of_it_in_a_file()
    {
        var made = await Approved();
        var (path, position) = ($"/api/claims?enrolment={made.Enrolment}", await LastPosition());
        foreach (var (type, _) in OpenedTable.Forms)
        {
            async Task<OpenedTable> Opened(Caller by, string asked) =>
                OpenedTable.Of(type, (await by.Get(asked, position, type)).Is(200).Bytes);
            string[] secret = type == OpenedTable.Parquet ? ["memberName", "incidentKind", "incidentKindText", "incidentDate"]
                : ["参保人姓名", "事故类别代码", "事故类别", "事故日期"];
            var whole = await Opened(Officer, path);
            Assert.Equal(secret, secret.Intersect(whole.Headings));
            Assert.Equal(made.Person.Name, Assert.Single(whole.Column(secret[0])));
            Assert.Empty((await Opened(Finance, path)).Headings.Intersect(secret));
            Assert.DoesNotContain(secret[0], (await Opened(Officer, path + "&names=false")).Headings);
            Assert.Empty((await Opened(Api.As("elsewhere", "officer", "15"), path)).Rows);
        }
        (await Operator.Get("/api/claims?format=csv")).IsProblemOf(403, "role-missing");
        (await Api.Anonymous.Get("/api/claims?format=csv")).IsProblemOf(401, "unauthenticated");
    }

    [Fact]
    public async Task A_file_as_of_a_moment_has_what_was_known_then_names_included()
    {
        var made = await Submitted();
        var then = (await Officer.Get("/api/worklists", await LastPosition())).Is(200).Text("asOf");
        (await Officer.Do($"/api/members/{await MemberOf(made)}/correction", new { name = "样例人新", reason = "户口簿更正" })).Is(200);
        (await Officer.Do($"/api/claims/{made.Claim}/withdrawal", new { reason = "sample" })).Is(200);
        var (path, position) = ($"/api/claims?enrolment={made.Enrolment}", await LastPosition());
        async Task<(string?, string?)> Row(string asked)
        {
            var reply = (await Officer.Get(asked, position, OpenedTable.Csv)).Is(200);
            if (asked != path) Assert.Equal(OffsetTimeOf(then), OffsetTimeOf(reply.AsOf!));
            var table = OpenedTable.Of(OpenedTable.Csv, reply.Bytes);
            return (table.Column("状态").Single(), table.Column("参保人姓名").Single());
        }
        Assert.Equal(("已撤回", "样例人新"), await Row(path));
        Assert.Equal(("已提交", made.Person.Name), await Row($"{path}&asOf={then}"));
    }

    [Fact]
    public async Task The_totals_of_payouts_tie_to_their_JSON_and_end_with_the_sum()
    {
        var programme = await OpenProgramme();
        await Approved(programme);
        await Authorised(programme, grade: 2);
        var path = $"/api/finance/payouts?by=status,region,benefit,month&programme={programme}";
        var position = await LastPosition();
        var json = (await Finance.Get(path, position)).Is(200);
        foreach (var (type, name) in OpenedTable.Forms)
        {
            var reply = (await Finance.Get(path, position, type)).Is(200);
            Assert.Matches($"^payout-totals-20[0-9-]{{8}}\\.{name}$", reply.FileName);
            var table = OpenedTable.Of(type, reply.Bytes);
            var (isParquet, rows) = (type == OpenedTable.Parquet, json["rows"]!.AsArray());
            var amounts = table.Column(isParquet ? "amount" : "金额").Select(Yuan).ToArray();
            Assert.Equal(rows.Select(row => Yuan((string)row!["amount"]!)), amounts[..rows.Count]);
            Assert.Equal(rows.Count + (isParquet ? 0 : 1), amounts.Length);
            if (isParquet) continue;
            Assert.Equal(Yuan((string)json["total"]!["amount"]!), amounts[^1]);
            Assert.Equal("合计", table.Rows[^1][0]);
            Assert.Equal($"{json["total"]!["count"]}", table.Column("件数").Last());
        }
    }

    [Fact]
    public async Task The_log_says_who_took_how_many_rows_and_nothing_that_is_in_them()
    {
        var made = await Submitted();
        (await Officer.Get($"/api/claims?enrolment={made.Enrolment}&format=csv", await LastPosition())).Is(200);
        var line = Api.Log.Lines.Select(line => line.Text)
            .Last(text => text.Contains("wang took 1 rows of claims as Csv", StringComparison.Ordinal));
        Assert.Contains("names of people among them: True", line);
        Assert.DoesNotContain(made.Person.Name, line);
    }
}

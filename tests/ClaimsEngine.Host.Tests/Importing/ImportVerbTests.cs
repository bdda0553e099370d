using ClaimsEngine.Rosters;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.Rosters;
using Spectre.Console;

namespace ClaimsEngine.Host.Tests.Importing;

/// <summary><c>import</c>: sheets of the past become enrolments as if each had been made on its own day.</summary>
public sealed class ImportVerbTests(ApiFixture api) : ImportTest(api)
{
    [Fact]
    public async Task Past_enrolments_are_stored_by_the_programme_and_again_they_change_nothing()
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var people = People(40);
        var lines = people.Select(person => $"{Line(person)},{programme},{employer},2024-12-31,2025-01-01,2025-12-31").ToArray();
        var file = Written("past.csv", [$"{Header},单位代码,参保日期,保障起期,保障止期", .. lines]);
        Assert.Equal(0, await Import(file));

        var rows = await Enrolled($"programme={programme}");
        Assert.All(rows, row => Assert.Equal((employer, "2025-01-01", "2025-12-31", "inForce", 1),
            ((string)row["employer"]!, (string)row["coverFrom"]!, (string)row["coverTo"]!, (string)row["status"]!, (int)row["units"]!)));
        var members = new List<(string, string)>();
        foreach (var row in rows)
        {
            var shown = (await Officer.Get($"/api/enrolments/{(string)row["id"]!}")).Is(200);
            Assert.Contains("20241231", shown.Text("certificateNumber").Replace("-", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
            members.Add(((string)shown["member"]!["name"]!, (string)shown["member"]!["idNumber"]!));
        }
        Assert.Equal(people.Select(draft => (draft.Person.Name, draft.Person.IdNumber.Value)).Order(), members.Order());
        var stored = Assert.Single((await Auditor.Get($"/api/audit/streams/{(string)rows[0]["id"]!}")).Is(200)["events"]!.AsArray())!;
        Assert.Equal(("tester", "officer"), ((string)stored["user"]!, (string)stored["role"]!));

        var before = await Api.Ledger();
        Assert.Equal(0, await Import(file));
        Assert.Equal(0, await Import(Written("again.csv", [$"{Header},单位代码,参保日期,保障起期,保障止期",
            .. lines.Reverse()])));   // another file of the same people
        Assert.Equal(before, await Api.Ledger());
        Assert.Equal(["again.csv", "past.csv"], Files());
    }

    [Fact]
    public async Task Employers_and_the_people_on_their_lists_come_by_one_command()
    {
        var (programme, codes) = (await OpenProgramme(), new[] { Sample.NewCode("employer"), Sample.NewCode("employer") });
        var employers = Written("employers.csv", "单位代码,单位名称,地区,职工人数,女职工人数", $"{codes[0]},样例物流公司,凉州区,20,8", $"{codes[1]},样例快递公司,620602,5,0");
        var people = People(7);
        var file = Written("past.csv",
            [$"{Header},单位代码", .. people.Select((person, nth) => $"{Line(person)},{programme},{codes[nth < 4 ? 0 : 1]}")]);
        Assert.Equal(0, await Import(file, "--employers", employers));
        var registered = (await Officer.Get($"/api/employers/{codes[0]}")).Is(200);
        Assert.Equal(("样例物流公司", "620602", 20, 8),
            (registered.Text("name"), registered.Text("region"), (int)registered["staff"]!, (int)registered["women"]!));
        foreach (var (code, count) in codes.Zip((int[])[4, 3]))
        {
            Assert.Equal(count, (await Enrolled($"employer={code}")).Count);
            var cover = Assert.Single((await Officer.Get($"/api/employers/{code}")).Is(200)["covers"]!.AsArray())!;
            Assert.Equal((programme, "2025-01-01", "2025-12-31", 1),
                ((string)cover["programme"]!, (string)cover["from"]!, (string)cover["to"]!, (int)cover["units"]!));
        }
        var before = await Api.Ledger();
        Assert.Equal(0, await Import(file, "--employers", employers));
        Assert.Equal(before, await Api.Ledger());
    }

    [Fact]
    public async Task Employers_alone_are_registered_and_bad_ones_are_left_out()
    {
        var codes = Enumerable.Range(0, 4).Select(_ => Sample.NewCode("employer")).ToArray();
        var employers = Written("employers.csv", "region,Women,staff,name,code",
            $"甘肃省武威市凉州区,4,10,样例公司,{codes[0]}", $"凉洲区,4,10,样例公司,{codes[1]}", $"620602,eleven,10,样例公司,{codes[2]}",
            $"620602,11,10,样例公司,{codes[3]}",
            "620602,4,10,样例公司,YL 1", $"620602,4,10,另一样例公司,{codes[0]}", $"620602,4,10,样例公司,{codes[0]}");
        Assert.Equal(1, await Run("--employers", employers));
        (await Officer.Get($"/api/employers/{codes[0]}")).Is(200);
        foreach (var code in codes[1..]) (await Officer.Get($"/api/employers/{code}")).IsProblemOf(404, "not-found");
        var before = await Api.Ledger();
        Assert.Equal(1, await Run("--employers", employers));
        Assert.Equal(0, await Run("--employers", Written("once more.csv", "code,name,region,staff,women", $"{codes[0]},样例公司,620602,10,4")));
        Assert.Equal(before, await Api.Ledger());
        Assert.Contains("单位代码", await Failure("--employers", Written("no codes.csv", "name,region,staff,women", "样例公司,620602,10,4")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_enters_two_periods_by_one_file_and_is_one_person()
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, Cards.Version("2023-01-01"));
        var (first, second) = (await Opened(plan, 2024), await Opened(plan, 2025));
        var people = People(3);
        var file = Written("past.csv",
            [Header, .. ((string[])[first, second]).SelectMany(programme => people.Select(person => $"{Line(person)},{programme}"))]);
        Assert.Equal(0, await Import(file));
        var (early, late) = (await Enrolled($"programme={first}"), await Enrolled($"programme={second}"));
        Assert.All(early, row => Assert.Equal(("2024-01-01", "2024-12-31"), ((string)row["coverFrom"]!, (string)row["coverTo"]!)));
        Assert.All(late, row => Assert.Equal(("2025-01-01", "2025-12-31"), ((string)row["coverFrom"]!, (string)row["coverTo"]!)));
        Assert.Equal(3, early.Count);
        Assert.Equal(await Members(early), await Members(late));
        foreach (var person in people)
            Assert.Equal(1L, await Api.Ask(
            "SELECT count(*) FROM claims.mt_events WHERE type = 'person_registered' AND data->>'idNumber' = $1",
            person.Person.IdNumber.Value));
    }

    [Fact]
    public async Task Whoever_stands_twice_under_one_programme_is_enrolled_once()
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var people = People(2);
        string[] lines =
            [$"{Header},单位代码", $"{Line(people[0])},{programme},", $"{Line(people[1])},{programme},", $"{Line(people[0])},{programme},"];
        Assert.Equal(0, await Import(Written("past.csv", lines)));
        Assert.Equal(2, (await Enrolled($"programme={programme}")).Count);

        // through an employer it is the later of two certificates, and under another name another person
        var other = Written("other.csv", $"{Header},单位代码", $"{Line(people[0])},{programme},{employer}",
            $"李样例{Line(people[1])[people[1].Person.Name.Length..]},{programme},", $"{Line(people[1])},{programme},");
        Assert.Equal(1, await Import(other));
        Assert.Equal(["身份证号：该人员已参保", "姓名：证件号码与登记姓名不符"], await Reasons("other.rejected.csv"));
        Assert.Equal(2, (await Enrolled($"programme={programme}")).Count);
    }

    [Fact]
    public async Task Bad_rows_come_back_with_their_reasons_and_corrected_they_enter()
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var people = People(9);
        string Row(int nth, string on = "2024-12-31", string to = "2025-12-31", string list = "", string? under = null) =>
            $"{Line(people[nth])},{under ?? programme},{list},{on},2025-01-01,{to}";
        string[] right = [.. Enumerable.Range(0, 9).Select(nth => Row(nth, list: nth == 4 ? employer : ""))];
        var number = people[1].Person.IdNumber.Value;
        string[] wrong =
        [
            right[0], right[1].Replace(number, number[..17] + (number[17] == '1' ? '2' : '1'), StringComparison.Ordinal),
            Row(2).Replace(people[2].Person.Occupation.ChineseName, "护工", StringComparison.Ordinal),
            Row(3, to: "2026-12-31"), Row(4, list: "no-such-employer"), Row(5, on: "2999-01-01"), Row(6, under: "no-such"),
                Row(7, list: "样例 单位", on: "去年"), right[8],
        ];
        var file = Written("past.csv", [$"{Header},单位代码,参保日期,保障起期,保障止期", .. wrong]);
        Assert.Equal(1, await Import(file));
        Assert.Equal(2, (await Enrolled($"programme={programme}")).Count);
        string[] reasons =
        [
            "身份证号：身份证号校验位错误，请核对", "职业：职业不在保障范围", "保障止期：保障期间与计划规则不符", "单位代码：无此单位", "参保日期：请求内容有误", "无此项目",
            "单位代码：单位代码应为1至40位字母、数字或连字符；参保日期：日期无效（如 2025-10-20）",
        ];
        Assert.Equal(reasons, await Reasons("past.rejected.csv"));

        var before = await Api.Ledger();
        Assert.Equal(1, await Import(file, "--rejected",
            Path.Combine(Folder, "elsewhere.csv")));   // nothing is left to do, and it is still so
        Assert.Equal(before, await Api.Ledger());
        Assert.Equal(reasons, await Reasons("elsewhere.csv"));

        var corrected = await File.ReadAllLinesAsync(Path.Combine(Folder, "past.rejected.csv"));
        for (var nth = 1; nth < 8; nth++)
        {
            Assert.StartsWith(wrong[nth], corrected[nth], StringComparison.Ordinal);
            corrected[nth] = corrected[nth].Replace(wrong[nth], right[nth], StringComparison.Ordinal);
        }
        Assert.Equal(0, await Import(Written("corrected.csv", corrected)));
        Assert.Equal(9, (await Enrolled($"programme={programme}")).Count);
        Assert.Single(await Enrolled($"employer={employer}"));
    }

    [Fact]
    public async Task A_workbook_comes_back_as_a_workbook_with_its_dates_as_text()
    {
        var programme = await OpenProgramme();
        var people = People(2);
        object?[] Row(RosterDraft draft, int to) => [.. Line(draft).Split(',').Cast<object?>(), programme, 45657, to];
        var file = Path.Combine(Folder, "past.xlsx");
        await File.WriteAllBytesAsync(file,
            Workbooks.Of([.. $"{Header},参保日期,保障止期".Split(',').Cast<object?>()], Row(people[0], 46022), Row(people[1], 46023)));
        Assert.Equal(1, await Import(file));
        Assert.Equal(["past.rejected.xlsx", "past.xlsx"], Files());
        var row = Assert.Single(await Rejected("past.rejected.xlsx"));
        Assert.Equal([people[1].Person.Name, "2024-12-31", "2026-01-01", "保障止期：保障期间与计划规则不符"], [row[0], .. row[^3..]]);
        Assert.Single(await Enrolled($"programme={programme}"));
    }

    [Fact]
    public async Task A_quota_is_filled_to_the_last_place_and_no_further()
    {
        var programme = await OpenProgramme(quota: 30);
        var people = People(40);
        Assert.Equal(1, await Import(Written("past.csv", [Header, .. people.Select(person => $"{Line(person)},{programme}")])));
        Assert.Equal(30, (await Enrolled($"programme={programme}")).Count);
        Assert.Equal(Enumerable.Repeat("名额已满", 10), await Reasons("past.rejected.csv"));
        Assert.Equal(people[30..].Select(draft => draft.Person.Name), (await Rejected("past.rejected.csv")).Select(row => row[0]));
        foreach (var draft in people[30..]) Assert.Equal(0L,
            await Api.Ask("SELECT count(*) FROM claims.mt_events WHERE type = 'person_registered' AND data->>'idNumber' = $1",
            draft.Person.IdNumber.Value));
    }

    [Fact]
    public async Task Nobody_is_enrolled_whom_only_a_row_without_a_place_would_have_registered()
    {
        var (full, open) = (await OpenProgramme(quota: 1), await OpenProgramme());
        var people = People(2);
        var file = Written("past.csv",
            Header, $"{Line(people[0])},{full}", $"{Line(people[1])},{full}", $"{Line(people[1])},{full}", $"{Line(people[1])},{open}");
        Assert.Equal(1, await Import(file));
        Assert.Equal(["名额已满", "并发冲突，请重试", "并发冲突，请重试"], await Reasons("past.rejected.csv"));
        Assert.Empty(await Enrolled($"programme={open}"));

        Assert.Equal(0, await Import(Written("rest.csv", Header, $"{Line(people[1])},{open}")));
        var enrolment = (string)Assert.Single(await Enrolled($"programme={open}"))["id"]!;
        var member = (await Officer.Get($"/api/enrolments/{enrolment}")).Is(200)["member"]!;
        Assert.Equal(people[1].Person.IdNumber.Value, (string)member["idNumber"]!);
    }

    [Fact]
    public async Task Under_a_plan_without_a_programme_cover_begins_on_the_day_after_and_years_follow_one_another()
    {
        var plan = Sample.NewCode("plan");
        await Publish(plan, Cards.Version("2023-01-01", start: "nextDay"));
        var (once, twice) = (People(1)[0], People(1)[0]);
        string On(string name, params (RosterDraft Draft, string Day)[] people) =>
            Written($"{name}.csv", ["姓名,身份证号,职业,地区,手机号,参保日期", .. people.Select(person => $"{Line(person.Draft)},{person.Day}")]);
        var file = On("years", (once, "2024-03-04"), (twice, "2024-03-04"), (twice, "2025-03-04"), (twice, "2025-06-01"), (once, ""));
        Assert.Equal(1, await Import(file, "--plan", plan));
        Assert.Equal(["身份证号：该人员已参保", "参保日期：请求内容有误"], await Reasons("years.rejected.csv"));
        Assert.Equal([("2024-03-05", "2025-03-04"), ("2024-03-05", "2025-03-04"), ("2025-03-05", "2026-03-04")], await Covers(plan));

        Assert.Equal(0,
            await Import(Written("later.csv", "姓名,身份证号,职业,地区,手机号,计划代码", $"{Line(once)},{plan}"), "--enrolled-on", "2025-03-31"));
        Assert.Equal(("2025-04-01", "2026-03-31"), (await Covers(plan))[^1]);
        var before = await Api.Ledger();
        Assert.Equal(0, await Import(On("again", (twice, "2025-03-04"), (once, "2025-03-31")), "--plan", plan));
        Assert.Equal(before, await Api.Ledger());
    }

    [Fact]
    public async Task Headings_may_be_English_and_what_rows_do_not_say_is_said_once()
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var people = People(3);
        string InEnglish(RosterDraft draft) =>
            Line(draft).Replace(draft.Person.Occupation.ChineseName, draft.Person.Occupation.Code, StringComparison.Ordinal);
        var file = Written("past.csv",
        [
            "name,idNumber,occupation,region,phone,enrolledOn,coverFrom,coverTo,units",
            .. people.Select(draft => $"{InEnglish(draft)},20241231,2025/1/1,2025/12/31,1"),
        ]);
        Assert.Equal(0, await Import(file, "--programme", programme, "--employer", employer));
        Assert.Equal(3, (await Enrolled($"programme={programme}&employer={employer}")).Count);
    }

    [Fact]
    public async Task Whoever_acts_for_one_place_imports_nobody_of_another_and_the_file_waits_for_who_may()
    {
        var programme = await OpenProgramme();
        var file = Written("past.csv", [Header, .. People(2).Select(person => $"{Line(person)},{programme}")]);
        Assert.Equal(1, await Import(file, "--region", "6201"));
        Assert.Equal(["地区：超出所辖地区", "地区：超出所辖地区"], await Reasons("past.rejected.csv"));
        Assert.Equal(0, await Import(file, "--region", "6206"));
        Assert.Equal(2, (await Enrolled($"programme={programme}")).Count);
    }

    [Fact]
    public async Task What_makes_the_whole_impossible_is_said_and_nothing_is_stored()
    {
        var line = Line(People(1)[0]);
        var file = Written("past.csv", "姓名,身份证号,职业,地区,手机号", line);
        var before = await Api.Ledger();
        foreach (var (said, args) in ((string, string[])[])[
            ("项目代码", [file]), ("missing-heading", [file]), ("there is no file", [Path.Combine(Folder, "none.csv")]),
            ("there is no file", [file, "--employers", Path.Combine(Folder, "none.csv")]),
            ("name a file", []), ("either --programme or --plan", [file, "--programme", "sample", "--plan", "sample"]),
            ("--enrolled-on", [file, "--programme", "sample", "--enrolled-on", "去年"]),
            ("--region", [file, "--programme", "sample", "--region", "99"]),
                ("unknown-heading", [Written("odd.csv", $"{Header},颜色", $"{line},sample,红")])])
            Assert.Contains(said, await Failure(args), StringComparison.Ordinal);
        Assert.Equal(before, await Api.Ledger());
        Assert.Equal(["odd.csv", "past.csv"], Files());
    }

    [Fact]
    public async Task The_population_of_Gansu_takes_every_place_of_an_empty_database_by_one_command()
    {
        var connection = await Api.NewDatabase();
        var sheets = Path.Combine(Folder, "sheets");
        string[] verb = ["population", "gansu", "--seed", "5", "--out", sheets, "--ConnectionStrings:Claims", connection];
        await using var database = new Database(connection);
        string? before = null;
        for (var again = 0; again < 2; again++)
        {
            var told = await Told(verb);
            Assert.Contains(again == 0 ? "0 dealt with by an earlier run" : "10,000 dealt with by an earlier run", told,
                StringComparison.Ordinal);
            Assert.Equal(again == 1, told.Contains("; 0 events stored now", StringComparison.Ordinal));
            Assert.Equal("10000", await Ask("SELECT count(*) FROM claims.mt_events WHERE type = 'enrolment_started'"));
            Assert.Equal("700 9300 120000000", await Ask("SELECT string_agg(taken::text, ' ' ORDER BY taken) FROM claims.places"));
            var all = await Ask("SELECT count(*) FROM claims.mt_events");
            Assert.Equal(before ?? all, all);
            before = all;
        }
        Assert.Equal(
            ["employers.csv", "members.csv"],
            Directory.GetFiles(sheets).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

        async Task<string> Ask(string sql) => (await database.Ask(sql))!.ToString()!;
    }
}

using System.Text;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>Rosters over HTTP: from a sheet to enrolments, and back to the sheet with what is wrong in it.</summary>
public sealed class RosterEnrolmentTests(ApiFixture api) : RosterTest(api)
{
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with BOM")]
    [InlineData("gb18030")]
    [InlineData("xlsx")]
    public async Task A_roster_is_enrolled_whatever_program_wrote_it(string form)
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var people = People(3);
        var lines = people.Select(person => Line(person)).Prepend(Header).ToArray();
        var file = form switch
        {
            "utf-8" => Sheets.Csv(lines),
            "utf-8 with BOM" => [.. Encoding.UTF8.Preamble, .. Sheets.Csv(lines)],
            "gb18030" => Sheets.Gb18030.GetBytes(string.Join("\r\n", lines)),
            _ => Workbooks.Of([.. lines.Select(line => line.Split(',').Cast<object?>().ToArray())]),
        };
        var done = await Done($"programme={programme}&employer={employer}&accept=all-or-nothing", file, form == "xlsx" ? Xlsx : "text/csv");
        Assert.Equal((3, 3, 0, 0), Counts(done));
        Assert.Equal((form == "xlsx" ? "xlsx" : "csv", "all-or-nothing", employer),
            (done.Text("format"), done.Text("accept"), done.Text("employer")));
        Assert.Equal((3, 3), ((int)done["done"]!, (int)done["total"]!));

        var rows = await Enrolled(programme);
        Assert.All(rows, row => Assert.Equal((employer, "620602", "2025-12-31", "inForce"),
            ((string)row["employer"]!, (string)row["region"]!, (string)row["coverTo"]!, (string)row["status"]!)));
        var members = new List<(string, string, string)>();
        foreach (var row in rows)
        {
            var shown = (await Officer.Get($"/api/enrolments/{(string)row["id"]!}")).Is(200)["member"]!;
            members.Add(((string)shown["name"]!, (string)shown["idNumber"]!, (string)shown["phone"]!));
            var stored = (await Auditor.Get($"/api/audit/streams/{(string)row["id"]!}")).Is(200)["events"]![0]!;
            foreach (var person in people)
                foreach (var secret in (string[])[person.Name, person.IdNumber, person.Phone])
                    Assert.DoesNotContain(secret, stored.ToJsonString());
        }
        Assert.Equal(people.Select(person => (person.Name, person.IdNumber, person.Phone)).Order(), members.Order());
        (await Officer.Get(done.Text("location") + "/corrected")).IsProblemOf(404, "not-found");
    }

    [Fact]
    public async Task Good_rows_are_enrolled_and_the_bad_ones_named_by_row_column_and_code()
    {
        var programme = await OpenProgramme();
        var people = People(4);
        var file = Sheets.Csv(Header, Line(people[0]), Line(people[1]).Replace(people[1].IdNumber,
            people[1].IdNumber[..17] + (people[1].IdNumber[17] == '1' ? '2' : '1')),
            Line(people[2], occupation: "护工"), Line(people[0]), Line(people[3], region: "620102"),
                "=1+1," + Line(people[3])[(Line(people[3]).IndexOf(',') + 1)..], Line(people[3], units: "5"), Line(people[3]));
        var done = await Done($"programme={programme}&accept=good-rows", file);
        Assert.Equal((8, 1, 7, 0), Counts(done));
        Assert.Equal(
            [(3, "身份证号", "identity-number-check"), (4, "职业", "occupation-not-covered"), (5, "身份证号", RosterFaults.DuplicateInFile.Code),
                (6, "地区", "outside-region"),
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
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var file = await Generated(25, "620602");
        var query = $"programme={programme}&employer={employer}&accept={accept}";
        Assert.Equal((25, 25, 0, 0), Counts(await Done(query, file)));
        var events = await Api.Events();
        Assert.Equal((25, 0, 0, 25), Counts(await Done(query, file)));
        Assert.Equal(events, await Api.Events());

        // through another employer it is the later of two certificates
        var other = await Done($"programme={programme}&employer={await RegisteredEmployer()}&accept=good-rows", file);
        Assert.Equal((25, 0, 25, 0), Counts(other));
        Assert.All(Errors(other), error => Assert.Equal(("身份证号", "already-enrolled"), (error.Column, error.Code)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_corrected_sheet_is_the_same_sheet_with_reasons_and_can_be_sent_again(bool workbook)
    {
        var programme = await OpenProgramme();
        var people = People(3);
        string[] lines = ["2025年参保名单,,,,,", Header, Line(people[0]), Line(people[1], occupation: "护工"),
            Line(people[2]).Replace(people[2].IdNumber, "1234")];
        var file = workbook ? Workbooks.Of([.. lines.Select(line => line.Split(',').Select(cell => cell.Length == 0 ? null
            : (object?)cell).ToArray())]) : Sheets.Csv(lines);
        var done = await Done($"programme={programme}&accept=good-rows", file, workbook ? Xlsx : "text/csv");
        Assert.Equal((3, 1, 2, 0), Counts(done));

        var corrected = (await Officer.Get(done.Text("location") + "/corrected")).Is(200);
        Assert.Equal(workbook ? Xlsx : "text/csv", corrected.MediaType);
        using (var sheet = await Sheets.Opened(corrected.Bytes))
        {
            Assert.Equal(["姓名", "身份证号", "职业", "地区", "手机号", "份数", RosterColumns.ReasonsHeading],
                sheet.Headings.Select(heading => heading.Text));
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
                Cells = [.. row.Cells.Select(cell => cell with { Text = cell.Text.Replace("护工", "快递员").Replace("1234",
                    people[2].IdNumber) })],
            }, "")), right);
            again = right;
        }
        Assert.Equal((3, 2, 0, 1), Counts(await Done($"programme={programme}&accept=all-or-nothing", again.ToArray(), workbook ? Xlsx
            : "text/csv")));
        Assert.Equal(3, (await Enrolled(programme)).Count);
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
    public async Task A_roster_without_a_region_is_of_the_employers_place_and_may_say_who_was_hired_when()
    {
        var (programme, employer) = (await OpenProgramme(), await RegisteredEmployer());
        var person = People(1)[0];
        var done = await Done($"programme={programme}&employer={employer}&accept=good-rows",
            Sheets.Csv("姓名,身份证号,职业,入职日期", $"{person.Name},{person.IdNumber},快递员,2025年10月20日"));
        Assert.Equal((1, 1, 0, 0), Counts(done));
        Assert.Equal("620602", (string)Assert.Single(await Enrolled(programme))["region"]!);
        var wrong = await Done($"programme={programme}&employer={employer}&accept=good-rows",
            Sheets.Csv("姓名,身份证号,职业,入职日期", $"{person.Name},{person.IdNumber},快递员,去年"));
        Assert.Equal([(2, "入职日期", RosterFaults.InvalidHireDate.Code)], Errors(wrong));
    }

    [Fact]
    public async Task Who_is_known_under_another_name_is_refused_in_the_column_of_names()
    {
        var programme = await OpenProgramme();
        var person = People(1)[0];
        Assert.Equal((1, 1, 0, 0), Counts(await Done($"programme={programme}&accept=good-rows", Sheets.Csv(Header, Line(person)))));
        var other =
            await Done($"programme={await OpenProgramme()}&accept=good-rows", Sheets.Csv(Header, Line(person with { Name = "李样例" })));
        Assert.Equal([(2, "姓名", "identity-mismatch")], Errors(other));
        Assert.Equal((1, 0, 1, 0), Counts(other));
    }
}

using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using NodaTime;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>What the rows of an import say of covers of the past, and rows of a roster do not.</summary>
public sealed class PastCoverTests
{
    private const string Everything = Header + ",项目代码,计划代码,单位代码,参保日期,保障起期,保障止期,保障档次,保障月数";

    private static readonly LocalDate Eve = new(2024, 12, 31);

    [Fact]
    public async Task A_row_says_under_what_and_when_a_person_was_enrolled()
    {
        Assert.Equal(new PastCover("sample", null, "YL-1", Eve, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), "A", 36),
            await Past(Everything, $"{Good},sample,,YL-1,2024-12-31,2025-01-01,2025-12-31,A,36"));
        Assert.Equal(new PastCover(Plan: "sample-plan"), await Past(Everything, $"{Good},,sample-plan,,,,,,"));
    }

    [Theory]
    [InlineData("programme", RosterColumn.Programme)]
    [InlineData("项目", RosterColumn.Programme)]
    [InlineData("planCode", RosterColumn.Plan)]
    [InlineData("unit_code", RosterColumn.Employer)]
    [InlineData("employerCode", RosterColumn.Employer)]
    [InlineData("单位编码", RosterColumn.Employer)]
    [InlineData("enrolledOn", RosterColumn.EnrolledOn)]
    [InlineData("参保日期（必填）", RosterColumn.EnrolledOn)]
    [InlineData("Cover From", RosterColumn.CoverFrom)]
    [InlineData("coverTo", RosterColumn.CoverTo)]
    [InlineData("coverTier", RosterColumn.CoverTier)]
    [InlineData("保障期（月）", RosterColumn.Months)]
    public void Headings_of_past_covers_are_known_however_they_are_typed(string heading, RosterColumn column)
    {
        Assert.Equal(column, RosterColumns.Of(heading));
        Assert.True(column.IsOfPastCovers());
    }

    [Theory]
    [InlineData("2024-12-31")]
    [InlineData("2024/12/31")]
    [InlineData("2024.12.31")]
    [InlineData("2024年12月31日")]
    [InlineData("２０２４－１２－３１")]
    [InlineData("20241231")]
    [InlineData("2024-12-31 00:00:00")]
    [InlineData("45657")]
    public async Task A_date_in_every_form(string text)
    {
        var past = await Past(Everything, $"{Good},sample,,,{text},{text},{text},,");
        Assert.Equal((Eve, Eve, Eve), (past.EnrolledOn, past.CoverFrom, past.CoverTo));
    }

    [Fact]
    public async Task A_date_that_a_workbook_stores_as_a_number_of_days()
    {
        var file = Workbooks.Of([.. $"{Header},项目代码,参保日期,保障起期,保障止期".Split(',').Cast<object?>()],
            [.. Good.Split(',').Cast<object?>(), "sample", 45657, 45658, 46022]);
        var past = Assert.Single(await Rows(file, Import())).Draft!.Past!;
        Assert.Equal((Eve, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31)), (past.EnrolledOn, past.CoverFrom, past.CoverTo));
    }

    [Theory]
    [InlineData("2024-13-31")]
    [InlineData("2023-02-29")]
    [InlineData("去年")]
    [InlineData("24-12-31")]
    public async Task A_date_that_is_none(string text)
    {
        await Bad($"{Good},sample,,,{text},,,,", RosterFaults.InvalidDate, "参保日期");
        await Bad($"{Good},sample,,,,{text},,,", RosterFaults.InvalidDate, "保障起期");
        await Bad($"{Good},sample,,,,,{text},,", RosterFaults.InvalidDate, "保障止期");
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData(" １２ ", 12)]
    [InlineData("1200", 1200)]
    [InlineData("", null)]
    public async Task Months(string text, int? months) =>
        Assert.Equal(months, (await Past(Everything, $"{Good},sample,,,,,,,{text}")).Months);

    [Theory]
    [InlineData("0")]
    [InlineData("1201")]
    [InlineData("12.5")]
    [InlineData("一年")]
    [InlineData("99999999999")]
    public Task Months_that_are_none(string text) => Bad($"{Good},sample,,,,,,,{text}", RosterFaults.InvalidMonths, "保障月数");

    [Theory]
    [InlineData("YL 1")]
    [InlineData("样例公司")]
    [InlineData("YL/1")]
    [InlineData("12345678901234567890123456789012345678901")]
    public Task A_code_that_no_employer_has(string text) => Bad($"{Good},sample,,{text},,,,,", RosterFaults.InvalidEmployerCode, "单位代码");

    [Fact]
    public Task A_code_that_a_spreadsheet_wrote_with_an_exponent_has_lost_its_digits() =>
        Bad($"{Good},sample,,9.16206E+17,,,,,", RosterFaults.DigitsLost, "单位代码");

    [Fact]
    public async Task A_row_names_either_a_programme_or_a_plan()
    {
        await Bad($"{Good},sample,sample-plan,,,,,,", RosterFaults.ProgrammeOrPlan, "项目代码");
        await Bad($"{Good},,,,,,,,", RosterFaults.ProgrammeOrPlan, "项目代码");
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var row = Assert.Single(await Rows(Csv(Everything, $"{Good[..^6]}凉洲区,sample,sample-plan,YL 1,1.1.2025,2025-1,x,,y"), Import()));
        Assert.Equal(
            [
                (RosterFaults.UnknownRegion, "地区"), (RosterFaults.ProgrammeOrPlan, "项目代码"),
                (RosterFaults.InvalidEmployerCode, "单位代码"), (RosterFaults.InvalidMonths, "保障月数"),
                (RosterFaults.InvalidDate, "参保日期"), (RosterFaults.InvalidDate, "保障起期"), (RosterFaults.InvalidDate, "保障止期"),
            ],
            row.Faults.Select(fault => (fault.Rule, fault.Column!)));
    }

    [Fact]
    public async Task What_a_row_does_not_say_was_said_once_for_all_and_what_it_says_stands()
    {
        var said = new PastCover("sample", null, "YL-1", Eve, CoverTier: "A", Months: 12);
        Assert.Equal(said, await Past(Header, Good, said));
        Assert.Equal(said, await Past(Everything, $"{Good},,,,,,,,", said));
        Assert.Equal(new PastCover(null, "sample-plan", "YL-2", Eve.PlusDays(1), CoverTier: "B", Months: 36),
            await Past(Everything, $"{Good},,sample-plan,YL-2,2025-01-01,,,B,36", said));
    }

    [Fact]
    public async Task A_sheet_has_a_column_of_programmes_or_of_plans_unless_one_was_named_for_all()
    {
        var fault = await Refused(Csv(Header, Good), RosterFaults.MissingHeading, defaults: Import());
        Assert.EndsWith("项目代码", fault.Text, StringComparison.Ordinal);
        Assert.Equal("sample-plan", (await Past($"{Header},保障计划", $"{Good},sample-plan")).Plan);
        Assert.Equal("sample-plan", (await Past(Header, Good, new PastCover(Plan: "sample-plan"))).Plan);
        Assert.Equal("sample", (await Past($"{Header},项目代码", $"{Good},sample", new PastCover(Plan: "sample-plan"))).Programme);
    }

    [Theory]
    [InlineData("项目代码")]
    [InlineData("计划代码")]
    [InlineData("单位代码")]
    [InlineData("参保日期")]
    [InlineData("保障起期")]
    [InlineData("保障止期")]
    [InlineData("保障档次")]
    [InlineData("保障月数")]
    public async Task A_roster_does_not_know_them_since_its_sender_says_them_once(string heading)
    {
        var fault = await Refused(Csv($"{Header},{heading}", $"{Good},1"), RosterFaults.UnknownHeading);
        Assert.Contains($"'{heading}' (E)", fault.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(heading, fault.Text[fault.Text.IndexOf("known are", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Null((await Row(Header, Good)).Draft!.Past);
    }

    private static RosterDefaults Import(PastCover? past = null) => new(Past: past ?? new PastCover());

    private static async Task<PastCover> Past(string header, string line, PastCover? defaults = null)
    {
        var row = Assert.Single(await Rows(Csv(header, line), Import(defaults)));
        Assert.Empty(row.Faults);
        return row.Draft!.Past!;
    }

    private static async Task Bad(string line, RosterFaultCode rule, string column)
    {
        var fault = Assert.Single(Assert.Single(await Rows(Csv(Everything, line), Import())).Faults);
        Assert.Equal((rule, column, 2), (fault.Rule, fault.Column, fault.Row));
    }
}

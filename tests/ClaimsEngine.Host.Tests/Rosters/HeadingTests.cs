using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class HeadingTests
{
    [Theory]
    [InlineData("身份证号码", RosterColumn.IdNumber)]
    [InlineData("证件号码（18位）", RosterColumn.IdNumber)]
    [InlineData("idNumber", RosterColumn.IdNumber)]
    [InlineData("ID Number", RosterColumn.IdNumber)]
    [InlineData("id_number", RosterColumn.IdNumber)]
    [InlineData("ＩＤＮｕｍｂｅｒ", RosterColumn.IdNumber)]
    [InlineData("person.idNumber", RosterColumn.IdNumber)]
    [InlineData(" 姓　名 ", RosterColumn.Name)]
    [InlineData("*姓名", RosterColumn.Name)]
    [InlineData("姓名：", RosterColumn.Name)]
    [InlineData("姓名（必填）", RosterColumn.Name)]
    [InlineData("\u200B姓名", RosterColumn.Name)]
    [InlineData("职业（工种）", RosterColumn.Occupation)]
    [InlineData("职业／工种", RosterColumn.Occupation)]
    [InlineData("account.number", RosterColumn.AccountNumber)]
    [InlineData("员工号", RosterColumn.EmployeeNumber)]
    [InlineData("No.", RosterColumn.SerialNumber)]
    [InlineData("错误原因", RosterColumn.Reasons)]
    public void A_heading_is_known_however_it_is_typed(string heading, RosterColumn column) =>
        Assert.Equal(column, RosterColumns.Of(heading));

    [Theory]
    [InlineData("姓名（配偶）")]
    [InlineData("联系电话(紧急联系人)")]
    [InlineData("年龄")]
    [InlineData("")]
    public void What_means_something_else_is_not_known(string heading) => Assert.Null(RosterColumns.Of(heading));

    [Fact]
    public async Task Columns_stand_in_any_order()
    {
        using var sheet = await Opened("region,units,工种,name,证件号码", "620602,2,courier,李样例,620602199001010027");
        var draft = Assert.Single(sheet.Read()).Draft!;
        Assert.Equal(("李样例", 2, "620602"), (draft.Person.Name, draft.Units, draft.Person.Region.Value));
    }

    [Fact]
    public async Task An_unknown_heading_is_named_since_a_typo_must_not_lose_a_fact()
    {
        var fault = await Refused(Csv($"{Header},联系电活", $"{Good},13800138000"), RosterFaults.UnknownHeading);
        Assert.Contains("'联系电活' (E)", fault.Text, StringComparison.Ordinal);
        Assert.Contains("'联系电活' (E)", fault.TextZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_heading_is_named()
    {
        var fault = await Refused(Csv("姓名,身份证号,备注", "李样例,620602199001010027,"), RosterFaults.MissingHeading);
        Assert.EndsWith("职业, 地区", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heading_may_be_missing_if_the_sender_said_it_once()
    {
        var defaults = new RosterDefaults(Occupation.Of("courier"), RegionCode.Of("620602"));
        var row = Assert.Single(await Rows(Csv("姓名,身份证号", "李样例,620602199001010027"), defaults));
        Assert.Equal(("courier", "620602"), (row.Draft!.Person.Occupation.Code, row.Draft.Person.Region.Value));
    }

    [Fact]
    public async Task Two_headings_of_one_meaning_are_named()
    {
        var fault = await Refused(Csv($"{Header},手机号,联系电话", $"{Good},,"), RosterFaults.RepeatedHeading);
        Assert.EndsWith("'手机号' (E), '联系电话' (F)", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remarks_serial_numbers_and_our_own_reasons_are_passed_over()
    {
        var row = await Row($"序号,{Header},备注,错误原因", $"1,{Good},=随便,身份证号：…");
        Assert.Empty(row.Faults);
    }

    [Fact]
    public async Task A_title_may_stand_above_the_header()
    {
        using var sheet = await Opened("样例公司职工花名册,,,", "", Header, Good);
        Assert.Equal((3, 1), (sheet.HeaderRow, sheet.RowCount));
        Assert.Equal(4, Assert.Single(sheet.Read()).Number);
    }

    [Fact]
    public async Task A_table_of_something_else_is_no_roster()
    {
        var fault = await Refused(Csv("日期,金额", "2025-01-01,3"), RosterFaults.HeaderNotFound);
        Assert.Contains("姓名, 身份证号, 职业, 地区", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_table_without_header_is_no_roster() => Refused(Csv(Good, Good), RosterFaults.HeaderNotFound);

    [Fact]
    public async Task Where_only_one_heading_is_right_the_others_are_named()
    {
        var fault = await Refused(Csv("姓名,身分证号", "李样例,620602199001010027"), RosterFaults.UnknownHeading);
        Assert.Contains("身分证号", fault.Text, StringComparison.Ordinal);
    }
}

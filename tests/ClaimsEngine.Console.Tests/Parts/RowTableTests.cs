using Bunit;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Console.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Console.Tests.Parts;

/// <summary>A list of the API as a table: who sees which column, and what stands in the address.</summary>
public sealed class RowTableTests : PartTest
{
    private static readonly string[] Columns = ["number", "status", "incidentKind", "assessedAmount"];

    [Theory]
    [InlineData(Role.Officer, true)]
    [InlineData(Role.Approver, true)]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.Finance, false)]
    public void Medical_columns_are_for_those_who_read_cases(Role role, bool shown)
    {
        Signed(role, Language.English);
        var table = Drawn();
        Assert.Equal(shown ? ["Number", "Status", "Incident kind", "Assessed amount"] : (string[])["Number", "Status", "Assessed amount"],
            table.FindAll("th").Select(head => head.TextContent));
        Assert.Equal(shown, table.Markup.Contains("isability", StringComparison.Ordinal));
    }

    [Fact]
    public void The_filters_of_the_address_are_asked_and_shown_and_go_into_the_links()
    {
        At("claims?status=assessed&asOf=2026-01-31T16:00:00Z&cursor=abc&unknown=1");
        var table = Drawn();
        Assert.Equal("/api/claims?status=assessed&asOf=2026-01-31T16%3A00%3A00Z&limit=50&cursor=abc", Door.Requests.Single().Address);
        Assert.Equal("assessed", table.Find("#filter-status option[selected]").GetAttribute("value"));
        Assert.Equal("files/api/claims?status=assessed&asOf=2026-01-31T16%3A00%3A00Z&format=csv",
            table.Find("a[download]").GetAttribute("href"));
        Assert.Contains("cursor=next-page", table.Find("a[rel=next]").GetAttribute("href"));
        Assert.Contains("status=assessed", table.Find("a[rel=next]").GetAttribute("href"));
    }

    [Fact]
    public void Values_are_written_as_people_write_them()
    {
        var table = Drawn();
        Assert.Equal("120,000.00", table.Find("td.number").TextContent.Trim());
        Assert.Equal("claims/1", table.Find("td a").GetAttribute("href"));
    }

    [Fact]
    public void A_name_with_markup_is_text()
    {
        Door.Answers(200, new { items = new[] { new { id = 1, memberName = "<script>alert(1)</script><img src=x onerror=alert(1)>" } } });
        var table = Rendered(["memberName"]);
        Assert.Empty(table.FindAll("script, img"));
        Assert.Equal("<script>alert(1)</script><img src=x onerror=alert(1)>", table.Find("td").TextContent.Trim());
    }

    [Fact]
    public void An_empty_list_and_a_refused_question_are_told_in_words()
    {
        Door.Answers(200, new { items = Array.Empty<object>() });
        Assert.Contains("没有记录", Rendered(Columns).Find(".empty").TextContent);
        Door.Answers(422, new { status = 422, code = "invalid-request", title = "The request is not valid", titleZh = "请求无效" });
        Assert.Contains("请求无效", Rendered(Columns).Find("[role=alert]").TextContent);
    }

    private void At(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private IRenderedComponent<RowTable> Drawn()
    {
        Door.Answers(200, new
        {
            items = new[] { new { id = 1, number = "C-1", status = "assessed", incidentKind = "disability",
                assessedAmount = "120000.00" } },
            next = "next-page",
        });
        return Rendered(Columns);
    }

    private IRenderedComponent<RowTable> Rendered(string[] columns) => Render<RowTable>(table => table
        .Add(part => part.Route, "/api/claims").Add(part => part.Columns, columns).Add(part => part.Filters, ["status"])
        .Add(part => part.Link, row => $"claims/{row.GetProperty("id")}"));
}

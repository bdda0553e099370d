using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Names beside the rows of lists: for whom, and as known when.</summary>
public sealed class ListedNameTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Who_handles_or_examines_cases_reads_names_in_lists_and_finance_those_of_payees_alone()
    {
        var made = await Approved();
        foreach (var by in (Caller[])[Officer, Approver, Auditor, Api.As("both", "finance,officer", "62")])
        {
            Assert.Equal(made.Person.Name, (string)(await Row(by, $"/api/claims?enrolment={made.Enrolment}"))["memberName"]!);
            Assert.Equal(made.Person.Name, (string)(await Enrolment(by, made))["memberName"]!);
            Assert.Equal(made.Person.Name, (string)(await Row(by, $"/api/payouts?claim={made.Claim}"))["payeeName"]!);
        }
        Assert.Null((await Row(Finance, $"/api/claims?enrolment={made.Enrolment}"))["memberName"]);
        Assert.Null((await Enrolment(Finance, made))["memberName"]);
        Assert.Equal(made.Person.Name, (string)(await Row(Finance, $"/api/payouts?claim={made.Claim}"))["payeeName"]!);
    }

    [Fact]
    public async Task They_are_left_out_where_nobody_wants_them()
    {
        var made = await Submitted();
        Assert.Null((await Row(Officer, $"/api/claims?enrolment={made.Enrolment}&names=false"))["memberName"]);
        Assert.NotNull((await Row(Officer, $"/api/claims?enrolment={made.Enrolment}&names=true"))["memberName"]);
        (await Officer.Get("/api/claims?names=no")).IsProblemOf(422, "invalid-request", "names");
        (await Auditor.Get("/api/plans?names=true")).IsProblemOf(422, "invalid-request", "names");   // a list of no people
    }

    [Fact]
    public async Task A_name_is_shown_as_it_was_known_at_the_moment_of_the_page()
    {
        var made = await Submitted();
        var then = (await Officer.Get("/api/worklists", await LastPosition())).Is(200).Text("asOf");
        (await Officer.Do($"/api/members/{await MemberOf(made)}/correction", new { name = "样例人新", reason = "户口簿更正" })).Is(200);
        var list = $"/api/claims?enrolment={made.Enrolment}";
        Assert.Equal("样例人新", (string)(await Row(Officer, list))["memberName"]!);
        Assert.Equal(made.Person.Name, (string)(await Row(Officer, $"{list}&asOf={then}"))["memberName"]!);
    }

    private async Task<JsonNode> Row(Caller by, string list) =>
        Assert.Single((await by.Get(list, await LastPosition())).Is(200).Items)!;

    private async Task<JsonNode> Enrolment(Caller by, Case made) =>
        (await All(by, "/api/enrolments?region=" + made.Region, minPosition: await LastPosition()))
            .Single(row => (string)row["id"]! == made.Enrolment);
}

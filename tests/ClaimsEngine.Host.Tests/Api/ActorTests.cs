namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Who the engine takes a caller for, and the long works that a caller started.</summary>
public sealed class ActorTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_caller_is_told_its_roles_its_region_and_what_it_may_approve()
    {
        var approver = (await Api.As("zhou", "approver", "6206").Get("/api/actor")).Is(200);
        Assert.Equal(("zhou", "6206", "武威市"), (approver.Text("id"), approver.Text("region"), approver.Text("regionName")));
        Assert.Equal("approver", (string)Assert.Single(approver["roles"]!.AsArray())!);
        Assert.Matches(@"^\d+\.00$", approver.Text("approvalLimit"));
        Assert.Null((await Officer.Get("/api/actor")).Is(200)["approvalLimit"]);
        (await Officer.Get("/api/actor?x=1")).IsProblemOf(422, "invalid-request", "x");
        (await Api.As("nobody", "", "62").Get("/api/actor")).IsProblemOf(403, "role-missing");
    }

    [Fact]
    public async Task A_caller_finds_its_own_works_and_an_operator_those_of_everybody()
    {
        var mine = Api.As($"works-{Guid.NewGuid():N}", "officer", "620602");
        var sheet = new StringContent("姓名,身份证号,职业,地区\r\n李样例,1,快递员,620602\r\n", System.Text.Encoding.UTF8, "text/csv");
        var started = (await mine.Post($"/api/rosters?programme={Sample.SeededPlan}&accept=good-rows", sheet)).Is(202);
        await mine.Ended(started);
        var own = Assert.Single((await mine.Get("/api/works")).Is(200)["items"]!.AsArray())!;
        Assert.Equal((started.Text("id"), "roster", $"/api/rosters/{started.Text("id")}"),
            ((string)own["id"]!, (string)own["kind"]!, (string)own["address"]!));
        Assert.Empty((await mine.Get("/api/works?kind=what-if")).Is(200)["items"]!.AsArray());
        bool Has(Reply answer) => answer["items"]!.AsArray().Any(work => (string)work!["id"]! == started.Text("id"));
        Assert.False(Has((await Officer.Get("/api/works")).Is(200)));
        Assert.True(Has((await Api.As("ops", "operator", "").Get("/api/works?kind=roster")).Is(200)));
        Assert.False(Has((await Api.As("ops", "operator", "15").Get("/api/works?kind=roster")).Is(200)));
    }
}

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Many payouts authorised in one request, each by the rules of one.</summary>
public sealed class ManyAuthorisationsTests(ApiFixture api) : ApiTest(api)
{
    private Task<Reply> Authorise(Caller by, params IEnumerable<string> payouts) =>
        by.Post("/api/payouts/authorisations", new { payouts });

    [Fact]
    public async Task What_may_be_authorised_is_and_the_rest_is_told_one_by_one()
    {
        var (one, two, held) = (await Approved(), await Approved(), await Approved());
        (await Finance.Do($"/api/payouts/{held.Payout}/hold", new { reason = "核对" })).Is(200);
        var unknown = Guid.NewGuid().ToString();

        var answer = (await Authorise(Finance, one.Payout, held.Payout, unknown, two.Payout)).Is(200);

        Assert.Equal(("2", "0", "0", "2"), (Number(answer, "authorised"), Number(answer, "waitingForSecond"), Number(answer, "unchanged"),
            Number(answer, "refused")));
        Assert.Equal(
            [(one.Payout, "authorised", null), (held.Payout, "refused", "payout-held"), (unknown, "refused", "unknown-payout"),
                (two.Payout, "authorised", null)],
            answer["results"]!.AsArray().Select(result =>
                ((string)result!["payoutId"]!, (string)result["outcome"]!, (string?)result["code"])));
        Assert.Equal("authorised", (await Finance.Get($"/api/payouts/{two.Payout}")).Is(200).Text("status"));
        Assert.Equal("ordered", (await Finance.Get($"/api/payouts/{held.Payout}")).Is(200).Text("status"));
    }

    [Fact]
    public async Task Asked_again_it_changes_nothing()
    {
        var made = await Approved();
        (await Authorise(Finance, made.Payout)).Is(200);
        var again = (await Authorise(Finance, made.Payout)).Is(200);
        Assert.Equal("1", Number(again, "unchanged"));
        Assert.Equal(2, (await Auditor.Get($"/api/audit/streams/{made.Payout}")).Is(200)["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task Four_eyes_and_regions_hold_for_each()
    {
        var made = await Assessed();
        made = made with
        {
            Payout = (await Api.As("li", "approver", "62").Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount))).Is(200)
                .Text("payoutId"),
        };
        var (own, elsewhere) = (
            (await Authorise(Api.As("li", "finance", "62"), made.Payout)).Is(200),
            (await Authorise(Api.As("far", "finance", "11"), made.Payout)).Is(200));
        Assert.Equal("four-eyes", (string)own["results"]![0]!["code"]!);
        Assert.Equal("unknown-payout", (string)elsewhere["results"]![0]!["code"]!);
        await Refused(() => Authorise(Officer, made.Payout), 403, "role-missing");
    }

    [Fact]
    public async Task Several_at_once_authorise_each_payout_once()
    {
        var made = new List<string>();
        for (var i = 0; i < 6; i++) made.Add((await Approved()).Payout);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Authorise(Api.As($"many-{i}", "finance", "62"), made)));
        Assert.Equal(made.Count, answers.Sum(answer => int.Parse(Number(answer.Is(200), "authorised"))));
        foreach (var payout in made)
            Assert.Equal(2, (await Auditor.Get($"/api/audit/streams/{payout}")).Is(200)["events"]!.AsArray().Count);
    }

    [Fact]
    public async Task None_too_many_and_twice_the_same_are_refused_with_the_field()
    {
        var one = Guid.NewGuid().ToString();
        await Refused(() => Authorise(Finance), 422, "invalid-request", "payouts");
        await Refused(() => Authorise(Finance, one, one), 422, "invalid-request", "payouts");
        await Refused(() => Authorise(Finance, Enumerable.Range(0, 10_001).Select(_ => Guid.NewGuid().ToString())), 422, "invalid-request",
            "payouts");
    }

    private static string Number(Reply answer, string name) => answer[name]!.ToJsonString();
}

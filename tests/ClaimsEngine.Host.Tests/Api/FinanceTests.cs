namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Payouts counted and summed.</summary>
public sealed class FinanceTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Finance_counts_payouts_by_every_dimension_as_of_any_moment()
    {
        var programme = await OpenProgramme();
        var other = await Approved(programme, grade: 10, region: "620102");
        var made = await Approved(programme, grade: 4);
        var ordered = (await Auditor.Get($"/api/audit/streams/{made.Payout}")).Is(200)["events"]![0]!;
        var month = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("orderedOn")[..7];
        var position = ordered["position"]!.ToJsonString();
        Task<Reply> Ask(string query) => Finance.Get($"/api/finance/payouts?programme={programme}&{query}", position);

        var all = (await Ask("by=plan,programme,region,month,status,benefit")).Is(200);
        Assert.Equal(("2", "96000.00"), (all["total"]!["count"]!.ToJsonString(), (string)all["total"]!["amount"]!));
        Assert.True((long)all["position"]! >= long.Parse(position));
        Assert.Matches(InstantText(), all.Text("asOf"));
        var row = all["rows"]!.AsArray().Single(item => (string)item!["region"]! == "620602")!;
        Assert.Equal(
            (Sample.SeededPlan, programme, month, "ordered", "disability", 1, "84000.00"),
            ((string)row["plan"]!, (string)row["programme"]!, (string)row["month"]!, (string)row["status"]!, (string)row["benefit"]!,
                (int)row["count"]!, (string)row["amount"]!));
        foreach (var dimension in (string[])["plan", "programme", "month", "status", "benefit"])
            Assert.Equal((2, "96000.00"), One((await Ask($"by={dimension}")).Is(200)));
        Assert.Equal(2, (await Ask("by=region")).Is(200)["rows"]!.AsArray().Count);
        Assert.Equal((2, "96000.00"), One((await Ask("")).Is(200)));
        Assert.Equal((1, "84000.00"), One((await Ask("region=6206")).Is(200)));
        Assert.Equal((1, "12000.00"),
            One((await Api.As("f", "finance", "6201").Get($"/api/finance/payouts?programme={programme}", position)).Is(200)));

        var today = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("orderedOn");
        Assert.Equal(2, Total(await Ask($"from={today}&to={today}")));
        Assert.Equal(0, Total(await Ask("to=2020-01-01")));
        Assert.Equal(0, Total(await Ask("from=2999-01-01")));

        var before = (string)(await Auditor.Get($"/api/audit/streams/{made.Enrolment}")).Is(200)["events"]![0]!["time"]!;
        var between = (string)ordered["time"]!;
        var authorised = (await Finance.Do($"/api/payouts/{made.Payout}/authorisation")).Is(200);
        position = authorised.Position!;
        Assert.Equal((1, 1), (Total(await Ask("status=authorised")), Total(await Ask("status=ordered"))));
        Assert.Equal((0, 2), (Total(await Ask($"status=authorised&asOf={between}")), Total(await Ask($"status=ordered&asOf={between}"))));
        Assert.Equal(1, Total(await Ask($"asOf={before}")));
        Assert.Equal(before, (await Ask($"asOf={before}")).Text("asOf"));
        Assert.NotEqual(other.Payout, made.Payout);

        (await Ask("by=plan,colour")).IsProblemOf(422, "invalid-request", "by");
        (await Ask("by=plan,plan")).IsProblemOf(422, "invalid-request", "by");
        (await Ask("status=lost")).IsProblemOf(422, "invalid-request", "status");
    }

    private static int Total(Reply reply) => (int)reply.Is(200)["total"]!["count"]!;

    private static (int, string) One(Reply reply) => ((int)reply["rows"]![0]!["count"]!, (string)reply["rows"]![0]!["amount"]!);
}

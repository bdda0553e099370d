namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Suspicions on claims and holds on payouts: what is held is not paid.</summary>
public sealed class HoldTests(ApiFixture api) : ApiTest(api)
{
    private static readonly object Forged = new { kind = "falsePapers", reason = "鉴定书编号不存在" };
    private static readonly object Cleared = new { kind = "falsePapers", reason = "鉴定机构已函复确认" };

    [Fact]
    public async Task A_suspected_claim_is_not_approved_until_another_person_clears_it()
    {
        var made = await Assessed();
        var claim = $"/api/claims/{made.Claim}";
        var raised = (await Approver.Do($"{claim}/suspicion", Forged)).Is(200);
        Assert.Equal(("falsePapers", "li"),
            ((string)raised["suspicions"]![0]!["kind"]!, (string)raised["suspicions"]![0]!["by"]!));
        await ChangesNothing(() => Approver.Do($"{claim}/suspicion", Forged));
        await Refused(() => SecondApprover.Do($"{claim}/approval", Approval(made.Amount)), 409, "suspicion-open");
        await Refused(() => Finance.Do($"{claim}/suspicion", Forged), 403, "role-missing");
        await Refused(() => Approver.Do($"{claim}/suspicion/clearance", Cleared), 403, "four-eyes");
        Assert.True(await IsListed(made));

        (await SecondApprover.Do($"{claim}/suspicion/clearance", Cleared)).Is(200);
        Assert.False(await IsListed(made));
        Assert.Equal("approved", (await SecondApprover.Do($"{claim}/approval", Approval(made.Amount))).Is(200).Text("status"));
    }

    [Fact]
    public async Task Finance_sees_that_a_claim_is_suspected_and_nowhere_why()
    {
        var made = await Approved();
        (await Officer.Do($"/api/claims/{made.Claim}/suspicion", Forged)).Is(200);
        var position = await LastPosition();
        foreach (var path in (string[])[$"/api/claims/{made.Claim}", $"/api/claims/{made.Claim}/case", $"/api/payouts/{made.Payout}"])
        {
            Assert.DoesNotContain("鉴定书编号不存在", (await Finance.Get(path, position)).Is(200).Body);
            if (path.Contains("claims")) Assert.Contains("鉴定书编号不存在", (await Officer.Get(path, position)).Is(200).Body);
        }
        Assert.Single((await Finance.Get($"/api/claims/{made.Claim}")).Is(200)["suspicions"]!.AsArray());
    }

    [Fact]
    public async Task After_the_approval_a_suspicion_holds_the_payout_until_its_clearance()
    {
        var made = await Approved();
        (await Officer.Do($"/api/claims/{made.Claim}/suspicion", Forged)).Is(200);
        var held = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        Assert.Equal("suspicion", (string)held["holds"]![0]!["ground"]!);
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/authorisation"), 409, "payout-held");
        await Refused(() => Releaser.Do($"/api/payouts/{made.Payout}/hold/release", new { reason = "r" }), 409, "suspicion-open");
        (await SecondApprover.Do($"/api/claims/{made.Claim}/suspicion/clearance", Cleared)).Is(200);
        (await Finance.Do($"/api/payouts/{made.Payout}/authorisation")).Is(200);
    }

    [Fact]
    public async Task A_payout_that_comes_back_under_suspicion_is_not_ordered_anew()
    {
        var made = await Released();
        (await Officer.Do($"/api/claims/{made.Claim}/suspicion", Forged)).Is(200);
        (await Releaser.Do($"/api/payment-batches/{made.Batch}/results", Result(made.Payout, "returned", reason: "户名不符"))).Is(200);
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person)), 409, "payout-held");
        (await SecondApprover.Do($"/api/claims/{made.Claim}/suspicion/clearance", Cleared)).Is(200);
        (await Finance.Do($"/api/payouts/{made.Payout}/reissue", Sample.Reissue(made.Person))).Is(200);
    }

    [Fact]
    public async Task A_held_payout_is_neither_authorised_nor_batched_and_another_person_releases_it()
    {
        var (ordered, authorised) = (await Approved(), await Authorised());
        foreach (var made in (Case[])[ordered, authorised])
            (await Finance.Do($"/api/payouts/{made.Payout}/hold", new { reason = "账户待核实" })).Is(200);
        await Refused(() => Finance.Do($"/api/payouts/{ordered.Payout}/authorisation"), 409, "payout-held");
        await Refused(() => Finance.Post("/api/payment-batches", new { payouts = new[] { authorised.Payout } }),
            409, "payout-held", "payouts.0");
        await Refused(() => Finance.Do($"/api/payouts/{ordered.Payout}/hold/release", new { reason = "r" }), 403, "four-eyes");
        Assert.Equal([authorised.Payout], (await All(Finance, $"/api/payouts?held=true&claim={authorised.Claim}",
            minPosition: await LastPosition())).Select(row => (string)row["id"]!));
        (await Approver.Do($"/api/payouts/{ordered.Payout}/hold/release", new { reason = "账户已核实" })).Is(200);
        (await Finance.Do($"/api/payouts/{ordered.Payout}/authorisation")).Is(200);
    }

    [Fact]
    public async Task A_batch_goes_without_its_held_payout_when_its_releaser_says_so()
    {
        var (one, other) = (await Authorised(), await Authorised());
        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { one.Payout, other.Payout } })).Is(201).Text("id");
        (await Finance.Do($"/api/payouts/{other.Payout}/hold", new { reason = "账户待核实" })).Is(200);
        var refused = await Refused(() => Releaser.Do($"/api/payment-batches/{batch}/release"), 409, "payout-held");
        Assert.Contains(other.Payout, refused.Text("detail"));
        var released = (await Releaser.Do($"/api/payment-batches/{batch}/release", new { withoutHeld = true })).Is(200);
        Assert.Equal(one.Payout, (string)Assert.Single(released["lines"]!.AsArray())!["payoutId"]!);
        var file = (await Finance.Get($"/api/payment-batches/{batch}/file?format=csv")).Is(200).Body;
        Assert.Contains(one.Payout, file);
        Assert.DoesNotContain(other.Payout, file);
        (await Releaser.Do($"/api/payouts/{other.Payout}/hold/release", new { reason = "账户已核实" })).Is(200);
        (await Finance.Post("/api/payment-batches", new { payouts = new[] { other.Payout } })).Is(201);
    }

    [Fact]
    public async Task Of_a_hold_and_a_release_at_once_one_wins_and_no_held_payout_is_sent()
    {
        for (var round = 0; round < 5; round++)
        {
            var made = await Batched();
            var replies = await Task.WhenAll(
                Releaser.Do($"/api/payment-batches/{made.Batch}/release"),
                Approver.Do($"/api/payouts/{made.Payout}/hold", new { reason = "账户待核实" }));
            var payout = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
            var (sent, held) = (payout.Text("status") == "sent", payout["holds"]!.AsArray().Count > 0);
            Assert.True(sent != held, payout.ToString());
            Assert.Equal((sent, held), (replies[0].Status == 200, replies[1].Status == 200));
        }
    }

    private async Task<bool> IsListed(Case made) =>
        (await All(Officer, $"/api/claims?suspected=true&enrolment={made.Enrolment}", minPosition: await LastPosition())).Count > 0;
}

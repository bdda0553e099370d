namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Money that was paid comes back: from the payout to the closed recovery.</summary>
public sealed class RecoveryTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_payout_comes_back_by_instalments_and_is_then_recovered()
    {
        var made = await Settled(grade: 10);
        var amount = made.Amount;
        var half = $"{decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) / 2:0.00}";
        var opened = (await Finance.Do($"/api/payouts/{made.Payout}/recovery",
            new { amount, cause = "fraud", reason = "申领已查实不符" })).Is(200);
        Assert.Equal("settled", opened.Text("status"));
        var recovery = $"/api/recoveries/{opened.Text("recoveryId")}";
        var shown = (await Auditor.Get(recovery)).Is(200);
        Assert.Equal(("opened", amount, amount, made.Payout, "zhao", made.Person.Name),
            (shown.Text("status"), shown.Text("amount"), shown.Text("outstanding"), shown.Text("payoutId"), shown.Text("openedBy"),
                shown.Text("payee")));

        var both = Api.As("zhao", "finance,approver", "62");
        await Refused(() => both.Do($"{recovery}/confirmation"), 403, "four-eyes");
        await Refused(() => Finance.Do($"{recovery}/confirmation"), 403, "role-missing");
        await Refused(() => Finance.Do($"{recovery}/repayments", Sample.Repayment(half, Reference())), 409, "wrong-state");
        Assert.Equal("confirmed", (await SecondApprover.Do($"{recovery}/confirmation")).Is(200).Text("status"));
        await Refused(() => Finance.Do($"{recovery}/cancellation", new { reason = "r" }), 409, "wrong-state");

        await Refused(() => Finance.Do($"{recovery}/instalments", Sample.Instalments(("2199-01-31", half))),
            422, "instalments-differ", "instalments");
        var agreed = (await Finance.Do($"{recovery}/instalments", Sample.Instalments(("2199-01-31", half), ("2199-02-28", half)))).Is(200);
        Assert.Equal(("inInstalments", "2199-01-31"), (agreed.Text("status"), agreed.Text("dueOn")));
        Assert.Equal([opened.Text("recoveryId")], await Overdue("2199-02-01"));
        Assert.Empty(await Overdue("2199-01-31"));   // the last day is in time

        var first = Sample.Repayment(half, Reference());
        var repaid = (await Finance.Do($"{recovery}/repayments", first)).Is(200);
        Assert.Equal((half, half, "2199-02-28"), (repaid.Text("repaid"), repaid.Text("outstanding"), repaid.Text("dueOn")));
        await ChangesNothing(() => Finance.Do($"{recovery}/repayments", first));
        await Refused(() => Finance.Do($"{recovery}/repayments", Sample.Repayment(amount, Reference())), 409, "more-than-owed", "amount");
        Assert.Equal("settled", (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200).Text("status"));

        var closed = (await Finance.Do($"{recovery}/repayments", Sample.Repayment(half, Reference()))).Is(200);
        Assert.Equal(("closed", "0.00"), (closed.Text("status"), closed.Text("outstanding")));
        var payout = (await Finance.Get($"/api/payouts/{made.Payout}")).Is(200);
        Assert.Equal(("recovered", amount), (payout.Text("status"), payout.Text("recovered")));
        Assert.Equal("recovered", (string)Assert.Single(
            (await Finance.Get($"/api/payouts?claim={made.Claim}", closed.Position)).Is(200).Items)!["status"]!);
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/recovery", new { amount = "0.01", cause = "other", reason = "r" }),
            409, "wrong-state");

        async Task<string[]> Overdue(string day) =>
        [
            .. (await All(Finance, $"/api/recoveries?payout={made.Payout}&overdue={day}", minPosition: await LastPosition()))
                .Select(row => (string)row["id"]!),
        ];
    }

    [Fact]
    public async Task A_payout_has_one_recovery_at_a_time_however_many_ask_at_once()
    {
        var made = await Settled();
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Finance.Do($"/api/payouts/{made.Payout}/recovery", new { amount = "1.00", cause = "duplicate", reason = "重复给付" })));
        var opened = Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply != opened), reply => Assert.Contains(
            (string)reply["code"]!, (string[])["recovery-live", "busy"]));
        await Refused(() => Finance.Do($"/api/payouts/{made.Payout}/recovery", new { amount = "1.00", cause = "other", reason = "r" }),
            409, "recovery-live");
        (await Finance.Do($"/api/recoveries/{opened.Text("recoveryId")}/cancellation", new { reason = "金额有误" })).Is(200);
        Assert.NotEqual(opened.Text("recoveryId"), await OpenedRecovery(made, "2.00"));
    }

    [Fact]
    public async Task One_transfer_is_one_repayment_whatever_the_recovery()
    {
        var (one, other, reference) = (await ConfirmedRecovery(), await ConfirmedRecovery(), Reference());
        (await Finance.Do($"/api/recoveries/{one}/repayments", Sample.Repayment("5.00", reference))).Is(200);
        await Refused(() => Finance.Do($"/api/recoveries/{other}/repayments", Sample.Repayment("5.00", reference)),
            409, "payment-contradicts", "bankReference");
        await Refused(() => Finance.Do($"/api/recoveries/{one}/repayments", Sample.Repayment("6.00", reference)),
            409, "payment-contradicts", "bankReference");
    }

    [Fact]
    public async Task What_does_not_come_back_is_given_up_by_two_people()
    {
        var recovery = $"/api/recoveries/{await ConfirmedRecovery("100.00")}";
        (await Finance.Do($"{recovery}/repayments", Sample.Repayment("30.00", Reference()))).Is(200);
        await Refused(() => SecondApprover.Do($"{recovery}/write-off/approval", new { reason = "r" }), 409, "wrong-state");
        (await Releaser.Do($"{recovery}/write-off", new { reason = "无力偿还" })).Is(200);
        await Refused(() => Api.As("qian", "approver", "62").Do($"{recovery}/write-off/approval", new { reason = "r" }), 403, "four-eyes");
        await Refused(() => Approver.Do($"{recovery}/write-off/approval", new { reason = "r" }), 403, "four-eyes");   // approved the claim
        var over = (await SecondApprover.Do($"{recovery}/write-off/approval", new { reason = "同意核销" })).Is(200);
        Assert.Equal(("writtenOff", "30.00", "70.00", "0.00"),
            (over.Text("status"), over.Text("repaid"), over.Text("writtenOff"), over.Text("outstanding")));
        Assert.Equal("lin", (string)over["end"]!["by"]!);
    }

    [Fact]
    public async Task A_recovery_is_seen_in_its_region_alone()
    {
        var recovery = await OpenedRecovery();
        (await Api.As("zhao-of-lanzhou", "finance", "6201").Get($"/api/recoveries/{recovery}")).IsProblemOf(404, "not-found");
        await Refused(() => Api.As("lin-of-lanzhou", "approver", "6201").Do($"/api/recoveries/{recovery}/confirmation"), 404, "not-found");
        Assert.Contains(recovery, (await All(Auditor, "/api/recoveries?region=620602&status=opened", minPosition: await LastPosition()))
            .Select(row => (string)row["id"]!));
    }

    private static string Reference() => Sample.NewCode("BACK");
}

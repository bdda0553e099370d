using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The books over HTTP: they balance, they tie to the payouts, and what comes late posts to an open month.</summary>
public sealed class BookTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task What_is_paid_returned_ordered_anew_and_asked_back_balances_and_ties_to_the_payouts()
    {
        var (plan, programme) = await APlan();
        var (settled, returned) = (await Settled(programme, grade: 10), await Released(programme, grade: 4));
        (await Releaser.Do($"/api/payment-batches/{returned.Batch}/results",
            Result(returned.Payout, "returned", "SAMPLE-2", "户名不符"))).Is(200);
        await Balances(plan, ("returnedTransfers", "-35000.00"), ("benefitsPayable", "0.00"), ("benefitsPaid", "-5000.00"));
        var anew = (await Finance.Do($"/api/payouts/{returned.Payout}/reissue", Sample.Reissue(returned.Person))).Is(200);
        var open = await Submitted(programme);
        var recovery = await OpenedRecovery(settled, "2000.00");
        (await SecondApprover.Do($"/api/recoveries/{recovery}/confirmation")).Is(200);
        (await Finance.Do($"/api/recoveries/{recovery}/repayments", Sample.Repayment("500.00", Sample.NewCode("BOOKS")))).Is(200);

        await Balances(plan,
            ("subsidiesReceivable", "360.00"), ("unearnedContributions", "-360.00"), ("benefitsGranted", "40000.00"),
            ("benefitsPayable", "-35000.00"), ("returnedTransfers", "0.00"), ("benefitsInTransit", "0.00"),
            ("benefitsPaid", "-5000.00"), ("recoveryReceivable", "1500.00"), ("benefitsRecovered", "-2000.00"), ("bank", "500.00"),
            ("caseReserves", "-50000.00"), ("changeInCaseReserves", "50000.00"));

        var position = await LastPosition();
        var payouts = (await Finance.Get($"/api/finance/payouts?plan={plan}&by=status", position)).Is(200)["rows"]!.AsArray();
        Assert.Equal(["ordered 35000.00", "settled 5000.00"], payouts.Select(row => $"{row!["status"]} {row["amount"]}").Order());
        var entries = (await Finance.Get($"/api/finance/entries?plan={plan}&account=benefitsPayable&limit=2", position)).Is(200);
        Assert.Equal("payout_ordered", (string)entries.Items[0]!["event"]!);
        Assert.Equal(["35000.00"], entries.Items[0]!["lines"]!.AsArray().Select(line => (string?)line!["credit"]).OfType<string>());
        var all = await All(Finance, $"/api/finance/entries?plan={plan}", minPosition: position);
        Assert.Equal(all.Select(entry => (long)entry["position"]!).OrderDescending(), all.Select(entry => (long)entry["position"]!));
        var number = (await Officer.Get($"/api/claims/{open.Claim}")).Is(200).Text("number");
        Assert.Equal(
            ["claim_submitted"], all.Where(entry => (string?)entry["reference"] == number).Select(entry => (string)entry["event"]!));
        var accounts = (await Finance.Get($"/api/finance/accounts?plan={plan}&account=benefitsPaid", position)).Is(200);
        Assert.Equal(("5000.00", 2025), ((string)accounts["rows"]![0]!["balance"]!, (int)accounts["rows"]![0]!["planYear"]!));
        Assert.Equal("ordered", (await Finance.Get($"/api/payouts/{anew.Text("reissuedAs")}")).Is(200).Text("status"));

        // an office sees the entries of its own region; a question that is no question says so
        var elsewhere = await Api.As("f", "finance", "6201").Get($"/api/finance/trial-balance?plan={plan}", position);
        Assert.Empty(elsewhere.Is(200)["rows"]!.AsArray());
        (await Finance.Get("/api/finance/trial-balance?period=2025-13")).IsProblemOf(422, "invalid-request", "period");
        (await Finance.Get("/api/finance/accounts?account=till")).IsProblemOf(422, "invalid-request", "account");
        (await Finance.Get("/api/finance/entries?cursor=x")).IsProblemOf(422, "invalid-request", "cursor");
        foreach (var question in (string[])["accounts", "trial-balance", "entries"])
            foreach (var format in (string[])["csv", "xlsx", "parquet"])
                (await Finance.Get($"/api/finance/{question}?plan={plan}&format={format}")).Is(200);
    }

    [Fact]
    public async Task What_comes_late_posts_to_the_open_month_until_two_people_open_the_closed_one_again()
    {
        var (plan, programme) = await APlan();
        var made = await Enrolled(programme);
        var (day, month) = (Sample.DayFromToday(-40), BookMonth.Of(Sample.DayFromToday(-40)[..7]));
        await Paid(made, "10.00", day);
        Assert.Equal(("10.00", "10.00"), await Bank(plan, month));

        var close = $"/api/finance/periods/{plan}/{month}/close";
        await Refused(() => Finance.Post($"/api/finance/periods/{Sample.NewCode("none")}/{month}/close"), 422, "unknown-plan", "plan");
        await Refused(() => Api.As("f", "finance", "6201").Post(close), 403, "outside-region");
        await Refused(() => BookKeeper.Post($"/api/finance/periods/{plan}/{Sample.DayFromToday(0)[..7]}/close"), 409, "period-not-over");
        await Refused(() => BookKeeper.Post($"/api/finance/plan-years/{plan}/2025/close"), 409, "plan-year-running", "year");
        var closed = (await BookKeeper.Post(close)).Is(201);
        Assert.Equal($"{month}", closed.Text("closedThrough"));
        await ChangesNothing(() => BookKeeper.Post(close));
        await Refused(() => BookKeeper.Post($"/api/finance/periods/{plan}/{month.Next.Next}/close"), 409, "period-order", "month");

        await Paid(made, "20.00", day);
        Assert.Equal(("10.00", "10.00"), await Bank(plan, month));
        Assert.Equal(("20.00", "30.00"), await Bank(plan, month.Next));
        var late = (await Finance.Get(
            $"/api/finance/entries?plan={plan}&event=contribution_paid&period={month.Next}", await LastPosition())).Is(200).Items.Single()!;
        Assert.Equal((day, $"{month.Next}"), ((string)late["date"]!, (string)late["period"]!));

        var path = $"/api/finance/periods/{plan}/{month}/reopening";
        (await BookKeeper.Do(path, new { reason = "一笔付款入账有误" })).Is(200);
        await Refused(() => BookKeeper.Do($"{path}/confirmation"), 403, "four-eyes");
        (await SecondBookKeeper.Do($"{path}/confirmation")).Is(200);
        await Paid(made, "30.00", day);
        Assert.Equal(("40.00", "40.00"), await Bank(plan, month));
        Assert.Equal(("20.00", "60.00"), await Bank(plan, month.Next));
        var asOf = (string)late["recordedAt"]!;
        Assert.Equal(("10.00", "10.00"), await Bank(plan, month, asOf));
        Assert.Equal(("20.00", "30.00"), await Bank(plan, month.Next, asOf));

        (await BookKeeper.Post(close)).Is(201);
        await Paid(made, "40.00", day);
        Assert.Equal(("40.00", "40.00"), await Bank(plan, month));
        Assert.Equal(("60.00", "100.00"), await Bank(plan, month.Next));
        var shown = (await Auditor.Get($"/api/finance/periods/{plan}")).Is(200);
        Assert.Equal(2, shown["closings"]!.AsArray().Count);
        Assert.Equal($"{month.Next}", (string)(await BookKeeper.Get($"/api/finance/periods?plan={plan}", await LastPosition()))
            .Is(200).Items.Single()!["openFrom"]!);
    }

    /// <summary>A plan of this test alone, with a programme whose sponsor pays.</summary>
    private async Task<(string Plan, string Programme)> APlan()
    {
        var plan = Sample.NewCode("books");
        await Publish(plan, Cards.Version());
        return (plan, await OpenProgramme(plan: plan));
    }

    private async Task Paid(Case made, string amount, string day) => (await Finance.Do($"/api/enrolments/{made.Enrolment}/contributions",
        Sample.Contribution(amount, Sample.NewCode("B"), day, "Sample sponsor"))).Is(200);

    /// <summary>What the month brought to the bank, and what it had at its end.</summary>
    private async Task<(string? Debit, string? Closing)> Bank(string plan, BookMonth period, string? asOf = null)
    {
        var trial = await Trial(plan, $"&period={period}{(asOf is null ? "" : $"&asOf={asOf}")}");
        var row = trial["rows"]!.AsArray().Single(own => (string)own!["account"]!["key"]! == "bank")!;
        return ((string)row["debit"]!, (string)row["closing"]!);
    }

    private async Task<JsonObject> Trial(string plan, string query = "")
    {
        var trial = (await Finance.Get($"/api/finance/trial-balance?plan={plan}{query}", await LastPosition())).Is(200).Json!.AsObject();
        var total = trial["total"]!;
        Assert.Equal(("0.00", "0.00", (string)total["debit"]!),
            ((string)total["opening"]!, (string)total["closing"]!, (string)total["credit"]!));
        return trial;
    }

    /// <param name="balances">debits less credits by account</param>
    private async Task Balances(string plan, params (string Account, string Balance)[] balances)
    {
        var rows = (await Trial(plan))["rows"]!.AsArray();
        foreach (var (account, balance) in balances)
            Assert.Equal($"{account} {balance}",
                $"{account} {rows.SingleOrDefault(row => (string)row!["account"]!["key"]! == account)?["closing"]}");
    }
}

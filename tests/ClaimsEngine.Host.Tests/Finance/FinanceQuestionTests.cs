using System.Text.Json.Nodes;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Finance;

/// <summary>Finance's questions over small histories whose figures were reckoned by hand. Each test has a programme of its own.</summary>
public sealed class FinanceQuestionTests(ApiFixture api) : ApiTest(api)
{
    /// <summary>Three gifts of 120.00; 12,000.00 in Lanzhou, 84,000.00 and 120,000.00 in Wuwei.</summary>
    private async Task<(string Programme, Case Small, Case Middle, Case Large)> ThreeBenefits(string? budget = null)
    {
        var programme = Sample.NewCode("figures");
        (await PlanAdmin.Post("/api/programmes", new
        {
            code = programme, name = $"样例项目 {programme}", plan = Sample.SeededPlan, sponsor = Sample.Sponsor, quota = 1000,
            from = "2025-01-01", to = "2025-12-31", regions = new[] { "62" }, occupations = new[] { "truckDriver", "courier" },
            funding = new[] { new { payer = Sample.Sponsor, amount = "120.00" } }, budget,
        })).Is(201);
        return (programme, await Approved(programme, grade: 10, region: "620102"), await Approved(programme, grade: 4),
            await Approved(programme));
    }

    private async Task<Reply> Ask(string question) => (await Finance.Get($"/api/finance/{question}", await LastPosition())).Is(200);

    private static string[] Row(JsonNode? row, params string[] members) =>
        [.. members.Select(member => row![member] is { } value ? value.ToString() : "null")];

    private static string[][] Rows(Reply reply, params string[] members) =>
        [.. reply["rows"]!.AsArray().Select(row => Row(row, members))];

    [Fact]
    public async Task Payouts_are_told_by_level_of_place_with_mean_median_largest_and_share_of_the_contributions()
    {
        var (programme, _, middle, _) = await ThreeBenefits();
        string[] figures = ["count", "amount", "mean", "median", "largest", "lossRatio"];
        const string Measures = "measures=median,largest,lossRatio";

        var all = await Ask($"payouts?programme={programme}&{Measures}");
        Assert.Equal([["3", "216000.00", "72000.00", "84000.00", "120000.00", "600.000000"]], Rows(all, figures));
        Assert.Equal(Row(all["rows"]![0], figures), Row(all["total"], figures));

        var cities = await Ask($"payouts?programme={programme}&by=city&{Measures}");
        Assert.Equal(
            [
                ["6201", "1", "12000.00", "12000.00", "12000.00", "12000.00", "100.000000"],
                // of two amounts the median is the lower one: it is an amount that was granted
                ["6206", "2", "204000.00", "102000.00", "84000.00", "120000.00", "850.000000"],
            ],
            Rows(cities, ["city", .. figures]));
        Assert.Equal(Row(all["total"], figures), Row(cities["total"], figures));
        Assert.Equal([["62", "3"]], Rows(await Ask($"payouts?programme={programme}&by=province"), "province", "count"));
        Assert.Equal(
            [["620102", "1"], ["620602", "2"]], Rows(await Ask($"payouts?programme={programme}&by=district"), "district", "count"));

        // an office of Wuwei sees its own
        var office = (await Api.As("f", "finance", "6206").Get($"/api/finance/payouts?programme={programme}&{Measures}")).Is(200);
        Assert.Equal(["2", "204000.00", "102000.00", "84000.00", "120000.00", "850.000000"], Row(office["total"], figures));

        var before = (string)(await Auditor.Get($"/api/audit/streams/{middle.Payout}")).Is(200)["events"]![0]!["time"]!;
        var then = await Ask($"payouts?programme={programme}&by=city&measures=median,largest&asOf={before}");
        Assert.Equal(
            [["6201", "1", "12000.00", "12000.00"], ["6206", "1", "84000.00", "84000.00"]],
            Rows(then, "city", "count", "median", "largest"));
        Assert.Equal(before, then.Text("asOf"));
    }

    [Theory]
    [InlineData("plan", Sample.SeededPlan)]
    [InlineData("planYear", "2025")]
    [InlineData("occupation", "truckDriver")]
    [InlineData("employer", "null")]
    [InlineData("payer", Sample.Sponsor)]
    public async Task Payouts_are_counted_by_what_the_order_says_of_them(string by, string value)
    {
        var programme = await OpenProgramme();
        await Approved(programme, grade: 10);
        await Approved(programme, grade: 10);
        var told = await Ask($"payouts?programme={programme}&by={by}");
        Assert.Equal([[value, "2", "24000.00"]], Rows(told, by, "count", "amount"));
        Assert.Equal(["2", "24000.00"], Row(told["total"], "count", "amount"));
    }

    [Fact]
    public async Task Contributions_are_told_by_payer_as_due_paid_left_and_to_be_returned()
    {
        var programme = await OpenSharedProgramme();
        var (paid, open, lapsed) = (await Enrolled(programme), await Enrolled(programme, region: "620102"), await Enrolled(programme));
        (await Finance.Do($"/api/enrolments/{paid.Enrolment}/contributions",
            Sample.Contribution(paidOn: Sample.DayFromToday(0)))).Is(200);
        (await Finance.Do($"/api/enrolments/{lapsed.Enrolment}/contributions",
            Sample.Contribution("15.00", "T-2", Sample.DayFromToday(0)))).Is(200);
        (await Finance.Do($"/api/enrolments/{lapsed.Enrolment}/lapse", new { reason = "未缴" })).Is(200);
        Assert.NotEqual(paid.Enrolment, open.Enrolment);

        string[] figures = ["certificates", "due", "paid", "left", "toReturn"];
        var payers = await Ask($"contributions?programme={programme}&by=payer");
        Assert.Equal(
            [["Sample sponsor", "2", "160.00", "0.00", "160.00", "0.00"], [Sample.Employer, "2", "80.00", "40.00", "40.00", "15.00"]],
            Rows(payers, ["payer", .. figures]));
        Assert.Equal(["2", "240.00", "40.00", "200.00", "15.00"], Row(payers["total"], figures));
        var states = await Ask($"contributions?programme={programme}&by=status");
        Assert.Equal(
            [
                ["inForce", "1", "120.00", "40.00", "80.00", "0.00"], ["lapsed", "0", "0.00", "0.00", "0.00", "15.00"],
                ["pending", "1", "120.00", "0.00", "120.00", "0.00"],
            ],
            Rows(states, ["status", .. figures]));
        Assert.Equal(
            [["6201", "120.00"], ["6206", "120.00"]], Rows(await Ask($"contributions?programme={programme}&by=city"), "city", "due"));

        // the same figures as the programme's own counts
        var counts = (await Finance.Get($"/api/programmes/{programme}/counts", await LastPosition())).Is(200)["payers"]!.AsArray();
        Assert.Equal(
            Rows(payers, "payer", "due", "paid", "left", "toReturn"),
            counts.Select(payer => Row(payer, "payer", "due", "paid", "left", "toReturn")));
    }

    [Fact]
    public async Task Unpaid_payouts_stand_in_the_band_of_their_age_until_they_are_settled()
    {
        var programme = await OpenProgramme();
        var (held, paid) = (await Approved(programme, grade: 10), await Settled(programme, grade: 10));
        await Authorised(programme, grade: 4);
        (await Finance.Do($"/api/payouts/{held.Payout}/hold", new { reason = "核实账户" })).Is(200);
        string[] figures = ["days", "count", "amount", "heldCount", "heldAmount"];

        var told = await Ask($"ageing?programme={programme}");
        Assert.Equal(
            [
                ["0-5", "2", "96000.00", "1", "12000.00"], ["6-10", "0", "0.00", "0", "0.00"], ["11-30", "0", "0.00", "0", "0.00"],
                ["31-60", "0", "0.00", "0", "0.00"], ["over 60", "0", "0.00", "0", "0.00"],
            ],
            Rows(told, figures));
        Assert.Equal(["2", "96000.00", "1", "12000.00"], Row(told["total"], figures[1..]));
        var states = Rows(await Ask($"ageing?programme={programme}&by=status"), "status", "days", "count").Where(row => row[2] != "0");
        Assert.Equal([["authorised", "0-5", "1"], ["ordered", "0-5", "1"]], states);

        // seventy days from now, were nothing done until then
        var later = await Ask($"ageing?programme={programme}&asOf={Sample.DayFromToday(70)}T12:00:00Z");
        Assert.Equal(["over 60", "2", "96000.00", "1", "12000.00"], Row(later["rows"]![4], figures));
        var events = (await Auditor.Get($"/api/audit/streams/{paid.Payout}")).Is(200)["events"]!.AsArray();
        var ordered = await Ask($"ageing?programme={programme}&asOf={(string)events[0]!["time"]!}");
        Assert.Equal(["2", "24000.00"], Row(ordered["total"], "count", "amount"));
    }

    [Fact]
    public async Task What_is_granted_unpaid_reserved_and_still_to_come_tie_to_each_other()
    {
        var (programme, _, _, _) = await ThreeBenefits("1200.00");
        await Assessed(programme, grade: 10);
        await Settled(programme, grade: 10);

        var triangle = await Ask($"triangle?programme={programme}&grain=year&first=2025");
        Assert.Equal("2025", (string)triangle["rows"]![0]!["origin"]!);
        Assert.Equal(["228000.00", "12000.00"], Row(triangle["rows"]![0], "granted", "reserved"));
        Assert.Equal(["228000.00", "12000.00"], Row(triangle["total"], "granted", "reserved"));
        Assert.Equal(["0.00", "0.00"], Row(triangle.Json, "earlier", "undated"));
        Assert.Equal("228000.00", (string)(await Ask($"payouts?programme={programme}"))["total"]!["amount"]!);

        var outstanding = await Ask($"outstanding?programme={programme}");
        Assert.Equal([[Sample.SeededPlan, "2025", "216000.00", "12000.00"]],
            Rows(outstanding, "plan", "planYear", "unpaid", "reserved"));
        Assert.Equal("216000.00", (string)(await Ask($"ageing?programme={programme}"))["total"]!["amount"]!);

        // five certificates of 120.00: due 600.00
        string[] figures = ["due", "paid", "granted", "paidOut", "reserves", "largest", "ratio", "largestShare"];
        var years = await Ask($"solvency?programme={programme}");
        Assert.Equal([["600.00", "0.00", "228000.00", "12000.00", "12000.00", "120000.00", "400.000000", "200.000000"]],
            Rows(years, figures));
        Assert.Equal("0.00", (string)years["rows"]![0]!["riskReserve"]!);
        Assert.Equal(
            [["ratio", "exceeded"], ["withIbnr", "exceeded"], ["largest", "concentrated"]],
            years["rows"]![0]!["alerts"]!.AsArray().Select(alert => Row(alert, "figure", "level")));
        var funds = await Ask($"solvency?programme={programme}&by=programme");
        Assert.Equal([[programme, "600.00", "1200.00", "600.00", "0.00", "600.00"]],
            Rows(funds, "programme", "due", "budget", "committed", "used", "budgetLeft"));
        Assert.Equal(Rows(years, figures), Rows(funds, figures));
    }

    [Fact]
    public async Task A_payout_that_is_ordered_anew_counts_once_and_a_cancelled_one_is_not_granted()
    {
        var programme = await OpenProgramme();
        var back = await Released(programme, grade: 10);
        (await Releaser.Do($"/api/payment-batches/{back.Batch}/results", Result(back.Payout, "returned", reason: "账户不符"))).Is(200);
        Assert.Equal("12000.00", (string)(await Ask($"ageing?programme={programme}"))["total"]!["amount"]!);
        (await Finance.Do($"/api/payouts/{back.Payout}/reissue", Sample.Reissue(back.Person))).Is(200);
        var wrong = await Approved(programme, grade: 4);
        (await SecondApprover.Do($"/api/claims/{wrong.Claim}/revocation", new { cause = "officeError", reason = "录入错误" })).Is(200);

        Assert.Equal([["12000.00", "ordered"], ["84000.00", "cancelled"]],
            Rows(await Ask($"payouts?programme={programme}&by=status"), "amount", "status").OrderBy(row => row[0], StringComparer.Ordinal));
        Assert.Equal("12000.00", (string)(await Ask($"ageing?programme={programme}"))["total"]!["amount"]!);
        Assert.Equal("12000.00", (string)(await Ask($"triangle?programme={programme}"))["total"]!["granted"]!);
        Assert.Equal(["12000.00", "0.00"], Row((await Ask($"solvency?programme={programme}"))["rows"]![0], "granted", "reserves"));
        // 12,000.00 of the contributions of two certificates
        Assert.Equal("50.000000", (string)(await Ask($"payouts?programme={programme}&measures=lossRatio"))["total"]!["lossRatio"]!);
    }

    [Fact]
    public async Task Decisions_payables_and_bank_tie_and_every_difference_has_its_state()
    {
        var programme = await OpenProgramme();
        var back = await Released(programme, grade: 10);
        (await Releaser.Do($"/api/payment-batches/{back.Batch}/results", Result(back.Payout, "returned", reason: "账户不符"))).Is(200);
        (await Finance.Do($"/api/payouts/{back.Payout}/reissue", Sample.Reissue(back.Person))).Is(200);
        var (seen, sent) = (await Settled(programme, grade: 10), await Released(programme, grade: 4));
        await Settled(programme, grade: 9);
        var held = await Approved(programme, grade: 10, region: "620102");
        (await Finance.Do($"/api/payouts/{held.Payout}/hold", new { reason = "核实账户" })).Is(200);
        var revoked = await Approved(programme, grade: 4);
        (await SecondApprover.Do($"/api/claims/{revoked.Claim}/revocation", new { cause = "officeError", reason = "录入错误" })).Is(200);
        string[] sides = ["decisions", "payables", "settled", "onStatement"],
            between = ["refundsToOrder", "ordered", "authorised", "held", "inTransit", "returned", "notOnStatement", "leftWithoutResult",
                "notBackOnStatement", "unexplained", "contradicted"];
        string[] stands = ["0.00", "12000.00", "0.00", "12000.00", "84000.00", "0.00"];

        var before = await Ask($"three-way?programme={programme}");
        Assert.Equal(["144000.00", "144000.00", "36000.00", "0.00"], Row(before["total"], sides));
        Assert.Equal([.. stands, "36000.00", "0.00", "0.00", "0.00", "0.00"], Row(before["total"], between));

        // a statement shows a payment that was settled, one without a result, and one that the bank says it returned
        var shown = (await Finance.Post("/api/bank-statements", new
        {
            account = "00000000000000000000", number = Sample.NewCode("st"), from = "2025-11-20", to = "2025-11-20",
            opening = "108000.00", closing = "0.00",
            lines = new[] { (seen, "-12000.00"), (sent, "-84000.00"), (back, "-12000.00") }.Select(line =>
                new { bookedOn = "2025-11-20", amount = line.Item2, endToEndId = line.Item1.Payout }),
        })).Is(201);
        var told = await Ask($"three-way?programme={programme}");
        Assert.Equal("0", shown["open"]!.ToString());
        Assert.Equal(["144000.00", "144000.00", "36000.00", "108000.00"], Row(told["total"], sides));
        Assert.Equal([.. stands, "24000.00", "84000.00", "12000.00", "0.00", "0.00"], Row(told["total"], between));
        Assert.Empty(told["unexplained"]!.AsArray());
        Assert.Equal([[Sample.SeededPlan, "2025"]], Rows(told, "plan", "planYear"));

        // what is payable is what the books say was granted
        var books = await Ask($"accounts?programme={programme}");
        Assert.Equal(["144000.00"], books["rows"]!.AsArray()
            .Where(row => (string)row!["account"]!["key"]! == "benefitsGranted").Select(row => (string)row!["balance"]!));

        // an office sees its own; a month without an order has nothing; before all of it nothing was decided
        var office = (await Api.As("f", "finance", "6201").Get($"/api/finance/three-way?programme={programme}")).Is(200);
        Assert.Equal(["12000.00", "12000.00"], Row(office["total"], "decisions", "held"));
        Assert.Empty((await Ask($"three-way?programme={programme}&month=2000-01"))["rows"]!.AsArray());
        Assert.Empty((await Ask($"three-way?programme={programme}&asOf=2020-01-01T00:00:00Z"))["rows"]!.AsArray());
        Assert.Equal(before["total"]!.ToJsonString(),
            (await Ask($"three-way?programme={programme}&asOf={before.Text("asOf")}"))["total"]!.ToJsonString());
    }

    [Fact]
    public async Task What_no_state_explains_is_named()
    {
        var programme = await OpenProgramme();
        var (first, second, third) = (await Settled(programme, grade: 10), await Settled(programme, grade: 10),
            await Approved(programme, grade: 10));
        Assert.Empty((await Ask($"three-way?programme={programme}"))["unexplained"]!.AsArray());
        await using var database = new Database(Api.Storage.Options.ConnectionString);
        async Task<string[][]> Tampered(string table, string id, string change, string undo)
        {
            await database.Ask($"UPDATE read.{table} SET {change} WHERE id = $1 AND recorded_to = 'infinity'", Guid.Parse(id));
            try
            {
                return [.. (await Ask($"three-way?programme={programme}"))["unexplained"]!.AsArray()
                    .Select(row => Row(row, "fault", "kind", "decision", "payout", "decided", "payable"))];
            }
            finally
            {
                await database.Ask($"UPDATE read.{table} SET {undo} WHERE id = $1 AND recorded_to = 'infinity'", Guid.Parse(id));
            }
        }

        Assert.Equal([["amountsDiffer", "benefit", first.Claim, first.Payout, "12000.01", "12000.00"]],
            await Tampered("claims", first.Claim, "approved_amount = 1200001", "approved_amount = 1200000"));
        Assert.Equal([["payoutWithoutDecision", "benefit", first.Claim, first.Payout, "0.00", "12000.00"]],
            await Tampered("claims", first.Claim, "status = 'refused'", "status = 'approved'"));
        Assert.Equal([["decisionWithoutPayout", "benefit", third.Claim, third.Payout, "12000.00", "0.00"]],
            await Tampered("payouts", third.Payout, "status = 'cancelled'", "status = 'ordered'"));
        Assert.Equal([["statementContradicts", "benefit", second.Claim, second.Payout, "12000.00", "12000.00"]],
            await Tampered("payouts", second.Payout, "left_on = '2025-11-20', came_back_on = '2025-11-20'",
                "left_on = NULL, came_back_on = NULL"));
        Assert.Empty((await Ask($"three-way?programme={programme}"))["unexplained"]!.AsArray());
    }

    [Fact]
    public async Task A_refund_is_owed_before_it_is_ordered_and_once_it_is_it_is_payable()
    {
        var made = await CancelledPaid();
        var programme = (string)(await Officer.Get($"/api/enrolments/{made.Enrolment}")).Is(200)["programme"]!;
        var owed = await Ask($"three-way?programme={programme}");
        Assert.Equal([["null", "40.00", "40.00", "0.00"]], Rows(owed, "month", "decisions", "refundsToOrder", "payables"));
        await PayerNamed(Sample.Employer);
        (await Finance.Do($"/api/enrolments/{made.Enrolment}/refunds", new { payer = Sample.Employer })).Is(200);
        var ordered = await Ask($"three-way?programme={programme}");
        Assert.Equal(["40.00", "0.00", "40.00", "40.00", "0.00"],
            Row(ordered["total"], "decisions", "refundsToOrder", "payables", "ordered", "unexplained"));
        Assert.Empty(ordered["unexplained"]!.AsArray());
    }

    [Fact]
    public async Task People_and_money_are_told_by_bands_and_a_bound_belongs_to_the_band_below_it()
    {
        var (programme, _, _, _) = await ThreeBenefits();
        string[] figures = ["above", "upTo", "people", "amount", "peopleShare", "moneyShare"];
        var told = await Ask($"distribution?programme={programme}&bands=84000.00,100000.00");
        Assert.Equal(
            [
                ["null", "84000.00", "2", "96000.00", "66.67", "44.44"], ["84000.00", "100000.00", "0", "0.00", "0.00", "0.00"],
                ["100000.00", "null", "1", "120000.00", "33.33", "55.56"],
            ],
            Rows(told, figures));
        Assert.Equal(["3", "216000.00"], Row(told["total"], "people", "amount"));
        Assert.Equal("120000.00", told.Text("largest"));
        Assert.Equal(["1", "2"], Rows(await Ask($"distribution?programme={programme}&bands=83999.99"), "people").Select(row => row[0]));
        Assert.Equal(["0", "0", "3"], Rows(await Ask($"distribution?programme={programme}"), "people").Select(row => row[0]));
        Assert.Equal("0", (string)(await Ask("distribution?programme=none"))["total"]!["people"]!.ToString());
    }

    [Theory]
    [InlineData("payouts?by=colour", "by")]
    [InlineData("payouts?by=plan,plan", "by")]
    [InlineData("payouts?measures=mode", "measures")]
    [InlineData("payouts?by=payer&measures=median", "measures")]
    [InlineData("payouts?by=month&measures=lossRatio", "measures")]
    [InlineData("payouts?status=sent&measures=lossRatio", "measures")]
    [InlineData("payouts?month=2025-13", "month")]
    [InlineData("payouts?planYear=next", "planYear")]
    [InlineData("payouts?region=999999", "region")]
    [InlineData("payouts?asOf=yesterday", "asOf")]
    [InlineData("payouts?colour=red", "colour")]
    [InlineData("contributions?by=benefit", "by")]
    [InlineData("contributions?status=settled", "status")]
    [InlineData("ageing?by=month", "by")]
    [InlineData("triangle?grain=week", "grain")]
    [InlineData("triangle?grain=quarter&first=2025-03", "first")]
    [InlineData("triangle?first=1950-01", "first")]
    [InlineData("outstanding?by=plan", "by")]
    [InlineData("solvency?by=payer", "by")]
    [InlineData("distribution?bands=5,4", "bands")]
    [InlineData("distribution?bands=much", "bands")]
    [InlineData("three-way?month=2025-00", "month")]
    [InlineData("three-way?by=plan", "by")]
    public async Task A_question_that_cannot_be_asked_names_the_parameter(string question, string parameter) =>
        (await Finance.Get($"/api/finance/{question}")).IsProblemOf(422, "invalid-request", parameter);

    [Theory]
    [InlineData("payouts?by=plan,city&measures=median,largest,lossRatio")]
    [InlineData("contributions?by=payer,month,status")]
    [InlineData("ageing?by=province,status")]
    [InlineData("triangle?grain=quarter")]
    [InlineData("outstanding")]
    [InlineData("solvency")]
    [InlineData("solvency?by=programme")]
    [InlineData("distribution")]
    [InlineData("three-way?planYear=2025")]
    public async Task Every_question_is_answered_in_every_form(string question)
    {
        (await Officer.Get($"/api/finance/{question}")).IsProblemOf(403, "role-missing");
        Assert.NotNull((await Finance.Get($"/api/finance/{question}")).Is(200)["rows"]);
        foreach (var type in (string[])
            ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.apache.parquet"])
        {
            var file = (await Auditor.Get($"/api/finance/{question}", accept: type)).Is(200);
            Assert.Equal(type, file.MediaType);
            Assert.NotEmpty(file.Bytes);
        }
    }
}

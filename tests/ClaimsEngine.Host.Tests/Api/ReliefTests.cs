using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Hardship relief over HTTP, from the opening of a fund to the settled payout.</summary>
public sealed class ReliefTests(ApiFixture api) : ReliefTest(api)
{
    [Fact]
    public async Task A_fund_goes_down_the_levels_and_a_household_is_paid()
    {
        var fund = Sample.NewCode("relief");
        var opened = (await PlanAdmin.Post("/api/relief-funds", Fund(fund))).Is(201);
        Assert.Equal($"/api/relief-funds/{fund}", opened.Location);
        (await Finance.Do($"/api/relief-funds/{fund}/allocations", new { region = "6206", amount = "6000.00" })).Is(200);
        (await CityFinance.Do($"/api/relief-funds/{fund}/allocations", new { region = "620602", amount = "2500.50" })).Is(200);
        Assert.Equal(new() { ["62"] = "4000.00", ["6206"] = "3499.50", ["620602"] = "2500.50" }, await Left(fund));

        var (person, spouse) = (Sample.NewPerson(), Sample.NewPerson());
        var applied = (await Officer.Post("/api/relief-applications", Application(fund, person, "2000.00", with: spouse))).Is(201);
        Assert.Equal(("applied", spouse.Name), (applied.Text("status"), (string)applied["household"]![0]!["name"]!));
        var id = applied.Text("id");
        (await Checker.Do($"/api/relief-applications/{id}/check", new { finding = "入户走访，情况属实" })).Is(200);
        var granted = (await Grant(id, "1800.00")).Is(200);
        Assert.Equal(("granted", "1800.00", "620602"), (granted.Text("status"), granted.Text("granted"), granted.Text("level")));
        Assert.Equal("700.50", (await Left(fund))["620602"]);

        var payout = granted.Text("payoutId");
        var shown = (await Finance.Get($"/api/payouts/{payout}")).Is(200);
        Assert.Equal((person.Name, "1800.00", fund, id),
            (shown.Text("payee"), shown.Text("amount"), (string)shown["relief"]!["fund"]!, (string)shown["relief"]!["application"]!));
        Assert.All((string[])["claimId", "claimNumber", "plan", "benefit"], member => Assert.Null(shown[member]));
        Assert.DoesNotContain("low-income", shown.Body);

        (await Finance.Do($"/api/payouts/{payout}/authorisation")).Is(200);
        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { payout } })).Is(201).Text("id");
        (await Releaser.Do($"/api/payment-batches/{batch}/release")).Is(200);
        var file = (await Finance.Get($"/api/payment-batches/{batch}/file?format=csv")).Is(200).Body;
        Assert.All((string[])[person.Card, person.Name, "1800.00", applied.Text("number")], text => Assert.Contains(text, file));
        (await Releaser.Do($"/api/payment-batches/{batch}/results", Result(payout, "settled"))).Is(200);
        Assert.Equal("settled", (await Finance.Get($"/api/payouts/{payout}")).Is(200).Text("status"));
    }

    [Fact]
    public async Task Finances_totals_hold_both_kinds_of_payouts()
    {
        var (fund, programme) = (await FundOfLiangzhou(), await OpenProgramme());
        var claim = await Approved(programme, grade: 10);
        foreach (var amount in (string[])["300.00", "700.00"]) (await Grant(await Checked(fund), amount)).Is(200);
        var position = await LastPosition();
        var rows = await All(Finance, $"/api/payouts?fund={fund}", minPosition: position);
        var totals = (await Finance.Get($"/api/finance/payouts?fund={fund}&by=fund,plan,benefit,status", position)).Is(200);
        Assert.Equal((2, "1000.00"), ((int)totals["total"]!["count"]!, (string)totals["total"]!["amount"]!));
        Assert.Equal((2, Money.Yuan(1_000)), (rows.Count, Money.Sum(rows.Select(row => Of((string)row["amount"]!)))));
        var row = totals["rows"]!.AsArray().Single()!;
        Assert.Equal((fund, null, null, "ordered"),
            ((string)row["fund"]!, (string?)row["plan"], (string?)row["benefit"], (string)row["status"]!));

        // over all of a region, what is paid for claims and for relief makes the whole
        var whole = (await Finance.Get("/api/finance/payouts?region=620602&by=fund", position)).Is(200);
        Assert.Equal(Of((string)whole["total"]!["amount"]!),
            Money.Sum(whole["rows"]!.AsArray().Select(part => Of((string)part!["amount"]!))));
        Assert.Equal("1000.00", (string)whole["rows"]!.AsArray().Single(part => (string?)part!["fund"] == fund)!["amount"]!);
        var claims = (await Finance.Get($"/api/finance/payouts?programme={programme}&by=fund", position)).Is(200);
        Assert.Equal((null, claim.Amount),
            ((string?)claims["rows"]![0]!["fund"], (string)claims["rows"]![0]!["amount"]!));

        static Money Of(string text) => Money.TryParse(text, out var amount, out _) ? amount : throw new FormatException(text);
    }

    [Fact]
    public async Task Many_grants_at_once_never_give_more_than_the_level_has()
    {
        const int applications = 12;
        var fund = await FundOfLiangzhou("5500.00");
        var ids = new List<string>();
        for (var i = 0; i < applications; i++) ids.Add(await Checked(fund));
        var replies = await Task.WhenAll(ids.Select(id => Grant(id)));
        Assert.Equal(5, replies.Count(reply => reply.Status == 200));
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.IsProblemOf(409, "relief-money-short", "amount"));
        Assert.Equal("500.00", (await Left(fund))["620602"]);
        (await Grant(ids[Array.FindIndex(replies, reply => reply.Status != 200)], "500.00")).Is(200);
        var balances = (await Finance.Get($"/api/relief-funds/{fund}/balances")).Is(200);
        Assert.Equal(("5500.00", "4500.00"), (balances.Text("granted"), balances.Text("left")));
        var granted = await All(Officer, $"/api/relief-applications?fund={fund}&status=granted", minPosition: await LastPosition());
        Assert.Equal(6, granted.Count);
    }

    [Fact]
    public async Task Grants_and_returns_at_once_share_one_balance()
    {
        var fund = await FundOfLiangzhou("3000.00");
        var (first, second) = (await Checked(fund, amount: "2000.00"), await Checked(fund, amount: "2000.00"));
        var replies = await Task.WhenAll(
            Grant(first, "2000.00"), Grant(second, "2000.00"),
            CityFinance.Do($"/api/relief-funds/{fund}/returns", new { region = "620602", amount = "2000.00" }));
        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.IsProblemOf(409, "relief-money-short", "amount"));
        Assert.Equal("1000.00", (await Left(fund))["620602"]);
    }

    [Fact]
    public async Task Money_goes_back_up_and_a_closed_fund_gives_nothing()
    {
        var fund = await FundOfLiangzhou();
        var open = await Checked(fund);
        await Refused(() => CityFinance.Do($"/api/relief-funds/{fund}/returns", new { region = "620602", amount = "5000.01" }),
            409, "relief-money-short", "amount");
        (await PlanAdmin.Do($"/api/relief-funds/{fund}/closure", new { reason = "活动结束" })).Is(200);
        await Refused(() => Grant(open), 409, "wrong-state");
        await Refused(() => Officer.Post("/api/relief-applications", Application(fund, Sample.NewPerson())), 409, "wrong-state", "fund");
        await Refused(() => Finance.Do($"/api/relief-funds/{fund}/allocations", new { region = "6201", amount = "1.00" }),
            409, "wrong-state");
        (await CityFinance.Do($"/api/relief-funds/{fund}/returns", new { region = "620602", amount = "5000.00" })).Is(200);
        (await Finance.Do($"/api/relief-funds/{fund}/returns", new { region = "6206", amount = "5000.00" })).Is(200);
        Assert.Equal(new() { ["62"] = "10000.00", ["6206"] = "0.00", ["620602"] = "0.00" }, await Left(fund));
        var row = Assert.Single(await All(Officer, "/api/relief-funds?closed=true", minPosition: await LastPosition()),
            row => (string)row["code"]! == fund);
        Assert.Equal("0.00", (string)row["passedDown"]!);
    }

    [Fact]
    public async Task A_unit_gives_its_own_money_to_its_people()
    {
        var (fund, unit) = (await FundOfLiangzhou(), await RegisteredEmployer());
        (await CityFinance.Do($"/api/relief-funds/{fund}/allocations", new { unit, amount = "1000.00" })).Is(200);
        var application = Json(Application(fund, Sample.NewPerson()));
        application["unit"] = unit;
        var id = (await Officer.Post("/api/relief-applications", application)).Is(201).Text("id");
        (await Checker.Do($"/api/relief-applications/{id}/check", new { finding = "情况属实" })).Is(200);
        Assert.Equal(unit, (await Grant(id)).Is(200).Text("levelUnit"));
        Assert.Equal(("4000.00", "0.00"), ((await Left(fund))["620602"], (await Left(fund))[unit]));
    }

    [Fact]
    public async Task Three_people_handle_an_application_and_a_household_asks_once()
    {
        var (fund, person, spouse) = (await FundOfLiangzhou(), Sample.NewPerson(), Sample.NewPerson());
        var id = (await Officer.Post("/api/relief-applications", Application(fund, person, with: spouse))).Is(201).Text("id");
        await Refused(() => Officer.Post("/api/relief-applications", Application(fund, spouse)), 409, "relief-applied", "household");
        var path = $"/api/relief-applications/{id}";
        await Refused(() => Officer.Do($"{path}/check", new { finding = "情况属实" }), 403, "four-eyes");
        await Refused(() => Grant(id), 409, "wrong-state");
        (await Checker.Do($"{path}/check", new { finding = "情况属实" })).Is(200);
        await Refused(() => Api.As("wang", "approver", "620602").Do($"{path}/grant", new { amount = "1.00", reason = "r" }),
            403, "four-eyes");
        await Refused(() => Grant(id, "1000.01"), 409, "above-asked", "amount");
        (await DistrictApprover.Do($"{path}/refusal", new { reason = "收入高于标准" })).Is(200);
        var again = (await Officer.Post("/api/relief-applications", Application(fund, spouse))).Is(201).Text("id");
        (await Officer.Do($"/api/relief-applications/{again}/withdrawal", new { reason = "申请人撤回" })).Is(200);
        var other = Json(Application(fund, person));
        other["person"]!["account"]!["holder"] = spouse.Name;
        await Refused(() => Officer.Post("/api/relief-applications", other), 422, "account-not-own", "person.account.holder");
    }

    [Fact]
    public async Task Each_region_sees_its_own_and_finance_never_the_hardship()
    {
        var fund = await FundOfLiangzhou();
        var id = await Checked(fund);
        var path = $"/api/relief-applications/{id}";
        var elsewhere = Api.As("officer-of-lanzhou", "officer", "6201");
        (await elsewhere.Get(path)).IsProblemOf(404, "not-found");
        Assert.Empty(await All(elsewhere, $"/api/relief-applications?fund={fund}", minPosition: await LastPosition()));
        Assert.Empty((await elsewhere.Get($"/api/relief-funds/{fund}")).Is(200)["levels"]!.AsArray());
        Assert.Empty(await Left(fund, elsewhere));
        Assert.Equal(["6206", "620602"], (await Left(fund, CityFinance)).Keys);
        (await Finance.Get(path)).IsProblemOf(403, "role-missing");
        (await Finance.Get("/api/relief-applications")).IsProblemOf(403, "role-missing");
        await Refused(() => Api.As("f", "finance", "6201").Do(
            $"/api/relief-funds/{fund}/allocations", new { region = "6201", amount = "1.00" }), 403, "outside-region", "region");
        await Refused(() => Api.As("f", "finance", "620602").Do(
            $"/api/relief-funds/{fund}/allocations", new { region = "620602", amount = "1.00" }), 403, "outside-region", "region");
        var history = (await Auditor.Get($"/api/audit/streams/{id}")).Is(200)["events"]!.AsArray();
        Assert.Equal(["relief_application_recorded", "relief_application_checked"],
            history.Select(one => ((string)one!["type"]!).Split('.')[^1]));
        Assert.All(history, one => Assert.Contains((string)one!["user"]!, (string[])["wang", "checker-of-liangzhou"]));
    }

    [Fact]
    public async Task A_returned_payout_of_relief_is_ordered_anew()
    {
        var (fund, person) = (await FundOfLiangzhou(), Sample.NewPerson());
        var payout = (await Grant(await Checked(fund, person))).Is(200).Text("payoutId");
        (await Finance.Do($"/api/payouts/{payout}/authorisation")).Is(200);
        var batch = (await Finance.Post("/api/payment-batches", new { payouts = new[] { payout } })).Is(201).Text("id");
        (await Releaser.Do($"/api/payment-batches/{batch}/release")).Is(200);
        (await Releaser.Do($"/api/payment-batches/{batch}/results", Result(payout, "returned", reason: "户名不符"))).Is(200);
        var returned = (await Finance.Do($"/api/payouts/{payout}/reissue", Sample.Reissue(person))).Is(200);
        var anew = (await Finance.Get($"/api/payouts/{returned.Text("reissuedAs")}")).Is(200);
        Assert.Equal((payout, fund), (anew.Text("reissues"), (string)anew["relief"]!["fund"]!));
        var totals = (await Finance.Get($"/api/finance/payouts?fund={fund}", await LastPosition())).Is(200);
        Assert.Equal((1, "1000.00"), ((int)totals["total"]!["count"]!, (string)totals["total"]!["amount"]!));
        Assert.Equal("4000.00", (await Left(fund))["620602"]);
    }

    [Fact]
    public async Task The_worklists_count_what_is_to_be_checked_and_decided()
    {
        const string region = "620921";   // Jinta, where no other test works with relief
        var clerk = Api.As("officer-of-jinta", "officer", region);
        var fund = await OpenedFund();
        var before = await Counts();
        await Apply();
        var second = await Apply();
        (await Api.As("checker-of-jinta", "officer", region)
            .Do($"/api/relief-applications/{second}/check", new { finding = "属实" })).Is(200);
        Assert.Equal((before.ToCheck + 1, before.ToDecide + 1), await Counts());
        var lists = (await Api.As("finance-of-jinta", "finance", region).Get("/api/worklists")).Is(200)["lists"]!.AsArray();
        Assert.DoesNotContain(lists, list => ((string)list!["name"]!).StartsWith("relief", StringComparison.Ordinal));

        async Task<string> Apply() => (await clerk.Post(
            "/api/relief-applications", Application(fund, Sample.NewPerson(), region: region))).Is(201).Text("id");

        async Task<(int ToCheck, int ToDecide)> Counts()
        {
            var position = await LastPosition();
            var lists = (await clerk.Get("/api/worklists", position)).Is(200)["lists"]!.AsArray();
            var (check, decide) = (Named("reliefToCheck"), Named("reliefToDecide"));
            foreach (var list in (JsonNode[])[check, decide])
                Assert.Equal((int)list["count"]!, (await All(clerk, (string)list["address"]!, minPosition: position)).Count);
            return ((int)check["count"]!, (int)decide["count"]!);

            JsonNode Named(string name) => lists.Single(list => (string)list!["name"]! == name)!;
        }
    }

    private static JsonObject Json(object body) =>
        System.Text.Json.JsonSerializer.SerializeToNode(body, System.Text.Json.JsonSerializerOptions.Web)!.AsObject();
}

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>What a test of hardship relief has at hand: a fund of its own, and applications brought to any step.</summary>
public abstract class ReliefTest(ApiFixture api) : ApiTest(api)
{
    protected const string Papers = "incomeProof";

    protected Caller CityFinance => Api.As("finance-of-wuwei", "finance", "6206");
    protected Caller Checker => Api.As("checker-of-liangzhou", "officer", "620602");
    protected Caller DistrictApprover => Api.As("approver-of-liangzhou", "approver", "620602");

    /// <summary>Of Gansu, and open today.</summary>
    protected static object Fund(string code, string budget = "10000.00") => new
    {
        code, name = $"样例送温暖资金 {code}", region = "62", budget, from = Sample.DayFromToday(-100), to = Sample.DayFromToday(100),
        kinds = new object[]
        {
            new { code = "low-income", name = "家庭收入低", most = "3000.00", evidence = new[] { Papers } },
            new { code = "schooling-cost", name = "子女上学负担重", most = "4000.00", evidence = Array.Empty<string>() },
        },
    };

    protected static object Application(
        string fund, Sample.Person person, string amount = "1000.00", string region = "620602", Sample.Person? with = null) => new
    {
        fund, kind = "low-income", amount, facts = "一人务工，收入低于当地低保标准",
        person = new
        {
            name = person.Name, idNumber = person.IdNumber, region, phone = person.Phone,
            account = new { bank = "样例银行凉州支行", number = person.Card, holder = person.Name },
        },
        household = new
        {
            monthlyIncome = "1800.00",
            others = with is null ? [] : new object[] { new { name = with.Name, idNumber = with.IdNumber } },
        },
        evidence = new[] { new { kind = Papers, sha256 = Sample.DigestOf(Papers) } },
    };

    /// <summary>A fund whose budget is all with the province.</summary>
    protected async Task<string> OpenedFund(string budget = "10000.00")
    {
        var code = Sample.NewCode("relief");
        (await PlanAdmin.Post("/api/relief-funds", Fund(code, budget))).Is(201);
        return code;
    }

    /// <summary>A fund of which Liangzhou has so much, by way of Wuwei.</summary>
    protected async Task<string> FundOfLiangzhou(string amount = "5000.00")
    {
        var code = await OpenedFund();
        (await Finance.Do($"/api/relief-funds/{code}/allocations", new { region = "6206", amount })).Is(200);
        (await CityFinance.Do($"/api/relief-funds/{code}/allocations", new { region = "620602", amount })).Is(200);
        return code;
    }

    protected async Task<string> Applied(string fund, Sample.Person? person = null, string amount = "1000.00") =>
        (await Officer.Post("/api/relief-applications", Application(fund, person ?? Sample.NewPerson(), amount))).Is(201).Text("id");

    protected async Task<string> Checked(string fund, Sample.Person? person = null, string amount = "1000.00")
    {
        var id = await Applied(fund, person, amount);
        (await Checker.Do($"/api/relief-applications/{id}/check", new { finding = "入户走访，情况属实" })).Is(200);
        return id;
    }

    protected Task<Reply> Grant(string application, string amount = "1000.00") =>
        DistrictApprover.Do($"/api/relief-applications/{application}/grant", new { amount, reason = "符合条件" });

    /// <summary>What each level has left, by its region.</summary>
    protected async Task<Dictionary<string, string>> Left(string fund, Caller? by = null) =>
        (await (by ?? Finance).Get($"/api/relief-funds/{fund}/balances")).Is(200)["levels"]!.AsArray()
        .ToDictionary(level => (string?)level!["unit"] ?? (string)level["region"]!, level => (string)level!["left"]!);
}

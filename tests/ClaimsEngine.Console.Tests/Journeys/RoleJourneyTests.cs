using System.Text.RegularExpressions;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Journeys;

/// <summary>What each role does all day, from the first page to the result.</summary>
public sealed partial class RoleJourneyTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    [Fact]
    public async Task An_officer_enrols_a_roster_sees_what_is_wrong_and_fetches_the_corrected_sheet()
    {
        var (good, wrong) = (Sample.NewPerson(), Sample.NewPerson());
        var sheet = $"姓名,身份证号,职业,地区\r\n{good.Name},{good.IdNumber},快递员,620602\r\n{wrong.Name},620602199001010028,快递员,620602\r\n";
        var page = await SignIn("wang", back: $"rosters/new?programme={Sample.SeededPlan}");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "名册.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(sheet),
        });
        await page.Locator("#form-roster button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(RosterAddress());
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("身份证号校验位错误", new() { Timeout = 30_000 });
        var corrected = page.Locator("a[href*='/corrected']").First;
        var download = await page.RunAndWaitForDownloadAsync(() => corrected.ClickAsync());
        Assert.Contains("错误原因", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approver_finds_the_case_in_the_queue_and_approves_it_with_a_reason()
    {
        var made = await Assessed();
        var number = (await Officer.Get($"/api/claims/{made.Claim}")).Text("number");
        var page = await SignIn("li", back: "approvals");
        var row = page.Locator("main tbody a", new() { HasText = number });
        for (var tried = 0; tried < 20 && await row.CountAsync() == 0; tried++)   // the list follows the events within a moment
        {
            await page.WaitForTimeoutAsync(250);
            await page.ReloadAsync();
        }
        await row.ClickAsync();
        await page.Locator("#form-approve textarea").FillAsync("材料齐全，同意给付");
        await page.Locator("#form-approve button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("已批准");
        await Assertions.Expect(page.Locator(".history")).ToContainTextAsync("材料齐全，同意给付");
    }

    [Fact]
    public async Task An_approver_is_told_why_a_case_cannot_be_approved_as_it_stands()
    {
        var made = await Assessed();
        (await Officer.Do($"/api/claims/{made.Claim}/suspicion", new { kind = "falsePapers", reason = "票据存疑" })).Is(200);
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Assertions.Expect(page.GetByText("存在未排除的疑点，排除之前不能批准。")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Finance_sees_payouts_as_a_chart_with_its_table_and_books_that_balance()
    {
        await Released();
        await Settled();
        var page = await SignIn("zhao", back: "finance");
        await Assertions.Expect(page.Locator("main svg[role=img]").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main table").First).ToBeVisibleAsync();
        await page.Locator(".menu a", new() { HasText = "账簿" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("借贷平衡");
    }

    [Fact]
    public async Task An_auditor_moves_a_case_back_in_time_with_the_arrow_keys()
    {
        var made = await Approved();
        var page = await SignIn("sun", back: $"audit/time-machine?stream={made.Claim}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("批准申领");
        for (var tried = 0; tried < 20 && !page.Url.Contains("at=", StringComparison.Ordinal); tried++)
        {
            await page.Locator("#moment").PressAsync("ArrowLeft");   // the live part may not have begun yet
            await page.WaitForTimeoutAsync(250);
        }
        Assert.Matches("at=[0-9]+", page.Url);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("核定");
        await page.ReloadAsync();
        Assert.Matches("at=[0-9]+", page.Url);   // the address keeps the position
    }

    [Fact]
    public async Task A_plan_administrator_reads_a_card_as_sentences_and_tries_a_case_out_while_typing()
    {
        var page = await SignIn("wu", back: $"plans/{Sample.SeededPlan}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("推定");
        await page.GotoAsync($"plans/{Sample.SeededPlan}/versions/1?tab=try");
        var example = page.Locator("main a", new() { HasText = "伤残4级" }).First;
        await example.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("70,000.00");
    }

    [Fact]
    public async Task An_operator_sees_that_the_host_is_ready_and_how_far_the_read_models_are()
    {
        var page = await SignIn("ops", Language.English, back: "operations");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("ready", new() { IgnoreCase = true });
        await Assertions.Expect(page.Locator("main table").Last).ToContainTextAsync("claims");
    }

    [Fact]
    public async Task An_identity_number_is_masked_until_somebody_says_why_and_that_is_recorded()
    {
        var made = await Submitted();
        var page = await SignIn("wang", back: $"claims/{made.Claim}");
        Assert.DoesNotContain(made.Person.IdNumber, await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator(".open-identity").First.ClickAsync();
        await page.Locator("#reason").FillAsync("核对申领人身份证");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(made.Person.IdNumber);
        var openings = (await Auditor.Get($"/api/members/{await MemberOf(made)}/openings")).Is(200)["openings"]!.AsArray();
        Assert.Equal("核对申领人身份证", (string)openings[^1]!["reason"]!);
    }

    [GeneratedRegex("rosters/[0-9a-f-]{36}")]
    private static partial Regex RosterAddress();
}

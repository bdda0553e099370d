using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Faults;

/// <summary>A save that meets another person's, or that is not answered: nothing is done twice, and what was typed stays.</summary>
public sealed class SavingTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    private const string Reason = "材料齐全，伤残等级与鉴定结论一致 <b>&</b>";

    [Fact]
    public async Task A_save_on_a_stale_page_tells_what_the_other_did_and_keeps_what_was_typed()
    {
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Form(page).Locator("textarea").FillAsync(Reason);
        // meanwhile an officer adds a paper: the claim may still be approved, but not unseen
        (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document("other", "补充说明.pdf"))).Is(200);
        await Save(page);
        var note = Form(page).Locator("[role=alert]");
        await Assertions.Expect(note).ToContainTextAsync("别人已办理");
        await Assertions.Expect(note).ToContainTextAsync("wang");
        await Assertions.Expect(Form(page).Locator("textarea")).ToHaveValueAsync(Reason);
        Assert.Equal("assessed", (await Officer.Get($"/api/claims/{made.Claim}")).Text("status"));
        await Save(page);
        await Assertions.Expect(page.GetByText("已办理。")).ToBeVisibleAsync();
        Assert.Equal("approved", (await Officer.Get($"/api/claims/{made.Claim}")).Text("status"));
        await Assertions.Expect(page.Locator(".history")).ToContainTextAsync(Reason);
    }

    [Fact]
    public async Task What_another_has_already_decided_is_told_and_what_was_typed_stays_on_the_page()
    {
        BreaksSomething = true;   // the form's own address answers 400: it is not there any more
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Form(page).Locator("textarea").FillAsync(Reason);
        (await SecondApprover.Do($"/api/claims/{made.Claim}/approval", Approval(made.Amount))).Is(200);
        await Save(page);
        await Assertions.Expect(Form(page).Locator(".saving")).ToContainTextAsync("已不能这样办理");
        await Assertions.Expect(Form(page).Locator(".saving")).ToContainTextAsync("lin");
        await Assertions.Expect(Form(page).Locator("textarea")).ToHaveValueAsync(Reason);
    }

    [Fact]
    public async Task A_save_whose_answer_is_lost_keeps_what_was_typed_and_the_next_submit_does_it_once()
    {
        BreaksSomething = true;
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Form(page).Locator("textarea").FillAsync(Reason);
        // the host does it, and its answer does not arrive
        await page.RouteAsync("**/claims/*", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }
            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync("connectionreset");
        });
        await Save(page);
        await Assertions.Expect(Form(page).Locator(".saving")).ToContainTextAsync("服务器没有应答");
        await Assertions.Expect(Form(page).Locator("textarea")).ToHaveValueAsync(Reason);
        await page.UnrouteAllAsync();
        await Save(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(new Regex("已办理|已不能这样办理"));
        var history = (await Officer.Get($"/api/claims/{made.Claim}/case")).Is(200)["history"]!.AsArray();
        Assert.Single(history, entry => ((string)entry!["type"]!).Contains("approved", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_save_that_never_reached_the_host_is_done_by_the_next_submit()
    {
        BreaksSomething = true;
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Form(page).Locator("textarea").FillAsync(Reason);
        await page.RouteAsync("**/claims/*", route =>
            route.Request.Method == "POST" ? route.AbortAsync("connectionrefused") : route.ContinueAsync());
        await Save(page);
        await Assertions.Expect(Form(page).Locator(".saving")).ToContainTextAsync("服务器没有应答");
        Assert.Equal("assessed", (await Officer.Get($"/api/claims/{made.Claim}")).Text("status"));
        await page.UnrouteAllAsync();
        await Save(page);
        await Assertions.Expect(page.GetByText("已办理。")).ToBeVisibleAsync();
        Assert.Equal("approved", (await Officer.Get($"/api/claims/{made.Claim}")).Text("status"));
    }

    [Fact]
    public async Task A_second_click_while_the_first_is_under_way_is_no_second_save()
    {
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Form(page).Locator("textarea").FillAsync(Reason);
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" && request.Url.Contains("/claims/", StringComparison.Ordinal)
            ? 1 : 0;
        await Form(page).GetByRole(AriaRole.Button).DblClickAsync();
        await Assertions.Expect(page.GetByText("已办理。")).ToBeVisibleAsync();
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task A_sign_in_that_ended_meanwhile_is_told_and_what_was_typed_stays_on_the_page()
    {
        BreaksSomething = true;
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        await Form(page).Locator("textarea").FillAsync(Reason);
        await page.Context.ClearCookiesAsync(new() { Name = "claims-console" });
        await Save(page);
        await Assertions.Expect(Form(page).Locator(".saving")).ToContainTextAsync("登录已结束");
        await Assertions.Expect(Form(page).Locator("textarea")).ToHaveValueAsync(Reason);
        // signing in again in another window, then the same submit
        var popup = await page.RunAndWaitForPopupAsync(() => Form(page).Locator(".saving a").ClickAsync());
        await popup.Locator("button", new() { Has = popup.Locator("strong:text-is('li')") }).ClickAsync();
        await Assertions.Expect(popup.Locator("a.me")).ToContainTextAsync("li");
        await Save(page);
        await Assertions.Expect(page.GetByText("已办理。")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_megabyte_of_text_is_refused_in_words_and_stays_on_the_page()
    {
        var made = await Assessed();
        var page = await SignIn("li", back: $"claims/{made.Claim}");
        var much = new string('长', 350_000);
        await Form(page).Locator("textarea").EvaluateAsync("(area, text) => { area.removeAttribute('maxlength'); area.value = text; }",
            much);
        await Save(page);
        await Assertions.Expect(Form(page).Locator("textarea")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal(much.Length, (await Form(page).Locator("textarea").InputValueAsync()).Length);
    }

    private static ILocator Form(IPage page) => page.Locator("#form-approve");

    private static Task Save(IPage page) => Form(page).GetByRole(AriaRole.Button).ClickAsync();
}

using System.Text.RegularExpressions;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Faults;

/// <summary>A live page whose connection goes, and whose host goes.</summary>
public sealed class ConnectionTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    private const string Typed = "写到一半的理由";

    [Fact]
    public async Task A_lost_connection_is_told_and_comes_back_by_itself()
    {
        BreaksSomething = true;
        using var way = new Forwarder(Api.Address.Port);
        var made = await Assessed();
        var page = await Live(made, new Uri($"http://127.0.0.1:{way.Port}"));
        await page.Locator("#form-approve textarea").FillAsync(Typed);
        way.Close();
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("连接中断", new() { Timeout = 30_000 });
        way.Open();
        await Assertions.Expect(page.Locator("#connection")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#form-approve textarea")).ToHaveValueAsync(Typed);
        // and it is live: what somebody else does is told
        (await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document("other", "补充说明.pdf"))).Is(200);
        await Assertions.Expect(page.GetByText("此页打开后已有新的办理")).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task A_host_that_starts_again_is_told_and_the_page_goes_on_with_what_was_typed()
    {
        BreaksSomething = true;
        var made = await Assessed();
        var first = await Api.StartHost(Api.Database);
        var address = AddressOf(first);
        IPage page, other;
        try
        {
            page = await Live(made, address);
            other = await Live(made, address, "sun");
            await page.Locator("#form-approve textarea").FillAsync(Typed);
        }
        finally
        {
            await first.DisposeAsync();
        }
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("连接中断", new() { Timeout = 30_000 });
        await using var second = await Api.StartHost(Api.Database, SeedLevel.None, ["--urls", address.ToString()]);
        // who has typed something keeps it; another page is loaded anew
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("服务器已重新启动", new() { Timeout = 40_000 });
        await Assertions.Expect(page.Locator("#form-approve textarea")).ToHaveValueAsync(Typed);
        await Assertions.Expect(other.Locator("#connection")).ToBeHiddenAsync(new() { Timeout = 40_000 });
        await Assertions.Expect(other.Locator("a.me")).ToContainTextAsync("sun");
        // the sign-in and the form's token are as good at the host that came after
        await page.Locator("#form-approve").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByText("已办理。")).ToBeVisibleAsync();
        Assert.Equal("approved", (await Officer.Get($"/api/claims/{made.Claim}")).Text("status"));
    }

    /// <summary>The page of a case, when its live part listens.</summary>
    private async Task<IPage> Live(Case made, Uri address, string person = "li")
    {
        var page = await SignIn(person, host: address);
        await page.RunAndWaitForWebSocketAsync(() => page.GotoAsync($"claims/{made.Claim}"));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(new Regex("已核定|核定"));
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return page;
    }
}

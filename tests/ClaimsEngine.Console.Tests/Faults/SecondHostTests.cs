using ClaimsEngine.Host;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Faults;

/// <summary>A second host on the same database, which a proxy has put below a path.</summary>
public sealed class SecondHostTests(ApiFixture api, Chromium chromium, SecondHostTests.BelowPath below)
    : ConsoleTest(api, chromium), IClassFixture<SecondHostTests.BelowPath>
{
    /// <summary>The host whose pages begin with <c>/claims/</c>, the name of a page as well.</summary>
    public sealed class BelowPath(ApiFixture api) : IAsyncLifetime
    {
        private ClaimsHost? host;

        public Uri Address { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            host = await api.StartHost(api.Database, SeedLevel.None, ["--Http:PathBase", "/claims"]);
            using var client = api.NewClient(host);
            Address = new Uri(client.BaseAddress!, "/claims/");
        }

        public async ValueTask DisposeAsync()
        {
            if (host is not null) await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_sign_in_at_one_host_is_a_sign_in_at_the_other_and_so_is_a_form()
    {
        var page = await SignIn("wang");
        await page.GotoAsync($"{below.Address}me");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("wang");
        // a form that one host drew is sent to the other: a browser's cookies do not know of ports
        using var browser = await SignedClient.For(Api, "wang");
        var answer = await browser.Post($"{below.Address}session/language",
            ("language", "en"), ("__RequestVerificationToken", await browser.Token("me")));
        Assert.Equal((302, "/claims/"), ((int)answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task All_links_styles_and_scripts_stay_below_the_path()
    {
        var made = await Assessed();
        var page = await NewPage(host: below.Address);
        var outside = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !new Uri(request.Url).AbsolutePath.StartsWith("/claims/",
                StringComparison.Ordinal))
                outside.Add(request.Url);
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) outside.Add($"{response.Status} {response.Url}");
        };
        await page.GotoAsync($"claims/{made.Claim}");
        await page.Locator("button", new() { Has = page.Locator("strong:text-is('wang')") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{below.Address}claims/{made.Claim}");
        foreach (var address in (string[])[$"claims/{made.Claim}", "", "claims", "claims?status=assessed", "me"])
        {
            await page.GotoAsync(address);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var links = await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('a[href], form[action], link[href], script[src]')]"
                + ".map(one => one.href || one.action || one.src)");
            Assert.True(links.Length > 10, address);
            Assert.All(links.Where(link => !link.StartsWith("data:", StringComparison.Ordinal)),
                link => Assert.StartsWith(below.Address.ToString(), link + "/"));
        }
        await page.Locator("nav.menu a", new() { HasText = "申领列表" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("申领列表");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename);
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Assertions.Expect(page.GetByText("您已退出。")).ToBeVisibleAsync();
        Assert.Empty(outside);
    }

    [Fact]
    public async Task A_refused_page_and_a_missing_one_stay_below_the_path_too()
    {
        var page = await SignIn("ops", host: below.Address);
        await page.GotoAsync("claims");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("您的角色不能打开此页");
        Assert.StartsWith(below.Address.ToString(), page.Url);
        await page.GotoAsync("no-such-page");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("没有此页");
        await page.Locator("main a").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(below.Address.ToString());
    }
}

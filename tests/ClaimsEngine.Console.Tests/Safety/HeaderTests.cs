using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Safety;

/// <summary>What the answers tell a browser to forbid, and how its cookies are kept.</summary>
public sealed partial class HeaderTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    [Theory]
    [InlineData("sign-in")]
    [InlineData("")]
    [InlineData("claims")]
    [InlineData("me")]
    [InlineData("not-found")]
    [InlineData("no-such-page")]
    public async Task A_page_runs_scripts_of_its_own_files_alone_and_is_kept_nowhere(string page)
    {
        using var browser = await SignedClient.For(Api, "wang");
        using var answer = await browser.Get(page);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var parts = policy.Split(';', StringSplitOptions.TrimEntries).Select(part => part.Split(' '))
            .ToDictionary(part => part[0], part => part[1..]);
        Assert.Equal(["'self'"], parts["script-src"]);
        Assert.Equal(["'self'"], parts["default-src"]);
        Assert.Equal(["'none'"], parts["object-src"]);
        Assert.Equal(["'none'"], parts["frame-ancestors"]);
        Assert.Equal(["'self'"], parts["base-uri"]);
        Assert.Equal(["'self'"], parts["form-action"]);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch(InlineScript(), html);
        Assert.DoesNotMatch(InlineHandler(), html);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", html);   // nothing comes from elsewhere: it works in a closed network
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var browser = await SignedClient.For(Api, "wang");
        var token = await browser.Token("me");
        await browser.Post("/session/language", ("language", "en"), ("__RequestVerificationToken", token));
        Assert.Equal(["claims-console", "claims-form", "claims-language"], browser.Cookies.Select(NameOf).Distinct().Order());
        Assert.All(browser.Cookies, cookie =>
        {
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i); samesite=(lax|strict)", cookie);
        });
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_show_the_console_in_a_frame()
    {
        BreaksSomething = true;   // the browser says in its console that it refuses
        var page = await SignIn("wang");
        await page.RouteAsync("http://stranger.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html", Body = $"<iframe src=\"{Api.Address}me\"></iframe>",
        }));
        await page.GotoAsync("http://stranger.example/");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(page.FrameLocator("iframe").Locator("a.me")).ToHaveCountAsync(0);
    }

    private static string NameOf(string cookie) => cookie.Split('=')[0];

    [GeneratedRegex("<script(?![^>]*\\ssrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<[a-z][^>]*\\son[a-z]+\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineHandler();
}

using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Safety;

/// <summary>Who sees what: never more than the API shows the same person.</summary>
public sealed class AccessTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    private static readonly (string Name, string Role, string Region)[] People =
    [
        ("wang", "officer", "620602"), ("li", "approver", "62"), ("zhao", "finance", "62"), ("sun", "auditor", "62"),
        ("wu", "plan-admin", "62"), ("ops", "operator", ""), ("bao", "officer", "1501"),
    ];

    [Theory]
    [InlineData("claims")]
    [InlineData("me")]
    [InlineData("files/api/claims?format=csv")]
    public async Task Who_is_not_signed_in_gets_to_the_sign_in_page(string address)
    {
        using var nobody = SignedClient.Anonymous(Api.Address);
        using var answer = await nobody.Get(address);
        Assert.Equal(302, (int)answer.StatusCode);
        Assert.Equal("/sign-in?back=" + Uri.EscapeDataString(address), answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_page_of_another_role_is_answered_in_words()
    {
        var page = await SignIn("ops");
        await page.GotoAsync("claims");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("您的角色不能打开此页");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("运维");
        await Assertions.Expect(page.Locator("table")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_case_of_another_region_is_no_page_for_its_neighbours()
    {
        var made = await Submitted();
        var number = (await Officer.Get($"/api/claims/{made.Claim}")).Text("number");
        var page = await SignIn("bao");
        await page.GotoAsync($"claims/{made.Claim}");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToBeVisibleAsync();
        Assert.DoesNotContain(number, await page.ContentAsync());
        await page.GotoAsync($"claims?number={number}");
        Assert.DoesNotContain(made.Claim, await page.ContentAsync());
    }

    [Fact]
    public async Task Files_are_passed_to_each_person_as_the_API_gives_them()
    {
        var made = await Documented();
        string[] addresses =
        [
            "/api/claims?format=csv", "/api/enrolments?format=csv", "/api/payouts?format=csv", $"/api/claims/{made.Claim}/case",
            $"/api/claims/{made.Claim}/letter", "/api/audit/events", "/api/finance/payouts?format=csv", "/api/members", "/api/dead-letters",
            "/api/plans", "/api/no-such-thing", "/health/ready",
        ];
        foreach (var (name, role, region) in People)
        {
            using var browser = await SignedClient.For(Api, name);
            foreach (var address in addresses)
            {
                using var passed = await browser.Get("/files" + address, "*/*");
                var own = await Api.As(name, role, region).Get(address);
                // JSON has identity numbers, which the pages mask: only files are passed
                var expected = address.Contains("format=csv", StringComparison.Ordinal) ? own.Status : 404;
                Assert.True((int)passed.StatusCode == expected, $"{name} {address}: {(int)passed.StatusCode} instead of {own.Status}");
                if (own.Status != 200 || expected != 200) continue;
                // the rows may move between the two questions; their headings do not
                var text = await passed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.Equal(own.Body.Split('\n')[0].TrimStart('\uFEFF'), text.Split('\n')[0].TrimStart('\uFEFF'));
                Assert.True(passed.Headers.CacheControl?.NoStore);
            }
        }
    }

    [Fact]
    public async Task A_file_s_address_cannot_climb_out_of_the_API()
    {
        using var browser = await SignedClient.For(Api, "sun");
        foreach (var address in (string[])["/files/metrics", "/files/api/../metrics", "/files/api/%2e%2e/metrics", "/files//api/claims",
            "/files/"])
        {
            using var answer = await browser.Get(address, "*/*");
            Assert.True((int)answer.StatusCode is 404 or 400 || (await answer.Content.ReadAsStringAsync()).Length == 0,
                $"{address} → {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_sign_in_that_was_ended_opens_nothing_even_where_its_cookie_was_kept()
    {
        var page = await SignIn("wang");
        var kept = await page.Context.CookiesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Assertions.Expect(page.GetByText("您已退出。")).ToBeVisibleAsync();
        await page.Context.AddCookiesAsync(kept.Select(cookie => new Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly,
        }));
        await page.GotoAsync("claims");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
    }
}

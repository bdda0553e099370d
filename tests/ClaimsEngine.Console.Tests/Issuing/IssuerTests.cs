using System.Text.RegularExpressions;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Host;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Issuing;

/// <summary>A host in Production and an issuer, both real: the whole way of signing in, as a union would have it.</summary>
public sealed class IssuerTests(ApiFixture api, Chromium chromium, IssuerTests.Production production)
    : ConsoleTest(api, chromium), IClassFixture<IssuerTests.Production>
{
    private readonly Uri address = production.Address;

    /// <summary>The two of them, on the database of the other tests.</summary>
    public sealed class Production(ApiFixture api) : IAsyncLifetime
    {
        private Issuer? issuer;
        private ClaimsHost? host;

        public Uri Address => Issuer.OnLocalhost(host!.App.Services);

        public async ValueTask InitializeAsync()
        {
            issuer = await Issuer.Start();
            host = await api.StartHost(api.Database, SeedLevel.None, issuer.ArgumentsOfAHost);
        }

        public async ValueTask DisposeAsync()
        {
            if (host is not null) await host.DisposeAsync();
            if (issuer is not null) await issuer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_person_of_the_issuer_signs_in_works_and_signs_out_at_the_issuer_too()
    {
        var page = await AtTheIssuer("claims?status=approved");
        await page.GetByText("hong").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{address}claims?status=approved");
        await Assertions.Expect(page.Locator("a.me")).ToContainTextAsync("hong");
        await Assertions.Expect(page.Locator("a.me")).ToContainTextAsync("审批人");
        await Assertions.Expect(page.Locator("nav.menu")).ToContainTextAsync("审批");
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();

        var cookies = await page.Context.CookiesAsync([address.ToString()]);
        Assert.All(cookies.Where(cookie => cookie.Name.StartsWith("claims-", StringComparison.Ordinal)), cookie =>
            Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: not SameSiteAttribute.None }, cookie.Name));
        Assert.Contains(cookies, cookie => cookie.Name == "claims-console");

        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Assertions.Expect(page.GetByText("您已退出。")).ToBeVisibleAsync();
        await page.GotoAsync("claims");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("登录");
        // the issuer does not let the next one at this desk in under the same name
        await page.GetByText("用单位账号登录").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Who are you?");
    }

    [Fact]
    public async Task A_person_may_have_two_roles()
    {
        var page = await AtTheIssuer();
        await page.GetByText("duo").ClickAsync();
        await Assertions.Expect(page.Locator("nav.menu")).ToContainTextAsync("提交申领");
        await Assertions.Expect(page.Locator("nav.menu")).ToContainTextAsync("付款批次");
    }

    [Fact]
    public async Task Who_has_no_role_of_the_engine_is_told_so()
    {
        var page = await AtTheIssuer();
        await page.GetByText("gardener").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("没有本系统的角色");
        await page.GotoAsync("claims");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("您的角色不能打开此页");
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("mars")]
    public async Task Without_a_region_that_exists_nobody_is_let_in(string person)
    {
        var page = await AtTheIssuer();
        await page.GetByText(person, new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("登录没有成功");
        await Assertions.Expect(page.Locator("a.me")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_turns_back_at_the_issuer_is_told_so_and_may_try_again()
    {
        var page = await AtTheIssuer(language: Language.English);
        await page.GetByText("turn back").ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Signing in did not succeed");
        await page.GetByText("Sign in with your organisation").ClickAsync();
        await page.GetByText("hong").ClickAsync();
        await Assertions.Expect(page.Locator("a.me")).ToContainTextAsync("hong");
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in()
    {
        var page = await NewPage(host: address);
        await page.GotoAsync("session/answer?code=stolen&state=made-up");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("登录没有成功");
        await Assertions.Expect(page.Locator("a.me")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Sample_people_do_not_exist_outside_Development()
    {
        var page = await NewPage(host: address);
        await page.GotoAsync("sign-in");
        await Assertions.Expect(page.Locator(".people")).ToHaveCountAsync(0);
        var answer = await page.APIRequest.PostAsync($"{address}session/begin", new() { Form = Form(page, "name", "ops") });
        Assert.True(answer.Status is 404 or 405, $"{answer.Status}");
    }

    [Fact]
    public async Task The_page_for_signing_in_leads_to_no_address_of_a_stranger()
    {
        var page = await AtTheIssuer("//stranger.example/claims");
        await page.GetByText("hong").ClickAsync();
        await Assertions.Expect(page.Locator("a.me")).ToContainTextAsync("hong");
        Assert.Matches($"^{Regex.Escape(address.ToString())}", page.Url);
    }

    private static IFormData Form(IPage page, string name, string value)
    {
        var form = page.APIRequest.CreateFormData();
        form.Append(name, value);
        return form;
    }

    /// <summary>At the issuer's page, on the way to a page of the console.</summary>
    private async Task<IPage> AtTheIssuer(string back = "", Language language = Language.Chinese)
    {
        var page = await NewPage(language, address);
        await page.GotoAsync(back.Length == 0 ? "" : $"sign-in?back={Uri.EscapeDataString(back)}");
        await page.GetByText(language.Of("用单位账号登录", "Sign in with your organisation")).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Who are you?");
        return page;
    }
}

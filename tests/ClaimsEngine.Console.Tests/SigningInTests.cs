using System.Text.RegularExpressions;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests;

/// <summary>The way in and out, with the sample people of Development.</summary>
public sealed class SigningInTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    [Fact]
    public async Task One_click_signs_a_sample_person_in_and_another_signs_out()
    {
        var page = await SignIn("wang");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("待办事项");
        await Assertions.Expect(page.Locator("a.me")).ToContainTextAsync("wang");
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Assertions.Expect(page.GetByText("您已退出。")).ToBeVisibleAsync();
        await page.GotoAsync("claims");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in\\?back="));
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to_and_comes_back_to_the_page_they_wanted()
    {
        var page = await NewPage();
        await page.GotoAsync("claims?status=approved");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("登录");
        await page.Locator("button", new() { Has = page.Locator("strong:text-is('sun')") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/claims\\?status=approved$"));
        await Assertions.Expect(page.Locator("#filter-status")).ToHaveValueAsync("approved");
    }

    [Fact]
    public async Task The_language_is_what_the_browser_asks_for_and_a_button_changes_it()
    {
        var page = await SignIn("sun", Language.English);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Worklists");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("待办事项");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
    }
}

using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Journeys;

/// <summary>The Gansu case from enrolment to settled payout, on the pages of officer, approver and finance.</summary>
public sealed class GuidedCaseTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    /// <summary>Steps, changes of person and papers; more clicks than this go round in a circle.</summary>
    private const int Most = 25;

    [Fact]
    public async Task The_guided_case_leads_four_people_from_enrolment_to_money_on_the_account()
    {
        var page = await SignIn("wang", back: "guide");
        await GoOn(page, button => button.ClickAsync(), until: page.Locator(".guide + .ant-alert-success"));
        await Assertions.Expect(page.Locator(".guide + .ant-alert-success")).ToContainTextAsync("120,000.00元已到账");
        await page.GetByText("查看付款").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("已到账");
    }

    [Fact]
    public async Task Officer_and_approver_do_their_part_with_the_keyboard_alone()
    {
        var page = await NewPage();
        await page.GotoAsync("sign-in?back=guide");
        await Choose(page, page.Locator("button", new() { Has = page.Locator("strong:text-is('wang')") }));
        // when finance's turn has come, officer and approver are done
        await GoOn(page, button => Choose(page, button), until: page.Locator(".guide > li.now h2", new() { HasText = "授权付款" }));
        Assert.Equal(5, await page.Locator(".guide > li.past").CountAsync());
    }

    private static async Task GoOn(IPage page, Func<ILocator, Task> press, ILocator until)
    {
        for (var pressed = 0; pressed < Most; pressed++)
        {
            await page.WaitForLoadStateAsync();
            if (await until.CountAsync() > 0) return;
            var before = page.Url;
            var button = page.Locator(".guide > li.now button[type=submit]").First;
            var words = await page.Locator(".guide > li.now").InnerTextAsync();
            await press(button);
            // another address, another person, or the same step with one paper less
            await Assertions.Expect(page.Locator("body")).Not.ToContainTextAsync(words, new() { UseInnerText = true });
            Assert.True(pressed < Most - 1 || page.Url != before, "the guide goes round in a circle");
        }
    }

    /// <summary>Reaches a control by the Tab key, as somebody without a mouse does, and presses Enter.</summary>
    private static async Task Choose(IPage page, ILocator control)
    {
        for (var pressed = 0; pressed < 80; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await control.EvaluateAsync<bool>("one => one === document.activeElement")) continue;
            Assert.NotEqual("none",
                await control.EvaluateAsync<string>("one => getComputedStyle(one).outlineStyle"));   // the focus is seen
            await page.Keyboard.PressAsync("Enter");
            return;
        }
        Assert.Fail("the Tab key never came to the button");
    }
}

using System.Collections.Concurrent;
using ClaimsEngine.Console.Layout;
using ClaimsEngine.Console.People;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Host.Tests.Api;
using Deque.AxeCore.Playwright;

namespace ClaimsEngine.Console.Tests;

/// <summary>
/// axe-core over every page that a role finds in its menu, over the first thing in each list, and over the way in. A page that several
/// roles have is looked at once.
/// </summary>
public sealed class AccessibilityTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    private static readonly (string Name, Role Role)[] Sampled =
    [
        ("wang", Role.Officer), ("li", Role.Approver), ("zhao", Role.Finance), ("sun", Role.Auditor), ("wu", Role.PlanAdmin),
        ("ops", Role.Operator),
    ];

    [Theory]
    [InlineData(Language.Chinese)]
    [InlineData(Language.English)]
    public async Task Axe_finds_nothing_serious_on_any_page_of_any_role(Language language)
    {
        await Settled();
        await Documented();
        var (found, looked) = (new ConcurrentQueue<string>(), new HashSet<string>());
        var nobody = await NewPage(language);
        foreach (var address in (string[])["sign-in", "sign-in?failed=true", "sign-in?ended=true", "no-such-page"])
            await Look(nobody, address, "nobody", found);
        foreach (var person in Sampled)   // one after another: Playwright is not made for several threads
        {
            var page = await SignIn(person.Name, language);
            var menu = Menu.For(new Person(person.Name, [person.Role], RegionCode.National, language, null));
            foreach (var address in menu.SelectMany(group => group.Entries).Select(entry => entry.Address).Append("me"))
            {
                if (looked.Contains(address) || !await Look(page, address, person.Name, found)) continue;
                looked.Add(address);
                // the first row of a list leads to what the list is of
                if (await page.Locator("main tbody a[href]").CountAsync() == 0) continue;
                var detail = await page.Locator("main tbody a[href]").First.GetAttributeAsync("href");
                if (detail is null || detail.StartsWith("files/", StringComparison.Ordinal)) continue;
                await Look(page, detail, person.Name, found);
            }
        }
        Assert.True(found.IsEmpty, string.Join("\n", found.Distinct().Order()));
        Assert.Superset(new HashSet<string> { "", "claims", "enrolments", "payouts", "me" }, looked);
    }

    /// <returns>whether there is such a page</returns>
    private static async Task<bool> Look(IPage page, string address, string person, ConcurrentQueue<string> found)
    {
        var answer = await page.GotoAsync(address);
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);   // what streams in is there
        var axe = await page.RunAxe();
        foreach (var violation in axe.Violations.Where(one => one.Impact is "serious" or "critical"))
            foreach (var node in violation.Nodes.Take(3))
                found.Enqueue($"{person} {address}: {violation.Id} ({violation.Help}): {node.Html}");
        return answer?.Status != 404;
    }
}

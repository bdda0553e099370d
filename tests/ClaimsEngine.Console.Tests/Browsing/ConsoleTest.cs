using System.Collections.Concurrent;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Host;
using ClaimsEngine.Host.Tests.Api;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Console.Tests.Browsing;

/// <summary>
/// A test in the browser, against the host of the tests over HTTP: cases are brought on their way through the API, as there. Every person
/// has a browser context of their own. What a page says in the browser's console, and what the host cannot answer, fails the test.
/// </summary>
public abstract class ConsoleTest(ApiFixture api, Chromium chromium) : ApiTest(api), IAsyncLifetime
{
    /// <summary>Where pictures of failed tests go.</summary>
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "TestResults");

    private readonly ConcurrentBag<IBrowserContext> contexts = [];
    private readonly ConcurrentQueue<string> troubles = [];
    private readonly int logged = api.Log.Lines.Count;

    /// <summary>Set by a test that breaks something on purpose: then pages may complain.</summary>
    protected bool BreaksSomething { get; set; }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The page of a sample person who has just signed in.</summary>
    /// <param name="person">as on the sign-in page: <c>wang</c></param>
    /// <param name="host">null is the host of all tests</param>
    protected async Task<IPage> SignIn(
        string person, Language language = Language.Chinese, Uri? host = null, int width = 1280, string back = "")
    {
        var page = await NewPage(language, host, width);
        await page.GotoAsync(back.Length == 0 ? "sign-in" : $"sign-in?back={Uri.EscapeDataString(back)}");
        await page.Locator("button", new() { Has = page.Locator($"strong:text-is('{person}')") }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in") && !url.Contains("/session/"));
        return page;
    }

    /// <summary>A page of nobody, in a context of its own. Addresses are relative to the host.</summary>
    protected async Task<IPage> NewPage(Language language = Language.Chinese, Uri? host = null, int width = 1280)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = (host ?? Api.Address).ToString(), Locale = language.Code(), IgnoreHTTPSErrors = true,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(15_000);
        contexts.Add(context);
        context.Page += (_, page) => Watch(page);
        return await context.NewPageAsync();
    }

    /// <summary>Where a host listens.</summary>
    protected Uri AddressOf(ClaimsHost host)
    {
        using var client = Api.NewClient(host);
        return client.BaseAddress!;
    }

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            // the answer itself is judged below
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                troubles.Enqueue($"console: {message.Text} ({page.Url})");
        };
        page.PageError += (_, error) => troubles.Enqueue($"script: {error} ({page.Url})");
        page.Response += (_, response) =>
        {
            if (response.Status >= 500) troubles.Enqueue($"{response.Status} {response.Url}");
        };
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed || (!BreaksSomething && !troubles.IsEmpty);
        if (failed)
            foreach (var line in Api.Log.Lines.Skip(logged).Where(line => line.Level is LogLevel.Error or LogLevel.Critical).TakeLast(5))
                TestContext.Current.TestOutputHelper?.WriteLine(line.ToString());
        foreach (var (context, number) in contexts.Select((context, number) => (context, number)))
        {
            if (failed) await Picture(context, number);
            await context.DisposeAsync();
        }
        if (!BreaksSomething) Assert.Empty(troubles);
    }

    private static async Task Picture(IBrowserContext context, int number)
    {
        Directory.CreateDirectory(Pictures);
        var test = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "test").Split(Path.GetInvalidFileNameChars()));
        foreach (var (page, tab) in context.Pages.Select((page, tab) => (page, tab)))
        {
            try
            {
                await page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(Pictures, $"{(test.Length > 150 ? test[^150..] : test)}-{number}-{tab}.png"),
                    FullPage = true, Timeout = 5_000,
                });
            }
            catch (PlaywrightException)
            {
                // a page that cannot be drawn any more has no picture
            }
        }
    }
}

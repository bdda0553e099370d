using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Console.Tests.Safety;

/// <summary>Names, file names and notes that want to be more than text.</summary>
public sealed class HostileTextTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    private const string Markup = "<script>window.ran=1</script><img src=x onerror=window.ran=1>\"'><b>";

    [Fact]
    public async Task Markup_in_names_and_file_names_is_shown_as_text_and_runs_nothing()
    {
        var code = Sample.NewCode("hostile");
        var employer = await Officer.Post("/api/employers", new { code, name = $"单位{Markup}", region = "620602", staff = 10, women = 4 });
        Assert.Equal(201, employer.Status);
        var made = await Submitted();
        var file = await Officer.Do($"/api/claims/{made.Claim}/documents", Sample.Document("eventStatement",
            $"{Markup.Replace('/', '∕')}.pdf"));
        Assert.Equal(200, file.Status);

        foreach (var person in (string[])["wang", "sun"])
        {
            var page = await SignIn(person);
            foreach (var address in (string[])[
                $"claims/{made.Claim}", "claims", "employers", $"employers/{code}", $"enrolments/{made.Enrolment}",
                $"claims?number={Uri.EscapeDataString(Markup)}", $"search?q={Uri.EscapeDataString(Markup)}",
                    $"no-such-page{Uri.EscapeDataString(Markup)}",
                $"sign-in?back={Uri.EscapeDataString(Markup)}"])
            {
                await page.GotoAsync(address);
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                Assert.False(await page.EvaluateAsync<bool>("() => 'ran' in window"), address);
                Assert.Equal(0, await page.Locator("img[src='x']").CountAsync());
            }
        }
    }

    [Theory]
    [InlineData("‮txt.exe")]
    [InlineData("a‏b‎")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    public async Task Marks_that_turn_text_around_do_not_get_into_a_name(string mark)
    {
        var answer = await Officer.Post("/api/employers", new { code = Sample.NewCode("bidi"), name = $"单位{mark}", region = "620602",
            staff = 10, women = 4 });
        Assert.True(answer.Status is 400 or 422, answer.ToString());
    }
}

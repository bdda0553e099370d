using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Console.Tests.Safety;

/// <summary>What another site could make a signed-in browser do: nothing.</summary>
public sealed partial class FormTests(ApiFixture api, Chromium chromium) : ConsoleTest(api, chromium)
{
    [Fact]
    public async Task Every_address_of_the_console_that_takes_a_form_asks_for_its_token()
    {
        using var browser = await SignedClient.For(Api, "wang");
        // a quote is asked by a form of GET, which has no token, and stores nothing
        var addresses = Forms().Where(address => address != "/previews/quote").ToArray();
        Assert.Contains("/session/end", addresses);
        Assert.Contains("/claims/" + Guid.Empty, addresses);
        foreach (var address in addresses)
        {
            var answer = await browser.Post(address, ("_handler", "assess"), ("name", "wang"), ("language", "en"));
            // a page of another role is refused before its form is looked at
            Assert.True(
                answer.StatusCode == System.Net.HttpStatusCode.BadRequest || answer.Headers.Location?.AbsolutePath == "/not-allowed",
                $"{address} → {answer.StatusCode} {answer.Headers.Location}");
        }
        // the one token opens for its own person alone
        using var other = await SignedClient.For(Api, "chen");
        var stolen = await other.Token("me");
        Assert.Equal(400, (int)(await browser.Post("/session/for", ("for", "li"), ("__RequestVerificationToken", stolen))).StatusCode);
        Assert.Equal(200, (int)(await browser.Get("/me")).StatusCode);
    }

    [Fact]
    public async Task The_console_s_cookie_opens_no_address_of_the_API()
    {
        using var browser = await SignedClient.For(Api, "wang");
        Assert.Equal(401, (int)(await browser.Get("/api/claims")).StatusCode);
        Assert.Equal(401, (int)(await browser.Post("/api/claims")).StatusCode);
        // files are passed through, commands are not
        Assert.Equal(405, (int)(await browser.Post("/files/api/claims")).StatusCode);
    }

    [Theory]
    [InlineData("//stranger.example")]
    [InlineData("///stranger.example")]
    [InlineData("https://stranger.example/")]
    [InlineData("\\\\stranger.example")]
    [InlineData("/\\stranger.example")]
    [InlineData("\\/stranger.example")]
    [InlineData("/\t/stranger.example")]
    [InlineData("\t//stranger.example")]
    [InlineData("%2f%2fstranger.example")]
    [InlineData("@stranger.example")]
    [InlineData(":80@stranger.example")]
    [InlineData(".stranger.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("claims\r\nLocation: https://stranger.example")]
    public async Task The_way_back_leads_to_no_other_site(string back)
    {
        using var browser = await SignedClient.For(Api, "wang", back);
        var token = await browser.Token("me");
        var language = await browser.Post("/session/language", ("language", "en"), ("back", back), ("__RequestVerificationToken", token));
        foreach (var location in (Uri?[])[browser.CameTo, language.Headers.Location])
        {
            Assert.NotNull(location);
            var resolved = new Uri(Api.Address, location);
            Assert.Equal((Api.Address.Host, Api.Address.Port, "http"), (resolved.Host, resolved.Port, resolved.Scheme));
            Assert.DoesNotMatch(@"^[/\\]{2}|^/[\t\r\n]", location.OriginalString);
        }
        Assert.DoesNotContain(language.Headers, header => header.Value.Any(value => value.Contains('\n', StringComparison.Ordinal)));
    }

    /// <summary>Every address that takes a form, with made-up values in its places.</summary>
    private IEnumerable<string> Forms() => Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
        .Select(endpoint => endpoint.RoutePattern)
        .Where(pattern => !ForPrograms().IsMatch("/" + pattern.RawText?.TrimStart('/')))
        .Select(pattern => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(ValueOf)))))
        .Where(address => !address.StartsWith("/_", StringComparison.Ordinal)).Distinct().Order();

    private static string ValueOf(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart { ParameterPolicies: [{ Content: "guid" }, ..] } => Guid.Empty.ToString(),
        _ => "1",
    };

    [GeneratedRegex("^/(api|health|metrics|openapi|problems|docs|files|certificates|_blazor|_framework)(/|$)")]
    private static partial Regex ForPrograms();
}

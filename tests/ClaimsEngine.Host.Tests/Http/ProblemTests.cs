using ClaimsEngine.Host.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Http;

public sealed class ProblemTests : IAsyncLifetime
{
    private sealed record Order(Money Amount, LocalDate Day, ClaimId? Claim = null, Sex? Sex = null, Order? Next = null);

    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.Start(routes: MapRoutes);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_unknown_route_is_not_found() => await (await host.Get("/api/nowhere")).ShouldBeProblem(404, "not-found");

    [Fact]
    public async Task A_wrong_method_is_not_allowed_and_the_right_one_named()
    {
        var answer = await host.Get("/api/orders");
        await answer.ShouldBeProblem(405, "method-not-allowed");
        Assert.Contains("POST", answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_unsupported() =>
        await (await host.Client.PostAsync("/api/orders", new StringContent("<order/>"), TestContext.Current.CancellationToken))
            .ShouldBeProblem(415, "unsupported-media-type");

    [Fact]
    public async Task An_unexpected_exception_tells_the_trace_id_and_nothing_else()
    {
        var answer = await host.Get("/api/broken?name=secret");
        var problem = await answer.ShouldBeProblem(500, "internal-error");
        var text = problem.GetRawText();
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.False(problem.TryGetProperty("detail", out _));
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_missing_body_is_a_bad_request(string json) =>
        await (await host.PostJson("/api/orders", json)).ShouldBeProblem(400, "bad-request");

    [Fact]
    public async Task An_unreadable_parameter_is_a_bad_request() =>
        await (await host.Get("/api/page?limit=many")).ShouldBeProblem(400, "bad-request");

    [Fact]
    public async Task The_same_holds_in_production()
    {
        await using var production = await TestHost.Start(
            "Production", new() { ["Auth:Authority"] = "https://issuer.test", ["Auth:Audience"] = "x" }, routes: MapRoutes);
        await (await production.Get("/api/page?limit=many")).ShouldBeProblem(400, "bad-request");
        await (await production.Get("/api/broken")).ShouldBeProblem(500, "internal-error");
    }

    [Fact]
    public async Task A_refusal_of_ones_own_carries_its_code_title_and_detail()
    {
        var problem = await (await host.Get("/api/refused")).ShouldBeProblem(409, "four-eyes");
        Assert.Equal("须由另一人审批", problem.GetProperty("titleZh").GetString());
        Assert.Equal("assessed by wang", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_caller_who_left_is_not_an_error()
    {
        using var leave = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Client.GetAsync("/api/slow", leave.Token));
        Assert.Equal(200, (int)(await host.Get("/api/open")).StatusCode);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_too_large()
    {
        // Kestrel enforces the limit, so this host listens.
        await using var app = TestHost.Build("Development", new() { ["Http:MaxBodyBytes"] = "1000" }, services: null,
            builder => builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0"));
        MapRoutes(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(Address(app)) };
        var body = new StringContent(new string(' ', 1001), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var answer = await client.PostAsync("/api/orders", body, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblem(413, "body-too-large");
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Answers_carry_the_security_headers_also_when_they_fail()
    {
        foreach (var path in new[] { "/api/open", "/api/broken", "/api/nowhere" })
        {
            var headers = (await host.Get(path)).Headers;
            Assert.Equal(["nosniff"], headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["no-referrer"], headers.GetValues("Referrer-Policy"));
            Assert.True(headers.CacheControl?.NoStore);
            Assert.StartsWith("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_keeps_the_policy_that_it_sets() =>
        Assert.Equal(["default-src 'self'"], (await host.Get("/page")).Headers.GetValues("Content-Security-Policy"));

    private static string Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static void MapRoutes(WebApplication app)
    {
        app.MapPost("/api/orders", (Order order) => order.Amount.ToString());
        app.MapGet("/api/page", (int limit) => limit);
        app.MapGet("/api/broken", string () => throw new InvalidOperationException("a secret of the database"));
        app.MapGet("/api/slow", (CancellationToken gone) => Task.Delay(TimeSpan.FromMinutes(1), gone));
        app.MapGet("/api/refused", () =>
            new ProblemDocument(409, "four-eyes", "A second person decides", "assessed by wang", TitleZh: "须由另一人审批"));
        app.MapGet("/page", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return "page";
        });
    }
}

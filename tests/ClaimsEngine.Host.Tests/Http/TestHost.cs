using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using OpenTelemetry.Exporter;

namespace ClaimsEngine.Host.Tests.Http;

/// <summary>A host of the HTTP rooms alone, in memory, with the routes that a test adds.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestHost(WebApplication app) => (this.app, Client) = (app, app.GetTestClient());

    public static DevelopmentTokenKey Key { get; } = new(RandomNumberGenerator.GetBytes(32));

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<TestHost> Start(
        string environment = "Development", Dictionary<string, string?>? configuration = null,
        Action<IServiceCollection>? services = null, Action<WebApplication>? routes = null)
    {
        var app = Build(environment, configuration, services, builder => builder.WebHost.UseTestServer());
        app.MapGet("/api/me", (HttpContext context) => context.Actor() is { } actor
            ? Results.Json(new Me(
                actor.Id, [.. actor.Roles.Select(role => role.Name())], actor.Region.Value, actor.ApprovalLimit?.ToString()))
            : Results.NoContent()).RequireAuthorization();
        app.MapGet("/api/open", () => "open").AllowAnonymous();
        routes?.Invoke(app);
        await app.StartAsync();
        return new TestHost(app);
    }

    public static WebApplication Build(
        string environment, Dictionary<string, string?>? configuration, Action<IServiceCollection>? services,
            Action<WebApplicationBuilder> server)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(configuration ?? []);
        builder.AddTelemetry();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);   // some logging must be on: only then has a request a trace id
        builder.AddProblems();
        builder.AddBearerAuthentication(ProblemAnswers.Write);
        builder.AddRateLimits();
        builder.AddApiDescription();
        builder.Services.AddSingleton(Key);
        builder.Services.Configure<PrometheusAspNetCoreOptions>(page => page.ScrapeResponseCacheDurationMilliseconds =
            0);   // a test reads it twice in a moment
        services?.Invoke(builder.Services);
        server(builder);
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();
        app.MapDevelopmentTokens();
        app.MapMetrics();
        app.MapApiDescription();
        return app;
    }

    public static string TokenFor(string user, string region = "620602", params Role[] roles) =>
        DevelopmentTokens.Issue(Key, user, roles, RegionCode.Of(region), SystemClock.Instance.GetCurrentInstant()).Token;

    public Task<HttpResponseMessage> Get(string path, string? token = null) => Send(new HttpRequestMessage(HttpMethod.Get, path), token);

    public Task<HttpResponseMessage> Send(HttpRequestMessage request, string? token)
    {
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostJson(string path, string json) =>
        Client.PostAsync(path, new StringContent(json, new MediaTypeHeaderValue("application/json")),
            TestContext.Current.CancellationToken);

    public async Task<Me> WhoIs(string token)
    {
        var answer = await Get("/api/me", token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Me>())!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

internal sealed record Me(string Id, string[] Roles, string Region, string? Limit);

internal static class ProblemAssertions
{
    /// <summary>The answer is a complete problem document of this status and code.</summary>
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        return problem;
    }

    public static string Error(this JsonElement problem, string field) => problem.GetProperty("errors").GetProperty(field)[0].GetString()!;
}

using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Tests.Http;

public sealed class RateLimitTests
{
    private static readonly Dictionary<string, string?> ThreeAtOnce = new() { ["RateLimit:Burst"] = "3", ["RateLimit:PerSecond"] = "1" };

    [Fact]
    public async Task Beyond_its_burst_a_caller_waits()
    {
        await using var host = await TestHost.Start(configuration: ThreeAtOnce);
        for (var i = 0; i < 3; i++) Assert.Equal(200, (int)(await host.Get("/api/open")).StatusCode);
        var answer = await host.Get("/api/open");
        await answer.ShouldBeProblem(429, "too-many-requests");
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
    }

    [Fact]
    public async Task Each_subject_has_a_bucket_of_its_own_whatever_token_it_uses()
    {
        await using var host = await TestHost.Start(configuration: ThreeAtOnce);
        for (var i = 0; i < 3; i++) await host.WhoIs(TestHost.TokenFor("wang", "62", (Role)i));
        await (await host.Get("/api/me", TestHost.TokenFor("wang", "11"))).ShouldBeProblem(429, "too-many-requests");
        Assert.Equal("li", (await host.WhoIs(TestHost.TokenFor("li"))).Id);
    }

    [Fact]
    public async Task Metrics_and_health_are_never_limited()
    {
        await using var host = await TestHost.Start(configuration: ThreeAtOnce);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (int)(await host.Get("/metrics")).StatusCode);
            Assert.Equal(404, (int)(await host.Get("/health/live")).StatusCode);   // the composition maps it, not this host
        }
    }

    [Fact]
    public async Task A_limit_of_nothing_is_refused_at_the_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.Start(configuration: new() { ["RateLimit:PerSecond"] = "0" }));
}

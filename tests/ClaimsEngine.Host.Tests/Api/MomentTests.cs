using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Moments and days of a query: those of the years 1 to 9999, which are all that is stored.</summary>
public sealed class MomentTests(ApiFixture api) : ApiTest(api)
{
    private Caller Reader => Api.As("reader", "officer,approver,finance,auditor,plan-admin,operator", "");

    [Theory]
    [InlineData("-0001-01-01T00:00:00Z")]
    [InlineData("-9998-01-01T00:00:00Z")]
    [InlineData("0000-12-31T23:59:59Z")]
    [InlineData("0000-12-31T23:59:59-01:00")]
    [InlineData("0001-01-01T00:00:00%2B14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("2025-02-30T00:00:00Z")]
    [InlineData("yesterday")]
    public async Task A_moment_that_cannot_be_is_named_on_every_route_that_takes_one(string moment)
    {
        var takers = 0;
        foreach (var path in Queries())
        {
            // An id of nothing: 404 from a route that takes the moment, 422 from one that knows no such parameter.
            if ((await Ask(path, "asOf=2025-10-20T08:30:00Z")).Status == 422) continue;
            (await Ask(path, $"asOf={moment}")).IsProblemOf(422, "invalid-request", "asOf");
            takers++;
        }
        Assert.True(takers >= 20, $"{takers} routes take asOf");
        foreach (var name in (string[])["from", "to"])
            (await Reader.Get($"/api/audit/events?{name}={moment}")).IsProblemOf(422, "invalid-request", name);
    }

    [Theory]
    [InlineData("-0001-01-01")]
    [InlineData("0000-01-01")]
    [InlineData("10000-01-01")]
    [InlineData("2025-02-30")]
    public async Task A_day_that_cannot_be_is_named_on_every_route_that_takes_one(string day)
    {
        foreach (var path in (string[])["/api/claims", "/api/enrolments", "/api/payouts", "/api/finance/payouts"])
        foreach (var name in (string[])["from", "to"])
            (await Reader.Get($"{path}?{name}={day}")).IsProblemOf(422, "invalid-request", name);
        (await Reader.Get($"/api/members/{Guid.NewGuid()}/cover?on={day}")).IsProblemOf(422, "invalid-request", "on");
    }

    /// <summary>Every route that answers a question, with ids of nothing.</summary>
    private IEnumerable<string> Queries() => Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<AccessPolicy>() is not null
            && !endpoint.RoutePattern.RawText!.StartsWith("/api/operations/", StringComparison.Ordinal))   // they look at no query at all
        .Where(endpoint => endpoint.RoutePattern.RawText == Quotes
            || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
        .Select(endpoint => string.Join('/', endpoint.RoutePattern.RawText!.Split('/').Select(part =>
            !part.StartsWith('{') ? part : part.EndsWith(":int}", StringComparison.Ordinal) ? "1" : Guid.NewGuid().ToString())));

    private Task<Reply> Ask(string path, string query) => path.EndsWith("/quotes", StringComparison.Ordinal)
        ? Reader.Post($"{path}?{query}", new { }) : Reader.Get($"{path}?{query}");

    private const string Quotes = "/api/plans/{plan}/quotes";
}

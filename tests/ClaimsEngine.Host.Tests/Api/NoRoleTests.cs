using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A token without any role: somebody of the issuer's other applications.</summary>
public sealed class NoRoleTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Who_has_no_role_reads_and_does_nothing()
    {
        var (stranger, asked) = (Api.As("stranger", "", ""), 0);
        foreach (var endpoint in Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AccessPolicy>() is not null))
        foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
        {
            var path = string.Join('/', endpoint.RoutePattern.RawText!.Split('/').Select(part => part switch
            {
                "{plan}" or "{programme}" => Sample.SeededPlan,
                _ when part.EndsWith(":int}", StringComparison.Ordinal) => "1",
                _ => part.StartsWith('{') ? Guid.NewGuid().ToString() : part,
            }));
            var request = stranger.Request(new HttpMethod(method), path, method == "GET" ? null : "{}");
            var reply = await stranger.Send(request);
            if (method == "HEAD") Assert.Equal(403, reply.Status);   // an answer to HEAD has no body
            else reply.IsProblemOf(403, "role-missing");
            asked++;
        }
        Assert.True(asked >= 60, $"{asked} routes");
    }

    [Fact]
    public async Task Any_role_reads_plans_and_programmes()
    {
        foreach (var role in Enum.GetValues<Role>())
        foreach (var path in (string[])["/api/plans", $"/api/plans/{Sample.SeededPlan}", $"/api/programmes/{Sample.SeededPlan}/places"])
            (await Api.As($"reader-{role.Name()}", role.Name(), "").Get(path)).Is(200);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.Tokens;
using NodaTime;

namespace ClaimsEngine.Host.Tests.Auth;

/// <summary>The host's own tokens, and what is no token.</summary>
public sealed class DevelopmentTokenTests : IAsyncLifetime
{
    private const string UnknownAlgorithm = "the token is signed with an algorithm that is not accepted";

    private TestHost host = null!;

    private static Instant Now => SystemClock.Instance.GetCurrentInstant();

    public async ValueTask InitializeAsync() =>
        host = await TestHost.Start(routes: app =>
            app.MapGet("/api/finance", () => "books").RequireAuthorization(policy => policy.RequireRole("finance")));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_issued_token_lets_its_bearer_in()
    {
        var answer = await host.PostJson("/api/dev/tokens", """{"user":"wang","roles":["officer","planAdmin"],"region":"620600"}""");
        Assert.Equal(200, (int)answer.StatusCode);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var expires = DateTimeOffset.Parse(body.GetProperty("expiresAt").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((expires - DateTimeOffset.UtcNow).TotalHours, 11.9, 12.1);
        Assert.EndsWith("Z", body.GetProperty("expiresAt").GetString());

        var me = await host.WhoIs(body.GetProperty("token").GetString()!);
        Assert.Equal("wang", me.Id);
        Assert.Equal(["officer", "plan-admin"], me.Roles);
        Assert.Equal(("6206", "200000.00"), (me.Region, me.Limit));
    }

    [Fact]
    public async Task Without_a_region_the_bearer_is_national()
    {
        var answer = await host.PostJson("/api/dev/tokens", """{"user":"head-office"}""");
        var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString()!;
        Assert.Equal("", (await host.WhoIs(token)).Region);
    }

    [Theory]
    [InlineData("""{"user":"wang","rolez":["officer"]}""", "rolez")]
    [InlineData("""{"roles":["officer"]}""", "user")]
    [InlineData("""{"user":"   "}""", "user")]
    [InlineData("""{"user":"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"}""", "user")]
    [InlineData("""{"user":17}""", "user")]
    [InlineData("""{"user":"wang","roles":["officer","king"]}""", "roles.1")]
    [InlineData("""{"user":"wang","roles":[null]}""", "roles.0")]
    [InlineData("""{"user":"wang","region":"99"}""", "region")]
    [InlineData("", "user")]
    [InlineData("[]", "body")]
    public async Task A_wrong_request_is_told_which_field(string json, string field) =>
        Assert.NotEmpty((await (await host.PostJson("/api/dev/tokens", json)).ShouldBeProblem(422, "invalid-request")).Error(field));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Outside_development_the_route_does_not_exist(string environment)
    {
        await using var other = await TestHost.Start(
            environment, new() { ["Auth:Authority"] = "https://issuer.test", ["Auth:Audience"] = "x",
                ["Auth:DevelopmentTokens"] = "true" });
        await (await other.PostJson("/api/dev/tokens", """{"user":"wang"}""")).ShouldBeProblem(404, "not-found");
        await (await other.Get("/api/me", TestHost.TokenFor("wang"))).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_of_another_key_is_refused()
    {
        var other = new DevelopmentTokenKey(RandomNumberGenerator.GetBytes(32));
        await Refused(DevelopmentTokens.Issue(other, "wang", [], RegionCode.National, Now).Token, "the token's signature is wrong");
    }

    [Fact]
    public async Task An_expired_token_is_refused() => await Refused(
        DevelopmentTokens.Issue(TestHost.Key, "wang", [], RegionCode.National, Now - Duration.FromHours(13)).Token,
            "the token has expired");

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var parts = TestHost.TokenFor("wang").Split('.');
        await Refused($"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.", UnknownAlgorithm);
    }

    [Theory]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("hs256")]
    [InlineData("NONE")]
    public async Task Another_algorithm_is_refused(string algorithm)
    {
        var parts = TestHost.TokenFor("wang").Split('.');
        await Refused($"{Encode($$"""{"alg":"{{algorithm}}"}""")}.{parts[1]}.{parts[2]}", UnknownAlgorithm);
    }

    [Fact]
    public async Task An_encrypted_token_is_refused()
    {
        var header = Encode("""{"alg":"dir","enc":"A128CBC-HS256","zip":"DEF"}""");
        await Refused($"{header}..aaaa.bbbb.cccc", "encrypted tokens are not accepted");
        await Refused($"{header}.aaaa.bbbb", "the token is not a signed JWT");
    }

    [Fact]
    public async Task An_oversized_token_is_refused() => await Refused(new string('a', 8 * 1024 + 1), "the token is too large");

    [Theory]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("!!.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    public async Task What_is_no_token_is_refused(string token) =>
        await (await host.Get("/api/me", token)).ShouldBeProblem(401, "unauthenticated");

    [Fact]
    public async Task A_header_with_a_repeated_member_is_refused()
    {
        var parts = TestHost.TokenFor("wang").Split('.');
        await Refused($"{Encode("""{"alg":"HS256","alg":"none"}""")}.{parts[1]}.{parts[2]}", UnknownAlgorithm);
    }

    [Fact]
    public async Task Without_a_token_the_scheme_is_named_and_no_error()
    {
        var answer = await host.Get("/api/me");
        await answer.ShouldBeProblem(401, "unauthenticated");
        Assert.Equal("Bearer realm=\"claims-engine\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_role_that_is_missing_is_forbidden()
    {
        await (await host.Get("/api/finance", TestHost.TokenFor("wang", "62", Role.Officer))).ShouldBeProblem(403, "forbidden");
        Assert.Equal(200, (int)(await host.Get("/api/finance", TestHost.TokenFor("li", "62", Role.Finance))).StatusCode);
    }

    [Fact]
    public async Task A_bad_token_does_not_close_what_is_open() => Assert.Equal(200, (int)(await host.Get("/api/open", "x")).StatusCode);

    private async Task Refused(string token, string reason)
    {
        var problem = await (await host.Get("/api/me", token)).ShouldBeProblem(401, "unauthenticated");
        Assert.Equal(reason, problem.GetProperty("detail").GetString());
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));
}

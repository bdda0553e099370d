using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Tests.Auth;
using ClaimsEngine.Host.Tests.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Tokens whose JSON holds what is no text: half of a surrogate pair, which JSON can write and no program can read.</summary>
public sealed class HostileTokenTests(ApiFixture api) : ApiTest(api)
{
    private const string Good = """{"alg":"HS256","typ":"JWT"}""";

    private static readonly string[] Open = ["/health/live", "/health/ready", "/problems", "/openapi/v1.json", "/metrics"];

    public static TheoryData<string> Headers =>
    [
        """{"alg":"\ud800"}""", """{"alg":"HS256","typ":"\ud800"}""", """{"typ":"\udfff","alg":"HS256"}""",
        """{"alg":"HS256","kid":"\ud800"}""", """{"alg":"HS256","enc":"\ud800"}""", """{"alg":"HS256","cty":"\ud800"}""",
        """{"alg":"HS256","x5t":"\ud800"}""", """{"alg":"HS256","crit":["\ud800"]}""", """{"alg":"HS256","\ud800":1}""",
        """{"alg":["\ud800"]}""", "null", "[]", "7", "\"HS256\"", "{",
    ];

    public static TheoryData<string> Payloads =>
    [
        """{"iss":"\ud800"}""", """{"sub":"\ud800"}""", """{"aud":"\ud800"}""", """{"aud":["\ud800"]}""", """{"region":"\ud800"}""",
        """{"roles":"\ud800"}""", """{"roles":["officer","\ud800"]}""", """{"roles":[["\ud800"]]}""", """{"exp":"\ud800"}""",
        """{"jti":"\ud800"}""", """{"act":{"sub":"\ud800"}}""", """{"\ud800":1}""", "null", "[]", "7", "\"sub\"", "{",
    ];

    [Theory, MemberData(nameof(Headers))]
    public async Task A_header_that_holds_no_text_is_refused_on_every_path(string header)
    {
        await IsNobody($"{Encode(header)}.{Encode("{}")}.x");
        await IsNobody(Signed(header, Claims()));
    }

    [Theory, MemberData(nameof(Payloads))]
    public async Task Claims_that_hold_no_text_are_refused_on_every_path(string claims)
    {
        await IsNobody($"{Encode(Good)}.{Encode(claims)}.x");
        await IsNobody($"{Encode("""{"alg":"RS256"}""")}.{Encode(claims)}.x");
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("region")]
    [InlineData("roles")]
    [InlineData("jti")]
    public async Task Claims_that_hold_no_text_are_refused_though_their_signature_is_right(string claim)
    {
        (await Get(Signed(Good, Claims()), "/api/plans")).Is(200);
        await IsNobody(Signed(Good, Claims(new() { [claim] = "\"\\ud800\"" })));
        await IsNobody(Signed(Good, Claims(new() { [claim] = "[\"officer\",\"\\udfff\"]" })));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("region")]
    [InlineData("roles")]
    [InlineData("jti")]
    public async Task An_issuers_claims_that_hold_no_text_are_refused_in_production(string claim)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var host = await TestHost.Start("Production",
            new() { ["Auth:Authority"] = FakeIssuer.Address, ["Auth:Audience"] = FakeIssuer.Audience },
            services => services.Configure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme, bearer => bearer.Backchannel = issuer.Client()));
        string TokenWith(string claims)
        {
            var text = $"{Encode("""{"alg":"RS256","kid":"first"}""")}.{Encode(claims)}";
            var signature = issuer.Key.Rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{text}.{Base64UrlEncoder.Encode(signature)}";
        }
        Dictionary<string, string> issued = new() { ["iss"] = $"\"{FakeIssuer.Address}\"", ["aud"] = $"\"{FakeIssuer.Audience}\"" };
        Assert.Equal("wang", (await host.WhoIs(TokenWith(Claims(issued)))).Id);
        foreach (var json in (string[])["\"\\ud800\"", "[\"officer\",\"\\udfff\"]"])
            await (await host.Get("/api/me", TokenWith(Claims(new(issued) { [claim] = json })))).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task What_is_no_token_counts_against_the_rate_limit()
    {
        await using var host = await TestHost.Start(
            configuration: new() { ["RateLimit:Burst"] = "3", ["RateLimit:PerSecond"] = "1" });
        var token = $"{Encode("""{"alg":"\ud800"}""")}.{Encode("{}")}.x";
        for (var i = 0; i < 3; i++) await (await host.Get("/api/me", token)).ShouldBeProblem(401, "unauthenticated");
        await (await host.Get("/api/me", token)).ShouldBeProblem(429, "too-many-requests");
    }

    /// <summary>Who sends this token is nobody: what is open to everybody stays open, all else is 401.</summary>
    private async Task IsNobody(string token)
    {
        foreach (var path in Open) (await Get(token, path)).Is(200);
        foreach (var path in (string[])["/api/plans", "/api/claims?asOf=x", "/api/audit/events"])
            (await Get(token, path)).IsProblemOf(401, "unauthenticated");
        (await Get(token, "/api/nothing")).IsProblemOf(404, "not-found");
    }

    private Task<Reply> Get(string token, string path) => Api.Anonymous.Send(Api.Anonymous.Request(HttpMethod.Get, path, null,
        message => message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token)));

    /// <summary>The claims of a good token.</summary>
    /// <param name="change">those that are others, and their JSON</param>
    private static string Claims(Dictionary<string, string>? change = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, string>
        {
            ["iss"] = $"\"{DevelopmentTokens.Issuer}\"", ["aud"] = $"\"{DevelopmentTokens.Audience}\"", ["sub"] = "\"wang\"",
            ["roles"] = "[\"officer\"]", ["region"] = "\"62\"", ["nbf"] = $"{now - 5}", ["exp"] = $"{now + 600}",
        };
        foreach (var (claim, json) in change ?? []) claims[claim] = json;
        return $"{{{string.Join(',', claims.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    private string Signed(string header, string claims)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        var key = Api.Services.GetRequiredService<DevelopmentTokenKey>().Key;
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));
}

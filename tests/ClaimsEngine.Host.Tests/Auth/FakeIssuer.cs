using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Tests.Auth;

/// <summary>An OpenID Connect issuer of two documents, in memory.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Address = "https://issuer.test";
    public const string Audience = "claims-api";

    // Made once: a new RSA key costs a tenth of a second and more.
    private static readonly RSA First = RSA.Create(2048), Second = RSA.Create(2048), Stranger = RSA.Create(2048);

    private readonly WebApplication app;
    private int fetches;

    private FakeIssuer(WebApplication app) => this.app = app;

    public RsaSecurityKey Key { get; private set; } = new(First) { KeyId = "first" };

    public int Fetches => fetches;

    public bool Down { get; set; }

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var issuer = new FakeIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration",
            () => issuer.Document(new { issuer = Address, jwks_uri = $"{Address}/keys" }));
        issuer.app.MapGet("/keys", issuer.Keys);
        await issuer.app.StartAsync();
        return issuer;
    }

    public HttpClient Client() => app.GetTestClient();

    public void Rotate() => Key = new(Second) { KeyId = "second" };

    /// <summary>
    /// A token with the usual claims, except where <paramref name="change"/> says otherwise (a null removes the claim), and with these
    /// <paramref name="header"/> members besides the usual.
    /// </summary>
    public string Token(
        Dictionary<string, object?>? change = null, SigningCredentials? signing = null, Dictionary<string, object>? header = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Address, ["aud"] = Audience, ["sub"] = "u-17", ["roles"] = new[] { "officer" }, ["region"] = "6206",
            ["iat"] = now, ["nbf"] = now, ["exp"] = now + 600,
        };
        foreach (var (name, value) in change ?? [])
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }
        signing ??= new SigningCredentials(Key, SecurityAlgorithms.RsaSha256);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }
            .CreateToken(JsonSerializer.Serialize(claims), signing, header ?? []);
    }

    /// <summary>A key that is never the issuer's.</summary>
    public static RsaSecurityKey StrangersKey(string id) => new(Stranger) { KeyId = id };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Keys()
    {
        Interlocked.Increment(ref fetches);
        var numbers = Key.Rsa.ExportParameters(includePrivateParameters: false);
        return Document(new
        {
            keys = new[]
            {
                new { kty = "RSA", use = "sig", kid = Key.KeyId, n = Base64UrlEncoder.Encode(numbers.Modulus),
                    e = Base64UrlEncoder.Encode(numbers.Exponent) },
            },
        });
    }

    private IResult Document(object document) => Down ? Results.StatusCode(500) : Results.Json(document);
}

using System.Text.Json;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.Pipeline;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Auth;

/// <summary>The secret that signs the host's own tokens (HS256): at least 32 random bytes.</summary>
public sealed record DevelopmentTokenKey(byte[] Key)
{
    public byte[] Key { get; } = Key.Length >= 32 ? Key : throw new ArgumentException("a development token key has at least 32 bytes", nameof(Key));

    /// <summary>Never the key itself.</summary>
    public override string ToString() => nameof(DevelopmentTokenKey);
}

/// <param name="User">becomes the token's subject, 1 to 64 characters</param>
/// <param name="Roles">names as in <see cref="RoleNames"/>; none is a person who may do nothing</param>
/// <param name="Region">GB/T 2260 code or its prefix; none is national</param>
public sealed record DevelopmentTokenRequest(string User, IReadOnlyList<string>? Roles = null, RegionCode? Region = null);

/// <param name="ExpiresAt">whole second</param>
public sealed record DevelopmentToken(string Token, Instant ExpiresAt);

/// <summary>Tokens that the host issues to itself, to be tried out without an identity provider. Believed in the Development environment alone.</summary>
public static class DevelopmentTokens
{
    public const string Issuer = "claims-engine-development";
    public const string Audience = "claims-engine";

    public static readonly Duration DefaultLifetime = Duration.FromHours(12);

    private const int MaxUserLength = 64;

    public static DevelopmentToken Issue(
        DevelopmentTokenKey key, string user, IEnumerable<Role> roles, RegionCode region, Instant now, Duration? lifetime = null)
    {
        var issued = now.ToUnixTimeSeconds();
        var expires = (now + (lifetime ?? DefaultLifetime)).ToUnixTimeSeconds();
        var payload = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = user,
            ["roles"] = roles.Distinct().Select(role => role.Name()).ToArray(),
            ["region"] = region.Value,
            ["iat"] = issued,
            ["nbf"] = issued,
            ["exp"] = expires,
        });
        var signing = new SigningCredentials(new SymmetricSecurityKey(key.Key), SecurityAlgorithms.HmacSha256);
        return new DevelopmentToken(new JsonWebTokenHandler().CreateToken(payload, signing), Instant.FromUnixTimeSeconds(expires));
    }

    /// <summary><c>POST /api/dev/tokens</c>, in the Development environment alone; elsewhere the route does not exist.</summary>
    public static void MapDevelopmentTokens(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        app.MapPost("/api/dev/tokens", Answer)
            .AllowAnonymous()
            .WithTags("Development")
            .WithName("IssueDevelopmentToken")
            .WithSummary("Issues a token of the Development environment, valid for 12 hours")
            .Accepts<DevelopmentTokenRequest>("application/json")
            .Produces<DevelopmentToken>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Answer(HttpContext http, DevelopmentTokenKey key, TimeProvider clock)
    {
        var (json, faults) = JsonBody.Read(await CommandEndpoints.ReadBody(http));
        DevelopmentTokenRequest? body = null;
        if (json is not null) (body, faults) = StrictJson.Read<DevelopmentTokenRequest>(JsonSerializer.SerializeToElement(json));
        var errors = faults.GroupBy(fault => fault.Path.Length == 0 ? "body" : fault.Path).ToDictionary(group => group.Key, group => group.Select(fault => fault.Reason).ToArray());
        var user = body?.User ?? "";
        if (body is not null && (string.IsNullOrWhiteSpace(user) || user.Length > MaxUserLength || user.Any(char.IsControl)))
            errors["user"] = [$"has 1 to {MaxUserLength} characters"];
        var roles = new List<Role>();
        for (var i = 0; i < (body?.Roles?.Count ?? 0); i++)
        {
            if (RoleNames.TryParse(body!.Roles![i], out var role)) roles.Add(role);
            else errors[$"roles.{i}"] = [$"is none of {RoleNames.All}"];
        }
        return errors.Count > 0
            ? ProblemDocument.Invalid(errors)
            : Results.Json(Issue(key, user, roles, body!.Region ?? RegionCode.National, Instant.FromDateTimeOffset(clock.GetUtcNow())), ClaimsJson.Options);
    }
}

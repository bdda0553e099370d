using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Auth;

/// <summary>The secret that signs the host's own tokens (HS256): at least 32 random bytes.</summary>
public sealed record DevelopmentTokenKey(byte[] Key)
{
    public byte[] Key { get; } =
        Key.Length >= 32 ? Key : throw new ArgumentException("a development token key has at least 32 bytes", nameof(Key));

    /// <summary>Never the key itself.</summary>
    public override string ToString() => nameof(DevelopmentTokenKey);
}

/// <param name="ExpiresAt">whole second</param>
public sealed record DevelopmentToken(string Token, Instant ExpiresAt);

/// <summary>Tokens of the host's own, to try it without an identity provider. Believed in the Development environment alone.</summary>
public static class DevelopmentTokens
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "Development";

    public const string Issuer = "claims-engine-development";
    public const string Audience = "claims-engine";

    public static readonly Duration DefaultLifetime = Duration.FromHours(12);

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
}

using System.Text.Json;

namespace ClaimsEngine.Host.Auth;

/// <summary>From the claims of a verified token to the actor of a command.</summary>
internal static class TokenClaims
{
    private const int MaxSubjectLength = 255;   // OpenID Connect Core, section 2: sub

    /// <param name="limitOf">the approval limit of an office; null is without limit</param>
    /// <param name="missingRegionIsNational">
    /// True for tokens that this host issued itself. An issuer that forgot the claim must not thereby open the whole country, so of
    /// other issuers a missing region is refused; an empty text, which somebody wrote on purpose, is national in both.
    /// </param>
    /// <exception cref="TokenRefused">A claim is missing or cannot be read.</exception>
    public static Actor ToActor(JsonElement claims, AuthOptions options, Func<RegionCode, Money?> limitOf, bool missingRegionIsNational)
    {
        var subject = claims.TryGetProperty("sub", out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;
        if (string.IsNullOrWhiteSpace(subject) || subject.Length > MaxSubjectLength || subject.Any(char.IsControl))
            throw new TokenRefused("the token has no usable subject");
        if (EngineActors.Has(subject)) throw new TokenRefused("the token's subject is a name under which the engine itself acts");
        var region = Region(claims, options.RegionClaim, missingRegionIsNational);
        return new Actor(subject, Roles(claims, options.RolesClaim), region, limitOf(region));
    }

    private static RegionCode Region(JsonElement claims, string name, bool missingIsNational)
    {
        if (!claims.TryGetProperty(name, out var claim) || claim.ValueKind == JsonValueKind.Null)
            return missingIsNational ? RegionCode.National : throw new TokenRefused("the token has no region claim");
        if (claim.ValueKind != JsonValueKind.String || !RegionCode.TryParse(claim.GetString()!, out var region, out _))
            throw new TokenRefused("the token's region is no code of GB/T 2260");
        return region;
    }

    // Unknown names are ignored: an issuer serves other applications too, with roles of their own.
    private static Role[] Roles(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var claim)) return [];
        var names = claim.ValueKind switch
        {
            JsonValueKind.String => claim.GetString()!.Split([' ', ','],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            JsonValueKind.Array =>
                claim.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
            _ => [],
        };
        return [.. names.SelectMany<string, Role>(text => RoleNames.TryParse(text, out var role) ? [role] : []).Distinct()];
    }
}

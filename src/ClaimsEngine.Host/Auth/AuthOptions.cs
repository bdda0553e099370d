namespace ClaimsEngine.Host.Auth;

/// <summary>Whose tokens are believed (configuration section <c>Auth</c>).</summary>
public sealed class AuthOptions
{
    /// <summary>
    /// The OpenID Connect issuer's address; its discovery document lies below it. In Development it may be missing: then only the host's
    /// own tokens are believed.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>What a token of <see cref="Authority"/> must be meant for.</summary>
    public string? Audience { get; set; }

    /// <summary>False allows a plain http issuer, on a closed network.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>Claim with the roles: an array, or one text separated by spaces or commas.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>Claim with the GB/T 2260 code of what the person sees and does.</summary>
    public string RegionClaim { get; set; } = "region";

    /// <summary>
    /// As which application the console signs people in at <see cref="Authority"/>; without it the console has no way in.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>What proves that the console is that application; null where the issuer asks for PKCE alone.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the console asks the issuer for. Roles and region have to stand in the identity token.</summary>
    public string Scopes { get; set; } = "openid profile roles";

    /// <summary>Set by the host: the Development environment, the only one that believes its own tokens.</summary>
    public bool DevelopmentTokens { get; set; }

    /// <summary>Says what is wrong with the configuration, or nothing.</summary>
    public string? Fault()
    {
        if (string.IsNullOrWhiteSpace(Authority))
        {
            return DevelopmentTokens ? null
                : "No token issuer is configured. Set Auth:Authority (the address of an OpenID Connect issuer) and Auth:Audience; " +
                  "tokens of the host's own exist in the Development environment alone.";
        }
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return "Auth:Authority is not an absolute http(s) address.";
        if (RequireHttps && address.Scheme != Uri.UriSchemeHttps)
            return "Auth:Authority is not https. On a closed network Auth:RequireHttps=false allows that.";
        return string.IsNullOrWhiteSpace(Audience)
            ? "Auth:Audience is missing: tokens meant for other applications of the issuer would be believed."
            : null;
    }
}

using Microsoft.AspNetCore.Authentication;

namespace ClaimsEngine.Host.Auth;

/// <summary>Whose tokens are believed (configuration section <c>Auth</c>).</summary>
public sealed class BearerOptions : AuthenticationSchemeOptions
{
    /// <summary>The OpenID Connect issuer's address; its discovery document lies below it. None in Development means the host's own tokens only.</summary>
    public string? Authority { get; set; }

    /// <summary>What a token of <see cref="Authority"/> must be meant for.</summary>
    public string? Audience { get; set; }

    /// <summary>False allows a plain http issuer, on a closed network.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>Claim with the roles: an array, or one text separated by spaces or commas.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>Claim with the GB/T 2260 code of what the person sees and does.</summary>
    public string RegionClaim { get; set; } = "region";

    /// <summary>Shortest time between two fetches of the issuer's keys when tokens name a key that is not known (at least 1 s).</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a key that the issuer withdrew may still be believed.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Asks the issuer; null is a client of its own. Tests hand in an issuer within the process.</summary>
    public HttpClient? Backchannel { get; set; }

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
        return string.IsNullOrWhiteSpace(Audience) ? "Auth:Audience is missing: tokens meant for other applications of the issuer would be believed." : null;
    }
}

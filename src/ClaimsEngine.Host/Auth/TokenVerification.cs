using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Auth;

/// <summary>Decides whether a token is believed, and whom it names.</summary>
/// <param name="developmentKey">null where the composition gives no key; used in the Development environment alone</param>
public sealed class TokenVerification(
    IOptionsMonitor<BearerOptions> options, IssuerKeys issuer, ApprovalLimits limits, DevelopmentTokenKey? developmentKey = null)
{
    private static readonly string[] IssuerAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly string[] DevelopmentAlgorithms = [SecurityAlgorithms.HmacSha256];

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = TokenShape.MaxLength };

    /// <exception cref="TokenRefused">The token is not believed.</exception>
    /// <exception cref="IssuerUnreachable">It cannot be judged now.</exception>
    public async Task<Actor> Verify(string token)
    {
        var bearer = options.Get(BearerAuthentication.Scheme);
        TokenShape.Check(token, [.. IssuerAlgorithms, .. bearer.DevelopmentTokens ? DevelopmentAlgorithms : []]);
        // The claimed issuer chooses keys and algorithms together: an HS256 token never meets an issuer's public key, nor RS256 our secret.
        var own = bearer.DevelopmentTokens && developmentKey is not null && TokenShape.ClaimedIssuer(token) == DevelopmentTokens.Issuer;
        if (own) Believe(Validate(token, OwnRules(developmentKey!)));
        else await VerifyIssued(token, bearer);
        return TokenClaims.ToActor(TokenShape.Payload(token), bearer, limits, missingRegionIsNational: own);
    }

    private async Task VerifyIssued(string token, BearerOptions bearer)
    {
        var configuration = await issuer.Current() ?? throw new TokenRefused("the token has an unknown issuer");
        var result = Validate(token, IssuedRules(configuration, bearer));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            result = Validate(token, IssuedRules((await issuer.Refreshed())!, bearer));
        Believe(result);
    }

    private static TokenValidationResult Validate(string token, TokenValidationParameters rules) => Handler.ValidateToken(token, rules);

    private static void Believe(TokenValidationResult result)
    {
        if (result.IsValid) return;
        throw new TokenRefused(result.Exception switch
        {
            SecurityTokenExpiredException => "the token has expired",
            SecurityTokenNotYetValidException => "the token is not yet valid",
            SecurityTokenNoExpirationException or SecurityTokenInvalidLifetimeException => "the token has no valid lifetime",
            SecurityTokenInvalidAudienceException => "the token is meant for another audience",
            SecurityTokenInvalidIssuerException => "the token has an unknown issuer",
            SecurityTokenInvalidAlgorithmException => "the token is signed with an algorithm that is not accepted",
            SecurityTokenInvalidSignatureException => "the token's signature is wrong",
            _ => "the token is not valid",
        }, result.Exception);
    }

    private static TokenValidationParameters IssuedRules(OpenIdConnectConfiguration configuration, BearerOptions bearer) => new()
    {
        ValidIssuer = configuration.Issuer,
        ValidAudience = bearer.Audience,
        IssuerSigningKeys = configuration.SigningKeys,
        ValidAlgorithms = IssuerAlgorithms,
        ClockSkew = ClockSkew,
    };

    private static TokenValidationParameters OwnRules(DevelopmentTokenKey key) => new()
    {
        ValidIssuer = DevelopmentTokens.Issuer,
        ValidAudience = DevelopmentTokens.Audience,
        IssuerSigningKey = new SymmetricSecurityKey(key.Key),
        ValidAlgorithms = DevelopmentAlgorithms,
        ClockSkew = ClockSkew,
    };

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);
}

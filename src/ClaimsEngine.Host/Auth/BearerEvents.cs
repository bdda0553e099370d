using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Auth;

/// <summary>Answers a request with a problem document of this status.</summary>
/// <param name="context">its response has not started</param>
/// <param name="detail">why, in words for the caller</param>
public delegate Task WriteProblem(HttpContext context, int status, string detail);

/// <summary>What we add to the library's bearer authentication: the actor of a verified token, and why a token was not believed.</summary>
internal sealed class BearerEvents(IOptions<AuthOptions> auth, OfficeLimits limits, IClock clock, WriteProblem problem) : JwtBearerEvents
{
    /// <summary>8 KiB: a signed token with every claim that the engine reads has less than 2.</summary>
    private const int MaxLength = 8 * 1024;

    private const string Prefix = "Bearer ";

    /// <summary>The request's token as it was sent.</summary>
    /// <returns>Null if there is none that can be read. Nothing in it is verified, so it decides nothing alone.</returns>
    public static JsonWebToken? ClaimedToken(HttpRequest request)
    {
        if (TokenText(request) is not { Length: <= MaxLength } text) return null;
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>
    /// Says why a token is refused where the library would only say that its signature is wrong, and refuses a token of an absurd size.
    /// While the library could never fetch the issuer's keys, it would call good tokens wrongly signed too. The fault is then not the
    /// caller's, who is told to come again.
    /// </summary>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (TokenText(context.Request) is { Length: > MaxLength }) context.Fail(new TokenRefused("the token is too large"));
        if (ClaimedToken(context.Request) is not { } token) return;
        if (token.IsEncrypted) context.Fail(new TokenRefused("encrypted tokens are not accepted"));
        else if (!context.Options.TokenValidationParameters.ValidAlgorithms.Contains(token.Alg))
            context.Fail(new TokenRefused("the token is signed with an algorithm that is not accepted"));
        else if (context.Options.ConfigurationManager is { } issuer)
        {
            try
            {
                // Not the caller's cancellation: others wait for the same documents.
                await issuer.GetConfigurationAsync(CancellationToken.None);
            }
            catch (InvalidOperationException unreachable)
            {
                context.Fail(new IssuerUnreachable(unreachable));
            }
        }
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        try
        {
            if (token.TryGetHeaderValue<object>("crit", out _))
                throw new TokenRefused("the token has critical headers that are not understood");
            // Not the library's claims: these lose the difference between a text and a list of one text,
            // and rewrite texts that look like dates.
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
            var own = context.Scheme.Name == DevelopmentTokens.Scheme;
            var actor = TokenClaims.ToActor(claims.RootElement, auth.Value, region => limits.For(region, clock.GetCurrentInstant().Date()),
                missingRegionIsNational: own);
            context.Principal = new ClaimsPrincipal(new ActorIdentity(actor));
        }
        catch (TokenRefused refused)
        {
            context.Fail(refused);
        }
        return Task.CompletedTask;
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        // RFC 6750, 3.1: a request without a token is told the scheme only, not an error. The library does that.
        if (context.AuthenticateFailure is not { } failure) return Task.CompletedTask;
        context.HandleResponse();
        if (failure is IssuerUnreachable)
        {
            context.Response.Headers.RetryAfter = "5";
            return problem(context.HttpContext, StatusCodes.Status503ServiceUnavailable, failure.Message);
        }
        var reason = ReasonOf(failure, context);
        context.Response.Headers.WWWAuthenticate = $"Bearer error=\"invalid_token\", error_description=\"{reason}\"";
        return problem(context.HttpContext, StatusCodes.Status401Unauthorized, reason);
    }

    // The library's own messages are for its developers, and repeat parts of the token.
    private static string ReasonOf(Exception failure, JwtBearerChallengeContext context) => failure switch
    {
        TokenRefused => failure.Message,
        SecurityTokenExpiredException => "the token has expired",
        SecurityTokenNotYetValidException => "the token is not yet valid",
        SecurityTokenNoExpirationException or SecurityTokenInvalidLifetimeException => "the token has no valid lifetime",
        SecurityTokenInvalidAudienceException => "the token is meant for another audience",
        SecurityTokenInvalidIssuerException => "the token has an unknown issuer",
        SecurityTokenInvalidTypeException => "the token is of another type",
        SecurityTokenInvalidSignatureException when HasNoKeys(context.Options) => "the token has an unknown issuer",
        SecurityTokenInvalidSignatureException => "the token's signature is wrong",
        SecurityTokenMalformedException or ArgumentException => "the token is not a signed JWT",
        _ => "the token is not valid",
    };

    // Development without an issuer.
    private static bool HasNoKeys(JwtBearerOptions options) =>
        options is { ConfigurationManager: null, TokenValidationParameters.IssuerSigningKey: null };

    private static string? TokenText(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }
}

using System.Security.Claims;
using System.Text.Encodings.Web;
using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Auth;

/// <summary>Reads the bearer token of a request (RFC 6750) and answers 401 and 403 as problem documents.</summary>
public sealed class BearerAuthentication(IOptionsMonitor<BearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenVerification verification)
    : AuthenticationHandler<BearerOptions>(options, logger, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public new const string Scheme = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        try
        {
            var actor = await verification.Verify(header[Prefix.Length..].Trim());
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ActorIdentity(actor)), Scheme));
        }
        catch (Exception refused) when (refused is TokenRefused or IssuerUnreachable)
        {
            return AuthenticateResult.Fail(refused);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (failure is IssuerUnreachable)
        {
            Response.Headers.RetryAfter = "5";
            await (ProblemDocument.ForStatus(503) with { Detail = failure.Message }).ExecuteAsync(Context);
            return;
        }
        // RFC 6750, 3.1: a request without a token is told the scheme only, not an error.
        Response.Headers.WWWAuthenticate = failure is null
            ? $"{Scheme} realm=\"claims-engine\""
            : $"{Scheme} error=\"invalid_token\", error_description=\"{failure.Message}\"";
        await (ProblemDocument.ForStatus(401) with { Detail = failure?.Message }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemDocument.ForStatus(403).ExecuteAsync(Context);
}

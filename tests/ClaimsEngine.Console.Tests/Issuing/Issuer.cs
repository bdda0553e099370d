using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ClaimsEngine.Console.Tests.Issuing;

/// <summary>
/// An OpenID Connect issuer on a port of its own, as a union's sign-in would be: authorisation code with PKCE, a page on which a person is
/// chosen instead of a password, a session of its own that is remembered, and an end of it. OpenIddict checks all that the protocol asks.
/// </summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Client = "claims-console", Audience = "claims-api";

    private const string Remembered = "issuer-person";

    /// <summary>Who has an account, by name.</summary>
    private static readonly Dictionary<string, (string[] Roles, string? Region)> People = new()
    {
        ["hong"] = (["approver", "somebody-elses-role"], "62"),
        ["duo"] = (["officer", "finance"], "620602"),
        ["gardener"] = (["gardener"], "62"),
        ["nowhere"] = (["officer"], null),
        ["mars"] = (["officer"], "99"),
    };

    private readonly WebApplication app;

    private Issuer(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public static async Task<Issuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().DisableAccessTokenEncryption();
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("end");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes("openid", "profile", "roles");
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement()
                .EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client || !IsOurs(context.RedirectUri, "/session/answer"))
                    context.Reject(OpenIddictConstants.Errors.InvalidClient, "unknown client or address");
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject(OpenIddictConstants.Errors.InvalidClient, "unknown client");
                return default;
            }));
            server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (!IsOurs(context.PostLogoutRedirectUri, "/session/ended"))
                    context.Reject(OpenIddictConstants.Errors.InvalidRequest, "unknown address");
                return default;
            }));
        });
        var issuer = new Issuer(builder.Build());
        issuer.app.UseAuthentication();
        issuer.app.MapGet("/authorize", Authorize);
        issuer.app.MapGet("/end", (HttpContext http) =>
        {
            http.Response.Cookies.Delete(Remembered);
            return Results.SignOut(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        });
        await issuer.app.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = OnLocalhost(issuer.app.Services);
        return issuer;
    }

    /// <summary>What a host in Production is started with to sign in here.</summary>
    public string[] ArgumentsOfAHost =>
    [
        "--environment", "Production", "--Auth:Authority", Address.ToString(), "--Auth:Audience", Audience, "--Auth:ClientId", Client,
        "--Auth:RequireHttps", "false",
    ];

    /// <summary>Browsers take cookies that are marked as secure from localhost over http, and from no other plain address.</summary>
    public static Uri OnLocalhost(IServiceProvider services)
    {
        var address = new Uri(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new UriBuilder(address) { Host = "localhost" }.Uri;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static bool IsOurs(string? address, string path) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.AbsolutePath.EndsWith(path,
            StringComparison.Ordinal);

    private static IResult Authorize(HttpContext http, string? person, bool cancel = false)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (cancel)
            return Results.Forbid(new AuthenticationProperties(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = OpenIddictConstants.Errors.AccessDenied,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "the person turned back",
            }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        person ??= http.Request.Cookies[Remembered];
        if (person is null || !People.TryGetValue(person, out var account))
            return Results.Content(
                "<!DOCTYPE html><title>Issuer</title><h1>Who are you?</h1>"
                + $"{string.Concat(People.Keys.Select(name => Link($"person={name}", name)))}"
                + Link("cancel=true", "turn back"), "text/html");
        http.Response.Cookies.Append(Remembered, person);
        var identity = new ClaimsIdentity("issuer", OpenIddictConstants.Claims.Name, "roles");
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, person));
        foreach (var role in account.Roles) identity.AddClaim(new Claim("roles", role));
        if (account.Region is { } region) identity.AddClaim(new Claim("region", region));
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

        string Link(string value, string text) =>
            $"<p><a href=\"{System.Net.WebUtility.HtmlEncode($"/authorize{http.Request.QueryString}&{value}")}\">{text}</a></p>";
    }
}

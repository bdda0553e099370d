using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using ClaimsEngine.Console;
using ClaimsEngine.Console.People;
using ClaimsEngine.Console.Words;
using ClaimsEngine.Host.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClaimsEngine.Host.Screens;

/// <summary>
/// Signing in to the console: OpenID Connect with the issuer of <c>Auth:Authority</c> (authorisation code with PKCE), kept in a cookie.
/// In Development a page offers sample people as well.
/// </summary>
internal static class SigningIn
{
    public const string Cookie = "Console", Issuer = "ConsoleIssuer";

    /// <summary>Marks a sign-in that came from the issuer, and is to end there as well.</summary>
    private const string IssuersOwn = "from-issuer";

    /// <summary>A sign-in ends after a working day; whoever is still there signs in again.</summary>
    private static readonly Duration Longest = Duration.FromHours(10);

    public static void AddSigningIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<EndedSessions>();
        services.AddDataProtection().SetApplicationName("claims-engine");
        services.AddOptions<KeyManagementOptions>().Configure<Storage.Reading.KeyReader>((options, keys) =>
            options.XmlRepository = new KeyRing(keys));
        // On a plain http address of Development a browser would drop a cookie that is marked as secure.
        var secure = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "claims-form";
            // Marked by the cookie policy below: antiforgery itself refuses to draw a form where a proxy ended https before the host.
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Strict would leave it behind where a link of another site leads here, and open forms would fail.
            options.Cookie.SameSite = SameSiteMode.Lax;
        });
        services.Configure<CookiePolicyOptions>(options => options.Secure = secure);
        var schemes = services.AddAuthentication();
        schemes.AddCookie(Cookie, options =>
        {
            options.Cookie.Name = "claims-console";
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = secure;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SlidingExpiration = false;
            options.ExpireTimeSpan = Longest.ToTimeSpan();
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/not-allowed";
            options.Events.OnRedirectToLogin = context =>
            {
                // relative to the console's base, as its pages write it, wherever a proxy has put that
                var back = (context.Request.Path + context.Request.QueryString).TrimStart('/');
                context.Response.Redirect(context.Request.PathBase + Query.Address("/sign-in", ("back", back)));
                return Task.CompletedTask;
            };
        });
        services.AddOptions<CookieAuthenticationOptions>(Cookie).Configure<EndedSessions>((options, ended) =>
            options.Events.OnValidatePrincipal = context =>
            {
                if (ended.Has(context.Principal?.FindFirst(Person.SessionClaim)?.Value)) context.RejectPrincipal();
                return Task.CompletedTask;
            });
        services.AddSingleton(new WaysIn(
            HasIssuer(builder.Configuration), builder.Environment.IsDevelopment() ? SamplePeople.All : []));
        if (HasIssuer(builder.Configuration)) AddIssuer(builder, schemes, secure);
        services.AddAuthorizationBuilder().AddPolicy(ConsoleSetup.Policy, policy => policy
            .AddAuthenticationSchemes(Cookie).RequireAuthenticatedUser());
    }

    public static bool HasIssuer(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["Auth:Authority"]) && !string.IsNullOrWhiteSpace(configuration["Auth:ClientId"]);

    private static void AddIssuer(WebApplicationBuilder builder, AuthenticationBuilder schemes, CookieSecurePolicy secure)
    {
        schemes.AddOpenIdConnect(Issuer, configureOptions: _ => { });
        builder.Services.AddOptions<OpenIdConnectOptions>(Issuer).Configure<IOptions<AuthOptions>, IClock>(
            (options, auth, clock) =>
            {
                options.SignInScheme = Cookie;
                options.Authority = auth.Value.Authority;
                options.RequireHttpsMetadata = auth.Value.RequireHttps;
                options.ClientId = auth.Value.ClientId;
                options.ClientSecret = auth.Value.ClientSecret;
                options.ResponseType = OpenIdConnectResponseType.Code;
                options.UsePkce = true;
                options.SaveTokens = false;
                options.MapInboundClaims = false;
                options.DisableTelemetry = true;
                options.CallbackPath = "/session/answer";
                options.SignedOutCallbackPath = "/session/ended";
                options.Scope.Clear();
                foreach (var scope in auth.Value.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) options.Scope.Add(scope);
                foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
                    (cookie.SecurePolicy, cookie.SameSite) = (secure, SameSiteMode.Lax);
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.Events.OnTokenValidated = context =>
                {
                    var token = (JsonWebToken)new JsonWebTokenHandler().ReadToken(context.TokenEndpointResponse?.IdToken
                        ?? context.ProtocolMessage.IdToken);
                    try
                    {
                        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.EncodedPayload));
                        var actor = TokenClaims.ToActor(claims.RootElement, auth.Value, _ => null, missingRegionIsNational: false);
                        context.Principal = PrincipalOf(
                            actor.Id, actor.Roles, actor.Region, clock.GetCurrentInstant(), LanguageOf(context.HttpContext));
                    }
                    catch (TokenRefused refused)
                    {
                        context.Fail(refused);
                    }
                    return Task.CompletedTask;
                };
                options.Events.OnRedirectToIdentityProviderForSignOut = context =>
                {
                    context.ProtocolMessage.ClientId = options.ClientId;
                    return Task.CompletedTask;
                };
                options.Events.OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    context.Response.Redirect(context.Request.PathBase + "/sign-in?failed=true");
                    return Task.CompletedTask;
                };
            });
    }

    private static ClaimsPrincipal PrincipalOf(
        string name, IEnumerable<Role> roles, RegionCode region, Instant now, Language language, string? principal = null)
    {
        var claims = new List<Claim>
        {
            new("sub", name), new(Person.RegionClaim, region.Value), new(Person.LanguageClaim, language.Code()),
            new(Person.SessionClaim, Guid.NewGuid().ToString("N")),
            new(Person.UntilClaim, (now + Longest).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        };
        claims.AddRange(roles.Distinct().Select(role => new Claim(Person.RoleClaim, role.Name())));
        if (principal is not null) claims.Add(new Claim(Person.ForClaim, principal));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Cookie, "sub", Person.RoleClaim));
    }

    private static Language LanguageOf(HttpContext http) =>
        Languages.Chosen(http.Request.Cookies[Languages.Cookie], http.Request.Headers.AcceptLanguage);

    /// <summary>What the banner's and the people page's buttons do. Each takes a form, and so asks for its antiforgery token.</summary>
    public static void MapSigningIn(this WebApplication app)
    {
        // The policy reads the cookie: a form's token belongs to who is signed in, though nobody has to be.
        var session = app.MapGroup("/session").ExcludeFromDescription().RequireAuthorization(ConsoleSetup.Policy).AllowAnonymous();
        session.MapGet("/issuer", (HttpContext http, string? back) => HasIssuer(app.Configuration)
            ? Results.Challenge(
                new AuthenticationProperties { RedirectUri = Home(http, back), Items = { [IssuersOwn] = "" } }, [Issuer])
            : Results.NotFound());
        session.MapPost("/language", async (HttpContext http, [FromForm] string language, [FromForm] string? back) =>
        {
            var chosen = language == Languages.EnglishCode ? Language.English : Language.Chinese;
            http.Response.Cookies.Append(Languages.Cookie, chosen.Code(), new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = !app.Environment.IsDevelopment() || http.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365), Path = http.Request.PathBase.HasValue ? http.Request.PathBase.Value : "/",
            });
            await Change(http, Person.LanguageClaim, chosen.Code());
            return Results.LocalRedirect(Home(http, back));
        });
        session.MapPost("/for", async (HttpContext http, [FromForm(Name = "for")] string? principal) =>
        {
            await Change(http, Person.ForClaim, string.IsNullOrWhiteSpace(principal) ? null : principal.Trim());
            return Results.LocalRedirect(Home(http, "me"));
        });
        session.MapPost("/end", async (HttpContext http, EndedSessions ended, [FromForm] string? back) =>
        {
            var own = await http.AuthenticateAsync(Cookie);
            if (own.Principal?.FindFirst(Person.SessionClaim)?.Value is { } session) ended.Add(session);
            await http.SignOutAsync(Cookie);
            var then = Home(http, "sign-in?ended=true");
            return own.Properties?.Items.ContainsKey(IssuersOwn) == true && await EndsAtIssuer(http)
                ? Results.SignOut(new AuthenticationProperties { RedirectUri = then }, [Issuer]) : Results.LocalRedirect(then);
        });
        if (!app.Environment.IsDevelopment()) return;
        session.MapPost("/begin", async (HttpContext http, IClock clock, [FromForm] string name, [FromForm] string? back) =>
        {
            if (SamplePeople.All.FirstOrDefault(one => one.Name == name) is not { } person) return Results.NotFound();
            await http.SignInAsync(Cookie, PrincipalOf(
                person.Name, [person.Role], RegionCode.Of(person.Region), clock.GetCurrentInstant(), LanguageOf(http)));
            return Results.LocalRedirect(Home(http, back));
        });
    }

    /// <summary>Whether the issuer says where its own sign-in ends. Otherwise it goes on there: the next one at the same desk would be let
    /// in under the same name.</summary>
    private static async Task<bool> EndsAtIssuer(HttpContext http)
    {
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Issuer);
        try
        {
            return options.ConfigurationManager is { } issuer
                && !string.IsNullOrEmpty((await issuer.GetConfigurationAsync(http.RequestAborted)).EndSessionEndpoint);
        }
        catch (Exception unreachable) when (unreachable is InvalidOperationException or IOException or HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The same sign-in, until the same time, with another value of one claim.</summary>
    private static async Task Change(HttpContext http, string claim, string? value)
    {
        var own = await http.AuthenticateAsync(Cookie);
        if (own.Principal?.Identity is not ClaimsIdentity identity) return;
        var next = new ClaimsIdentity(
            [.. identity.Claims.Where(one => one.Type != claim), .. value is null ? (Claim[])[] : [new Claim(claim, value)]],
            Cookie, "sub", Person.RoleClaim);
        await http.SignInAsync(Cookie, new ClaimsPrincipal(next), own.Properties);
    }

    /// <summary>An address of the console itself, whatever was asked for.</summary>
    private static string Home(HttpContext http, string? back)
    {
        var path = "/" + (back ?? "").TrimStart('/', '\\');
        var isOwn = Uri.IsWellFormedUriString(path, UriKind.Relative) && !path.StartsWith("//", StringComparison.Ordinal);
        return http.Request.PathBase + (isOwn ? path : "/");
    }
}

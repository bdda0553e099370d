using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ClaimsEngine.Host.Auth;

/// <summary>Registers whose tokens are believed and what their bearers may approve.</summary>
public static class Authentication
{
    private static readonly string[] IssuerAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>
    /// Bearer tokens of the OpenID Connect issuer in <c>Auth:Authority</c>, and in the Development environment also the host's own, signed
    /// with the registered <see cref="DevelopmentTokenKey"/>. With neither, the host refuses to start.
    /// </summary>
    /// <param name="builder">the application that is composed</param>
    /// <param name="problem">answers a request whose token is not believed</param>
    public static void AddBearerAuthentication(this WebApplicationBuilder builder, WriteProblem problem)
    {
        // Otherwise the library fetches a rotated key in the background, and refuses the new key's tokens until it has arrived.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", isEnabled: true);
        var services = builder.Services;
        services.AddOptions<AuthOptions>().Configure<IConfiguration, IHostEnvironment>(Read).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, ConfigurationCheck>();
        services.TryAddSingleton(provider => new OfficeLimits(provider.GetRequiredService<IConfiguration>().GetSection("Approval")));
        services.AddSingleton(problem);
        services.AddSingleton<BearerEvents>();

        // AddAuthentication and AddJwtBearer would also set up data protection, which writes keys that nobody uses into the home directory.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddWebEncoders();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IClock>(NodaTime.SystemClock.Instance);
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
        var schemes = new AuthenticationBuilder(services);
        schemes.AddScheme<JwtBearerOptions, JwtBearerHandler>(JwtBearerDefaults.AuthenticationScheme, configureOptions: null);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<AuthOptions>>(BelieveIssuer)
            // A key that the issuer withdrew would be believed for another hour.
            .PostConfigure(bearer => (bearer.ConfigurationManager as BaseConfigurationManager)?.UseLastKnownGoodConfiguration = false);
        if (builder.Environment.IsDevelopment())
        {
            // The two schemes share no key and no algorithm. The issuer that a token claims chooses the scheme that it must then satisfy.
            schemes.AddScheme<JwtBearerOptions, JwtBearerHandler>(DevelopmentTokens.Scheme, configureOptions: null);
            services.AddOptions<JwtBearerOptions>(DevelopmentTokens.Scheme).Configure<DevelopmentTokenKey>(BelieveOurselves);
            services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
                bearer.ForwardDefaultSelector = context =>
                    BearerEvents.ClaimedToken(context.Request)?.Issuer == DevelopmentTokens.Issuer ? DevelopmentTokens.Scheme : null);
        }
        services.AddAuthorization();
    }

    // Read one by one: the binder takes an empty setting for false, which would switch https off, and would set what is the host's alone.
    private static void Read(AuthOptions options, IConfiguration configuration, IHostEnvironment environment)
    {
        var auth = configuration.GetSection("Auth");
        options.Authority = auth["Authority"];
        options.Audience = auth["Audience"];
        options.RequireHttps = auth.GetValue("RequireHttps", defaultValue: true);
        options.RolesClaim = auth["RolesClaim"] is { Length: > 0 } roles ? roles : options.RolesClaim;
        options.RegionClaim = auth["RegionClaim"] is { Length: > 0 } region ? region : options.RegionClaim;
        options.ClientId = auth["ClientId"];
        options.ClientSecret = auth["ClientSecret"];
        options.Scopes = auth["Scopes"] is { Length: > 0 } scopes ? scopes : options.Scopes;
        options.DevelopmentTokens = environment.IsDevelopment();
    }

    private static void BelieveIssuer(JwtBearerOptions bearer, IOptions<AuthOptions> auth)
    {
        bearer.Authority = string.IsNullOrWhiteSpace(auth.Value.Authority) ? null : auth.Value.Authority;
        bearer.RequireHttpsMetadata = auth.Value.RequireHttps;
        // A redirect could lead from https to elsewhere; discovery documents have a fixed place.
        bearer.BackchannelHttpHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        bearer.BackchannelTimeout = TimeSpan.FromSeconds(10);
        // Strangers' tokens with invented keys can't make the host ask its issuer more often than this.
        bearer.RefreshInterval = TimeSpan.FromSeconds(30);
        // A key that the issuer withdrew is believed until then.
        bearer.AutomaticRefreshInterval = TimeSpan.FromHours(1);
        Demand(bearer, auth.Value.Audience, IssuerAlgorithms);
    }

    private static void BelieveOurselves(JwtBearerOptions bearer, DevelopmentTokenKey key)
    {
        Demand(bearer, DevelopmentTokens.Audience, [SecurityAlgorithms.HmacSha256]);
        bearer.TokenValidationParameters.ValidIssuer = DevelopmentTokens.Issuer;
        bearer.TokenValidationParameters.IssuerSigningKey = new SymmetricSecurityKey(key.Key);
    }

    private static void Demand(JwtBearerOptions bearer, string? audience, string[] algorithms)
    {
        bearer.EventsType = typeof(BearerEvents);
        bearer.Challenge = "Bearer realm=\"claims-engine\"";
        bearer.SaveToken = false;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = audience,
            ValidAlgorithms = algorithms,
            ClockSkew = TimeSpan.FromSeconds(60),
            // An access token, not for instance the issuer's logout notice, which may have the same audience.
            // The type may be absent, as RFC 7519 allows and some issuers do; the library then gives an empty text.
            TypeValidator = (type, _, _) => string.IsNullOrEmpty(type)
                || type.ToUpperInvariant() is "JWT" or "AT+JWT" or "APPLICATION/AT+JWT"
                ? type : throw new SecurityTokenInvalidTypeException(),
        };
    }

    private sealed class ConfigurationCheck(IConfiguration configuration) : IValidateOptions<AuthOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
            (options.Fault() ?? LimitFault()) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

        // Nobody reads the limits before the first request, which would then be the one to fail.
        private string? LimitFault()
        {
            try
            {
                _ = new OfficeLimits(configuration.GetSection("Approval"));
                return null;
            }
            catch (InvalidOperationException wrong)
            {
                return wrong.Message;
            }
        }
    }
}

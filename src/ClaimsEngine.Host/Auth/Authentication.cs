using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Auth;

/// <summary>Registers whose tokens are believed and what their bearers may approve.</summary>
public static class Authentication
{
    /// <summary>
    /// Bearer tokens of the OpenID Connect issuer in <c>Auth:Authority</c>, and in the Development environment also the host's own if the
    /// composition registers a <see cref="DevelopmentTokenKey"/>. With neither, the host refuses to start.
    /// </summary>
    public static void AddBearerAuthentication(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // AddAuthentication would also set up data protection, which writes keys that nobody uses into the home directory.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = BearerAuthentication.Scheme);
        services.AddWebEncoders();
        services.TryAddSingleton(TimeProvider.System);
        new AuthenticationBuilder(services)
            .AddScheme<BearerOptions, BearerAuthentication>(BearerAuthentication.Scheme, configureOptions: null);
        services.AddOptions<BearerOptions>(BearerAuthentication.Scheme)
            .Configure<IConfiguration, IHostEnvironment>((bearer, configuration, environment) =>
            {
                // Read one by one: the binder takes an empty setting for false, which would switch https off, and would set what is the host's alone.
                var auth = configuration.GetSection("Auth");
                bearer.Authority = auth["Authority"];
                bearer.Audience = auth["Audience"];
                bearer.RequireHttps = auth.GetValue("RequireHttps", defaultValue: true);
                bearer.RolesClaim = auth["RolesClaim"] is { Length: > 0 } roles ? roles : bearer.RolesClaim;
                bearer.RegionClaim = auth["RegionClaim"] is { Length: > 0 } region ? region : bearer.RegionClaim;
                bearer.DevelopmentTokens = environment.IsDevelopment();
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<BearerOptions>, ConfigurationCheck>();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<TokenVerification>();
        services.TryAddSingleton(provider => ReadLimits(provider.GetRequiredService<IConfiguration>().GetSection("Approval")));
        services.AddAuthorization();
    }

    /// <summary>The approval limits of <c>Approval:District</c>, <c>City</c> and <c>Province</c> in yuan (<c>"50000.00"</c>), else the assumed ones.</summary>
    /// <exception cref="InvalidOperationException">A limit is no amount or not above zero.</exception>
    public static ApprovalLimits ReadLimits(IConfiguration approval) => new(
        ReadLimit(approval, "District", ApprovalLimits.Assumed.District),
        ReadLimit(approval, "City", ApprovalLimits.Assumed.City),
        ReadLimit(approval, "Province", ApprovalLimits.Assumed.Province));

    private static Money ReadLimit(IConfiguration approval, string level, Money assumed)
    {
        if (approval[level] is not { Length: > 0 } text) return assumed;
        return Money.TryParse(text, out var limit, out var error) && limit.IsPositive
            ? limit
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Approval:{level} is '{text}': {error}, above zero."));
    }

    private sealed class ConfigurationCheck : IValidateOptions<BearerOptions>
    {
        public ValidateOptionsResult Validate(string? name, BearerOptions options) =>
            options.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}

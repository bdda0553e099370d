using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ClaimsEngine.Host.Auth;

/// <summary>The OpenID Connect issuer's name and keys, from its discovery document; kept, and fetched again when a token names an unknown key.</summary>
public sealed class IssuerKeys : IDisposable
{
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? discovery;
    private readonly HttpClient? client;

    public IssuerKeys(IOptionsMonitor<BearerOptions> options)
    {
        var bearer = options.Get(BearerAuthentication.Scheme);
        if (string.IsNullOrWhiteSpace(bearer.Authority)) return;
        // A redirect could lead from https to elsewhere; discovery documents have a fixed place.
        client = bearer.Backchannel is null
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            {
                Timeout = TimeSpan.FromSeconds(10),
                MaxResponseContentBufferSize = 1024 * 1024,
                DefaultRequestHeaders = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
            }
            : null;
        discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{bearer.Authority.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(bearer.Backchannel ?? client!) { RequireHttps = bearer.RequireHttps })
        {
            RefreshInterval = bearer.RefreshInterval,
            AutomaticRefreshInterval = bearer.KeyLifetime,
        };
    }

    /// <summary>Null when no issuer is configured.</summary>
    /// <exception cref="IssuerUnreachable">The documents were never fetched and cannot be now.</exception>
    public async Task<OpenIdConnectConfiguration?> Current()
    {
        if (discovery is null) return null;
        try
        {
            // Not the caller's cancellation: others wait for the same documents.
            return await discovery.GetConfigurationAsync(CancellationToken.None);
        }
        catch (InvalidOperationException unreachable)
        {
            throw new IssuerUnreachable(unreachable);
        }
    }

    /// <summary>Asks for the documents again, at most once in <see cref="BearerOptions.RefreshInterval"/>: strangers' tokens cannot make the host hammer its issuer.</summary>
    public Task<OpenIdConnectConfiguration?> Refreshed()
    {
        discovery?.RequestRefresh();
        return Current();
    }

    public void Dispose() => client?.Dispose();
}

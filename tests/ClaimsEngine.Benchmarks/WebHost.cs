using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Benchmarks;

/// <summary>A whole host of ours that listens, on a database of its own.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly ClaimsHost host;

    private WebHost(BenchDatabase database, ClaimsHost host) => (Database, this.host) = (database, host);

    public BenchDatabase Database { get; }

    public IServiceProvider Services => host.App.Services;

    public ClaimsStorage Storage => Services.GetRequiredService<ClaimsStorage>();

    public static async Task<WebHost> Start(Workbench bench, SeedLevel seed)
    {
        var database = await bench.EmptyDatabase();
        var host = await ClaimsHost.Create(
            [
                "--urls", "http://127.0.0.1:0", "--environment", "Development", "--ConnectionStrings:Claims", database.ConnectionString,
                "--Logging:LogLevel:Default", "Error", "--RateLimit:PerSecond", "1000000", "--RateLimit:Burst", "1000000",
            ],
            seed, CancellationToken.None);
        await host.App.StartAsync();
        return new WebHost(database, host);
    }

    /// <summary>A client with a token.</summary>
    public async Task<HttpClient> Client(string user, string role, string region)
    {
        var client = new HttpClient { BaseAddress = AddressOf(Services), Timeout = TimeSpan.FromMinutes(10) };
        var issued = await client.PostAsJsonAsync("/api/dev/tokens", new { user, roles = new[] { role }, region });
        var token = (string)(await issued.Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static Uri AddressOf(IServiceProvider services) =>
        new(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async ValueTask DisposeAsync()
    {
        await host.App.StopAsync();
        await host.DisposeAsync();
        await Database.DisposeAsync();
    }
}

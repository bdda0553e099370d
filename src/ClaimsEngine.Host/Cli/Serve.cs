using ClaimsEngine.Host.Seeding;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ClaimsEngine.Host.Cli;

/// <summary><c>serve</c>: the HTTP API until it is told to stop.</summary>
public static class Serve
{
    public static async Task<int> Run(string[] args, SeedLevel? seed, CancellationToken cancellation)
    {
        await using var host = await ClaimsHost.Create(args, seed, cancellation);
        await host.App.StartAsync(cancellation);
        var addresses = host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine($"ClaimsEngine on {string.Join(", ", addresses)} · {host.Where}");
        Console.WriteLine($"API description: {addresses.First()}/docs");
        await host.App.WaitForShutdownAsync(cancellation);
        return 0;
    }
}

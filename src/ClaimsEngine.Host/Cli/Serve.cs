using ClaimsEngine.Host.Seeding;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;

namespace ClaimsEngine.Host.Cli;

/// <summary><c>serve</c>: the HTTP API until it is told to stop.</summary>
public static class Serve
{
    public static async Task<int> Run(string[] args, SeedLevel? seed, CancellationToken cancellation)
    {
        CheckAddresses(new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build()["urls"]);
        await using var host = await ClaimsHost.Create(args, seed, cancellation);
        await host.App.StartAsync(cancellation);
        var addresses = host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        System.Console.WriteLine($"ClaimsEngine on {string.Join(", ", addresses)} · {host.Where}");
        System.Console.WriteLine("Open that address in a browser for the console; the API's description is under /docs.");
        await host.App.WaitForShutdownAsync(cancellation);
        return 0;
    }

    /// <summary>Asked before the database is opened, since Kestrel asks last.</summary>
    private static void CheckAddresses(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IsAddress(url)) continue;
            throw new UsageException($"--urls: '{url}' is no address such as {ClaimsHost.DefaultUrl}");
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", Port: >= 0 and <= ushort.MaxValue, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

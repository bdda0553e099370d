using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClaimsEngine.Host;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// A host as a process of its own on a database that has its schema: seconds until <c>/health/ready</c> answers 200, and the memory that
/// it holds then.
/// </summary>
internal static class StartFigures
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="host">the published program, or its dll; null is the one that was built with these benchmarks</param>
    public static Measurement Of(string? host) => new("start.ready", async bench =>
    {
        await using var database = await bench.EmptyDatabase();
        var program = host ?? typeof(ClaimsHost).Assembly.Location;
        await Start(program, database);   // makes the schema
        var memory = new List<double>();
        var figure = await Measurement.Compare(bench, "start.ready", "s", async _ =>
        {
            var (seconds, held) = await Start(program, database);
            memory.Add(held);
            return seconds;
        });
        return [figure, new Figure("start.ready.memory", Measurement.Median("start.ready.memory", "MiB", [.. memory]), "MiB")];
    });

    private static async Task<(double Seconds, double Memory)> Start(string program, BenchDatabase database)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var isDll = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isDll ? "dotnet" : program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (isDll) start.ArgumentList.Add(program);
        foreach (var argument in (string[])["serve", "--seed", "none", "--urls", url]) start.ArgumentList.Add(argument);
        start.Environment["ConnectionStrings__Claims"] = database.ConnectionString;
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            while (!await IsReady(client))
            {
                if (process.HasExited || watch.Elapsed > Patience)
                {
                    if (!process.HasExited) process.Kill(entireProcessTree: true);
                    throw new InvalidOperationException($"the host does not start: {await said} {await complained}");
                }
                await Task.Delay(10);
            }
            var seconds = watch.Elapsed.TotalSeconds;
            process.Refresh();
            return (seconds, process.WorkingSet64 / 1024.0 / 1024.0);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

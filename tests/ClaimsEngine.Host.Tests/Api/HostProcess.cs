using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A host in a process of its own, which can be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Serves on a database of the fixture. What it logs is kept with the rest.</summary>
    /// <param name="arguments">beside what every host of the tests is started with</param>
    public static async Task<HostProcess> Start(ApiFixture api, string connection, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "ClaimsEngine.Host"),
            ["serve", "--seed", "none", .. ApiFixture.ArgumentsFor(connection), "--Logging:LogLevel:Default", "Information",
                "--Logging:Console:LogLevel:Default", "Information", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = process.WaitForExitAsync()
            .ContinueWith(_ => listening.TrySetException(new InvalidOperationException("the host did not start")), TaskScheduler.Default);
        return new HostProcess(process, await listening.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        void Keep(string? text)
        {
            if (text is null) return;
            api.Log.Keep(LogLevel.Information, "a host in a process of its own", text);
            if (text.StartsWith("ClaimsEngine on ", StringComparison.Ordinal))
                listening.TrySetResult(new Uri(text.Split(' ')[2].TrimEnd(',')));
        }
    }

    /// <summary>As <c>kill -9</c>: it has no moment left for anything.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

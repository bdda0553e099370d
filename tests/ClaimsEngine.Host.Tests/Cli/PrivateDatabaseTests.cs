using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.Cli;

/// <summary>The program in processes of its own, on the private PostgreSQL of a data folder.</summary>
public sealed partial class PrivateDatabaseTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-private-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("rebuild", "all")]
    [InlineData("token", "--user", "wang", "--role", "officer")]
    [InlineData("import", "--employers", "none.csv")]
    [InlineData("roster", "send", "--programme", "sample", "--file", "none.csv")]
    [InlineData("db-assert")]
    public async Task A_verb_that_needs_events_makes_no_cluster_in_a_wrong_folder(params string[] words)
    {
        using var program = new Running(folder, words);
        Assert.Equal(2, await program.Ended());
        Assert.Contains($"Database: private PostgreSQL in {folder}", program.Told, StringComparison.Ordinal);
        Assert.Contains($"There is no database in {folder}", program.Told, StringComparison.Ordinal);
        Assert.Contains("CLAIMS_DATA", program.Told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Told, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task The_host_can_be_interrupted_while_it_starts_and_it_is_ready_again_after_its_server_was_killed()
    {
        using (var interrupted = new Running(folder, "serve", "--urls", "http://127.0.0.1:0"))
        {
            await interrupted.Tells("Making a PostgreSQL");
            interrupted.Interrupt();
            Assert.Equal(130, await interrupted.Ended());
            Assert.Contains("Interrupted.", interrupted.Told, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", interrupted.Told, StringComparison.Ordinal);
            Assert.DoesNotContain("xception", interrupted.Told, StringComparison.Ordinal);
        }

        using var serving = new Running(folder, "serve", "--urls", "http://127.0.0.1:0", "--seed", "none");
        var address = Address().Match(await serving.Tells("ClaimsEngine on ")).Value;
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        Assert.Equal(HttpStatusCode.OK, await Ready());

        for (var time = 1; time <= 2; time++)
        {
            var killed = KillServer();
            // Whoever looks only now and then may find it ready both times: another server must be running.
            await Wait.For(() => Task.FromResult(ServerNow()), server => server is { } now && now != killed, "no server is started again");
            await Wait.For(Ready, status => status == HttpStatusCode.OK, "the host is not ready again");
        }

        serving.Interrupt();
        Assert.Equal(0, await serving.Ended());
        Assert.False(File.Exists(Postmaster), "the host has ended and its server has not");

        async Task<HttpStatusCode> Ready() =>
            (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode;
    }

    private string Postmaster => Path.Combine(folder, "postgres", "data", "postmaster.pid");

    private int? ServerNow() =>
        File.Exists(Postmaster) && int.TryParse(File.ReadLines(Postmaster).FirstOrDefault(), out var server) ? server : null;

    private int KillServer()
    {
        using var main = Process.GetProcessById(ServerNow()!.Value);
        main.Kill();
        main.WaitForExit();
        return main.Id;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    /// <summary>The program, and all that it has said.</summary>
    private sealed class Running : IDisposable
    {
        private readonly Process process;
        private readonly List<string> lines = [];

        public Running(string folder, params string[] words)
        {
            process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ClaimsEngine.Host"), words)
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
                Environment = { ["CLAIMS_DATA"] = folder, ["ASPNETCORE_ENVIRONMENT"] = "Development" },
            })!;
            process.OutputDataReceived += (_, line) => Keep(line.Data);
            process.ErrorDataReceived += (_, line) => Keep(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public string Told
        {
            get
            {
                lock (lines) return string.Join('\n', lines);
            }
        }

        /// <summary>As Ctrl+C in its terminal.</summary>
        public void Interrupt()
        {
            using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            kill.WaitForExit();
        }

        public async Task<string> Tells(string what)
        {
            await Wait.Until(() => Told.Contains(what, StringComparison.Ordinal) || process.HasExited, $"'{what}' is not told");
            Assert.Contains(what, Told, StringComparison.Ordinal);
            return Told[Told.IndexOf(what, StringComparison.Ordinal)..];
        }

        public async Task<int> Ended()
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode;
        }

        public void Dispose()
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        private void Keep(string? line)
        {
            if (line is null) return;
            lock (lines) lines.Add(line);
        }
    }
}

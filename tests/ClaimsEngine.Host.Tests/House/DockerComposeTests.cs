using System.Diagnostics;
using System.Text.RegularExpressions;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.House;

/// <summary>What docker-compose.yml says of the host. It is read as text, since not every machine has Docker.</summary>
public sealed partial class DockerComposeTests(ApiFixture api) : ApiTest(api)
{
    private static readonly string Host =
        File.ReadAllText(Path.Combine(ArrowTests.Root, "docker-compose.yml")).Split("\n  host:\n")[1];

    [Fact]
    public void Every_setting_of_the_issuer_is_passed_through()
    {
        foreach (var setting in typeof(AuthOptions).GetProperties().Select(property => property.Name)
            .Where(name => name != nameof(AuthOptions.DevelopmentTokens)))
            Assert.Matches($@"Auth__{setting}: \$\{{CLAIMS_AUTH_[A-Z_]+:-", Host);
    }

    [Fact]
    public async Task The_health_check_asks_whether_the_host_is_ready()
    {
        Assert.Equal(0, await Probed(Api.Address.Port));
        Assert.NotEqual(0, await Probed(1));   // nobody listens there
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var answering = Refuse(other);
        Assert.NotEqual(0, await Probed(((System.Net.IPEndPoint)other.LocalEndpoint).Port));
        await answering;

        static async Task Refuse(System.Net.Sockets.TcpListener listener)
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("HTTP/1.1 503 Service Unavailable\r\n\r\n"u8.ToArray(),
                TestContext.Current.CancellationToken);
        }
    }

    private static async Task<int> Probed(int port)
    {
        var script = Script().Match(Host).Groups["lines"].Value.Replace("/5080", $"/{port}", StringComparison.Ordinal);
        Assert.Contains("/health/ready", script, StringComparison.Ordinal);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true })!;
        await bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return bash.ExitCode;
    }

    [GeneratedRegex(@"- bash\n\s+- -c\n\s+- \|\n(?<lines>(?: {10}.*\n)+)")]
    private static partial Regex Script();
}

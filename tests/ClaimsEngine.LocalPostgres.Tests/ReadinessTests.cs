using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Npgsql;
using Xunit;

namespace ClaimsEngine.LocalPostgres.Tests;

/// <summary>A start asks the server until it answers. One session that goes wrong must not end that.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReadinessTests(MadeCluster made) : IDisposable
{
    private readonly string _folder = MadeCluster.NewFolder();

    public void Dispose() => MadeCluster.Delete(_folder);

    [Fact]
    public async Task A_refused_session_is_no_failure() => Assert.NotNull(await RefusalOf(FreePort()));

    [Theory]
    [InlineData("")]           // cut at once
    [InlineData("N")]          // cut after the first byte
    [InlineData("nonsense\n")] // not PostgreSQL's protocol
    public async Task A_session_that_is_cut_is_no_failure(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var enough = new CancellationTokenSource();
        var cutting = CutEverySession(listener, answer, enough.Token);

        Assert.NotNull(await RefusalOf(((IPEndPoint)listener.LocalEndpoint).Port));
        await enough.CancelAsync();
        await cutting;
    }

    [Fact]
    public async Task A_start_whose_sessions_are_cut_by_the_administrator_goes_on_and_succeeds()
    {
        await made.CopyTo(_folder);
        await using var postgres = await PrivateServer.Start(new(_folder));
        using var enough = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using var cut = new NpgsqlCommand(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = 'postgres'",
                connection);
            // With pauses of all lengths, so that on a slow machine too some session lives long enough.
            for (var pause = 0; !enough.IsCancellationRequested; pause = (pause + 7) % 80)
            {
                await cut.ExecuteNonQueryAsync();
                await Task.Delay(pause);
            }
        });

        for (var n = 0; n < 8; n++) await using (await PrivateServer.Start(new(_folder))) { }

        await enough.CancelAsync();
        await cutting;
    }

    [Fact]
    public async Task A_wrong_password_is_a_failure_at_once()
    {
        await made.CopyTo(_folder);
        await using (await PrivateServer.Start(new(_folder))) { }
        File.WriteAllText(Path.Combine(_folder, "postgres.password"), "guess\n");

        var failure = await Assert.ThrowsAsync<PrivateServerException>(() => PrivateServer.Start(new(_folder)));
        Assert.Contains("does not accept the role owner", failure.Message);
        // The failed start leaves the server running for whoever has the password.
        using var server = System.Diagnostics.Process.GetProcessById(
            int.Parse(File.ReadLines(Path.Combine(_folder, "postgres", "data", "postmaster.pid")).First()));
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
    }

    private static async Task CutEverySession(TcpListener listener, string answer, CancellationToken enough)
    {
        try
        {
            while (true)
            {
                using var session = await listener.AcceptTcpClientAsync(enough);
                var stream = session.GetStream();
                await stream.ReadAtLeastAsync(new byte[8], 8, throwOnEndOfStream: false, enough); // the length of every first message
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), enough);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }

    private static Task<string?> RefusalOf(int port) => ServerProcess.RefusalOf(
        $"Host=127.0.0.1;Port={port};Username=owner;Password=guess;Database=postgres;Pooling=false;Timeout=5",
        "main", CancellationToken.None);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

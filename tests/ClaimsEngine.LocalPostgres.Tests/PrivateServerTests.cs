using System.Diagnostics;
using System.Runtime.Versioning;
using Xunit;

namespace ClaimsEngine.LocalPostgres.Tests;

/// <summary>A cluster that was made before, each test with a copy of its own in which nothing runs before or after.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateServerTests(MadeCluster made) : IAsyncLifetime
{
    private readonly PrivateServerOptions _options = new(MadeCluster.NewFolder()) { OtherServer = "run `docker compose up`" };

    private string Data => Path.Combine(_options.Folder, "postgres", "data");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    public async ValueTask InitializeAsync() => await made.CopyTo(_options.Folder);

    public ValueTask DisposeAsync()
    {
        MadeCluster.Delete(_options.Folder);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_next_start_finds_the_data_on_the_same_port()
    {
        int port;
        await using (var first = await PrivateServer.Start(_options))
        {
            await first.Ask("create table kept as select 7 as seven");
            port = first.Port;
        }

        await using var second = await PrivateServer.Start(_options);
        Assert.Equal("7", await second.Ask("select seven from kept"));
        Assert.Equal(port, second.Port);
    }

    [Fact]
    public async Task A_second_user_of_the_folder_adopts_the_server_and_the_last_one_out_stops_it()
    {
        await using var first = await PrivateServer.Start(_options);
        await using var second = await PrivateServer.Start(_options);
        Assert.Equal(first.ServerProcessId, second.ServerProcessId);

        await first.StopAsync();
        Assert.Equal("1", await second.Ask("select 1"));

        await second.StopAsync();
        Assert.Null(second.ServerProcessId);
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_killed_server_is_revived_on_the_same_port_with_all_that_was_committed()
    {
        await using var postgres = await PrivateServer.Start(_options);
        await postgres.Ask("create table kept as select 7 as seven");
        var (killed, port) = (postgres.ServerProcessId, postgres.Port);

        await postgres.Crash();
        Assert.Null(postgres.ServerProcessId);
        Assert.True(File.Exists(PidFile), "a killed server leaves its file behind");
        await postgres.Revive();

        Assert.NotEqual(killed, postgres.ServerProcessId);
        Assert.Equal(port, postgres.Port);
        Assert.Equal("7", await postgres.Ask("select seven from kept"));
    }

    [Fact]
    public async Task A_killed_main_process_whose_backend_is_still_busy_is_waited_for_not_run_over()
    {
        await using var postgres = await PrivateServer.Start(_options);
        // Backends notice the death of their main process when they next wait. This one never waits: it looks for a file, again and again.
        var busy = postgres.Ask("do $$ begin while (pg_stat_file('let_go', true)).size is null loop end loop; end $$", "Command Timeout=0");
        const string AtWork =
            "select count(*) from pg_stat_activity where state = 'active' and query like '%let_go%' and pid <> pg_backend_pid()";
        await Asked.Until(async () => await postgres.Ask(AtWork) == "1", "the backend is at work");

        var port = postgres.Port;
        using (var main = Process.GetProcessById(postgres.ServerProcessId!.Value)) main.Kill();
        await Asked.Until(() => postgres.ServerProcessId is null, "the main process is gone");
        var reviving = postgres.Revive(TestContext.Current.CancellationToken);
        var log = Path.Combine(_options.Folder, "postgres", "server.log");
        await Asked.Until(() => File.ReadAllText(log).Contains("pre-existing shared memory block"), "a start is refused");
        Assert.False(busy.IsCompleted || reviving.IsCompleted || postgres.ServerProcessId is not null,
            "the new server began while a backend of the old one was at work on the same files");

        File.WriteAllText(Path.Combine(Data, "let_go"), "");
        await busy.WaitAsync(Asked.Patience, TestContext.Current.CancellationToken);
        await reviving;
        Assert.Equal(port, postgres.Port);
        Assert.Equal("1", await postgres.Ask("select 1"));
    }

    [Fact]
    public async Task A_stale_file_that_names_a_stranger_is_healed_and_the_stranger_left_alone()
    {
        await using (var first = await PrivateServer.Start(_options))
        {
            await first.Ask("create table kept as select 7 as seven");
            await first.Crash();
        }
        // The account that runs PostgreSQL owns the stranger too: the hardest case, for PostgreSQL itself would take it for its
        // predecessor.
        using var stranger = Environment.IsPrivilegedProcess
            ? Process.Start("sh", ["-c", "exec setpriv --reuid=$(stat -c %u \"$1\") --regid=$(stat -c %g \"$1\") --clear-groups sleep 300",
                "sh", PidFile])
            : Process.Start("sleep", ["300"]);
        File.WriteAllLines(PidFile, [$"{stranger.Id}", .. File.ReadAllLines(PidFile)[1..]]);

        await using (var second = await PrivateServer.Start(_options)) Assert.Equal("7", await second.Ask("select seven from kept"));

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number\n")]
    public async Task A_pid_file_that_was_cut_short_is_healed(string content)
    {
        await using (var first = await PrivateServer.Start(_options)) await first.Crash();
        File.WriteAllText(PidFile, content);

        await using var second = await PrivateServer.Start(_options);
        Assert.Equal("1", await second.Ask("select 1"));
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_not_touched()
    {
        await using (await PrivateServer.Start(_options)) { }
        var failure = await Assert.ThrowsAsync<PrivateServerUnavailableException>(
            () => PrivateServer.Start(_options with { SearchFolders = [MadeCluster.Pretended("99.1", _options.Folder)] }));

        Assert.Contains("only version 99 was found", failure.Message);
        await using var again = await PrivateServer.Start(_options);
        Assert.Equal("1", await again.Ask("select 1"));
    }

    [Fact]
    public async Task A_server_that_does_not_start_shows_the_end_of_its_log()
    {
        await using (await PrivateServer.Start(_options)) { }
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), "\nno_such_setting = 1\n");

        var failure = await Assert.ThrowsAsync<PrivateServerException>(() => PrivateServer.Start(_options));
        Assert.Contains("unrecognized configuration parameter \"no_such_setting\"", failure.Message);
    }

    [Fact]
    public async Task A_folder_with_a_remembered_port_that_is_taken_gets_another_one()
    {
        int port;
        await using (var first = await PrivateServer.Start(_options)) port = first.Port;
        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        squatter.Start();

        await using var second = await PrivateServer.Start(_options);
        Assert.NotEqual(port, second.Port);
        Assert.Equal("1", await second.Ask("select 1"));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Xunit;

namespace ClaimsEngine.LocalPostgres.Tests;

/// <summary>The server's main process is killed with SIGKILL while this process uses the server. Nobody calls Revive.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RevivalTests : IAsyncLifetime
{
    private readonly MadeCluster _made;
    private readonly ConcurrentQueue<string> _told = new();
    private readonly PrivateServerOptions _options;

    public RevivalTests(MadeCluster made) => (_made, _options) = (made, new(MadeCluster.NewFolder())
    {
        WatchEvery = TimeSpan.FromMilliseconds(200), Clock = new TenfoldClock(), Progress = _told.Enqueue
    });

    private string Configuration => Path.Combine(_options.Folder, "postgres", "data", "postgresql.conf");

    public async ValueTask InitializeAsync() => await _made.CopyTo(_options.Folder);

    public ValueTask DisposeAsync()
    {
        MadeCluster.Delete(_options.Folder);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_killed_server_answers_again_within_seconds_on_its_port_with_its_data()
    {
        await using var postgres = await PrivateServer.Start(new(_options.Folder) { Progress = _told.Enqueue });
        await postgres.Ask("create table kept as select 7 as seven");
        var (killed, connection) = (Kill(postgres), postgres.ConnectionString);

        Assert.Equal("7", await postgres.AskUntilAnswered("select seven from kept"));

        Assert.NotEqual(killed, postgres.ServerProcessId);
        Assert.Equal(connection, postgres.ConnectionString);
        await ItIsTold("answers again");
        Assert.Contains(_told, t => t.Contains($"PostgreSQL in {postgres.Folder} has died"));
    }

    [Fact]
    public async Task Several_kills_in_a_row_are_survived()
    {
        await using var postgres = await PrivateServer.Start(_options);
        var connection = postgres.ConnectionString;
        await postgres.Ask("create table kept (n int)");

        for (var n = 1; n <= 4; n++)
        {
            await postgres.Ask($"insert into kept values ({n})");
            Kill(postgres);
            Assert.Equal($"{n}", await postgres.AskUntilAnswered("select count(*) from kept"));
            await ItIsTold("answers again", times: n);
        }
        Assert.Equal(4, _told.Count(t => t.Contains("has died")));
        Assert.Equal(connection, postgres.ConnectionString);
    }

    [Fact]
    public async Task A_process_that_adopted_the_server_revives_it_too()
    {
        await using var first = await PrivateServer.Start(_options);
        await using var adopter = await PrivateServer.Start(_options);
        await first.StopAsync();
        Kill(adopter);

        Assert.Equal("1", await adopter.AskUntilAnswered("select 1"));
    }

    [Fact]
    public async Task All_that_watch_a_killed_server_agree_on_one_new_server()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PrivateServer.Start(_options))));
        Kill(users[0]);

        Assert.Equal("1", await users[0].AskUntilAnswered("select 1"));
        Assert.Single(users.Select(u => (u.ServerProcessId, u.ConnectionString)).Distinct());

        await Task.WhenAll(users.Select(u => u.StopAsync()));
        Assert.Empty(Servers());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(120)]
    [InlineData(300)]
    public async Task Leaving_during_a_revival_leaves_no_server_behind(int milliseconds)
    {
        var postgres = await PrivateServer.Start(_options);
        await postgres.Ask("create table kept as select 7 as seven");
        Kill(postgres);
        await ItIsTold("has died");
        await Task.Delay(milliseconds);

        await postgres.StopAsync();
        await Task.Delay(_options.WatchEvery); // ten looks of the watch

        Assert.Empty(Servers());
        Assert.DoesNotContain(_told, t => t.Contains("could not"));
        await using var again = await PrivateServer.Start(_options);
        Assert.Equal("7", await again.Ask("select seven from kept"));
    }

    [Fact]
    public async Task A_server_that_was_stopped_on_purpose_stays_stopped()
    {
        var first = await PrivateServer.Start(_options);
        var second = await PrivateServer.Start(_options);
        await first.StopAsync();
        await second.StopAsync();
        await Task.Delay(_options.WatchEvery); // ten looks of the watch

        Assert.Empty(Servers());
        Assert.DoesNotContain(_told, t => t.Contains("has died"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.Revive());
    }

    [Fact]
    public async Task After_a_crash_on_purpose_the_server_stays_dead_until_it_is_revived()
    {
        await using var postgres = await PrivateServer.Start(_options);
        await postgres.Crash();
        await Task.Delay(_options.WatchEvery); // ten looks of the watch
        Assert.Null(postgres.ServerProcessId);

        await postgres.Revive();
        Kill(postgres);
        Assert.Equal("1", await postgres.AskUntilAnswered("select 1"));
    }

    [Fact]
    public async Task A_revival_that_fails_is_told_and_tried_again_after_growing_pauses()
    {
        await using var postgres = await PrivateServer.Start(_options);
        var good = File.ReadAllText(Configuration);
        File.AppendAllText(Configuration, "\nno_such_setting = 1\n");
        Kill(postgres);

        await ItIsTold("could not be started again", times: 2);
        var failures = _told.Where(t => t.Contains("could not be started again")).ToList();
        Assert.Contains("The next try is in 1.2 s.", failures[0]);
        Assert.Contains("The next try is in 2.2 s.", failures[1]);
        Assert.Contains("unrecognized configuration parameter \"no_such_setting\"", failures[0]);

        File.WriteAllText(Configuration, good);
        Assert.Equal("1", await postgres.AskUntilAnswered("select 1"));
    }

    [Fact]
    public async Task A_revival_waits_for_the_port_that_its_clients_know()
    {
        await using var postgres = await PrivateServer.Start(_options);
        var connection = postgres.ConnectionString;
        await postgres.Crash(); // the watch leaves it dead until the stranger has the port
        using (var stranger = new TcpListener(IPAddress.Loopback, postgres.Port))
        {
            stranger.Start();
            var failure = await Assert.ThrowsAsync<PrivateServerException>(() => postgres.Revive());
            Assert.Contains($"Another program uses its port {postgres.Port}", failure.Message);
            await ItIsTold($"Another program uses its port {postgres.Port}");
        }

        Assert.Equal("1", await postgres.AskUntilAnswered("select 1"));
        Assert.Equal(connection, postgres.ConnectionString);
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_end_the_watch()
    {
        await using var postgres = await PrivateServer.Start(_options with { Progress = _ => throw new InvalidOperationException("deaf") });
        Kill(postgres);

        Assert.Equal("1", await postgres.AskUntilAnswered("select 1"));
    }

    /// <returns>the id of the main process, which is gone now; its children notice that by themselves</returns>
    private static int Kill(PrivateServer postgres)
    {
        using var main = Process.GetProcessById(postgres.ServerProcessId!.Value);
        main.Kill();
        Assert.True(main.WaitForExit(Asked.Patience), "a killed process is still there");
        return main.Id;
    }

    private Task ItIsTold(string what, int times = 1) =>
        Asked.Until(() => _told.Count(t => t.Contains(what)) >= times, $"\"{what}\" is told {times} times");

    /// <summary>The PostgreSQL processes that work in the folder, found by their command line or by their current folder.</summary>
    private List<string> Servers()
    {
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
                var folder = new FileInfo(Path.Combine(process, "cwd")).LinkTarget ?? "";
                if (command.Contains(_options.Folder) || folder.StartsWith(_options.Folder, StringComparison.Ordinal)) found.Add(command);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or its current folder is not ours to see.
            }
        }
        return found;
    }

    /// <summary>A clock on which all goes ten times as fast: the pauses of the watch do not hold a test up.</summary>
    private sealed class TenfoldClock : TimeProvider
    {
        public override long TimestampFrequency => System.TimestampFrequency / 10;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 10, period);
    }
}

using System.Diagnostics;
using System.Runtime.Versioning;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

/// <summary>The private cluster, each test in a folder of its own with nothing running there before or after.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LocalPostgresTests : IDisposable
{
    private readonly LocalPostgresOptions _options = new(Path.Combine(Path.GetTempPath(), $"claims-local-{Guid.NewGuid():N}"));

    private string PidFile => Path.Combine(_options.Folder, "postgres", "data", "postmaster.pid");

    public void Dispose()
    {
        if (Directory.Exists(_options.Folder)) Directory.Delete(_options.Folder, recursive: true);
    }

    [Fact]
    public async Task It_starts_and_answers_as_the_owner_on_the_database_claims()
    {
        await using var postgres = await LocalPostgres.Start(_options);

        Assert.Equal("claims_owner claims t", await Ask(postgres, "select concat_ws(' ', current_user, current_database(), usesuper) from pg_user where usename = current_user"));
    }

    [Fact]
    public async Task It_checks_pages_flushes_commits_and_listens_on_this_machine_only()
    {
        await using var postgres = await LocalPostgres.Start(_options);

        foreach (var (setting, value) in new[]
        {
            ("data_checksums", "on"), ("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"), ("server_encoding", "UTF8"),
            ("lc_collate", "C"), ("listen_addresses", "127.0.0.1"), ("unix_socket_directories", ""), ("password_encryption", "scram-sha-256")
        })
        {
            var query = setting is "lc_collate" ? "select datcollate from pg_database where datname = 'claims'" : $"show {setting}";
            Assert.Equal((setting, value), (setting, await Ask(postgres, query)));
        }
    }

    [Fact]
    public async Task It_refuses_a_wrong_password_and_keeps_the_right_one_to_its_owner()
    {
        await using var postgres = await LocalPostgres.Start(_options);

        var guess = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(guess.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_options.Folder, "postgres.password")));
    }

    [Fact]
    public async Task Its_server_never_runs_as_root()
    {
        await using var postgres = await LocalPostgres.Start(_options);

        var user = File.ReadLines($"/proc/{postgres.ServerProcessId}/status").Single(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("0", user.Split('\t')[1..]);
    }

    [Fact]
    public async Task The_next_start_finds_the_data_on_the_same_port()
    {
        int port;
        await using (var first = await LocalPostgres.Start(_options))
        {
            await Ask(first, "create table kept as select 7 as seven");
            port = first.Port;
        }

        await using var second = await LocalPostgres.Start(_options);
        Assert.Equal("7", await Ask(second, "select seven from kept"));
        Assert.Equal(port, second.Port);
    }

    [Fact]
    public async Task A_second_user_of_the_folder_adopts_the_server_and_the_last_one_out_stops_it()
    {
        await using var first = await LocalPostgres.Start(_options);
        await using var second = await LocalPostgres.Start(_options);
        Assert.Equal(first.ServerProcessId, second.ServerProcessId);

        await first.StopAsync();
        Assert.Equal("1", await Ask(second, "select 1"));

        await second.StopAsync();
        Assert.Null(second.ServerProcessId);
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task Many_that_start_at_once_on_a_new_folder_share_one_server()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => LocalPostgres.Start(_options))));
        Assert.Single(users.Select(u => (u.ServerProcessId, u.ConnectionString)).Distinct());

        await Task.WhenAll(users.Select(u => Task.Run(u.StopAsync)));
        Assert.Null(users[0].ServerProcessId);
    }

    [Fact]
    public async Task A_killed_server_is_revived_on_the_same_port_with_all_that_was_committed()
    {
        await using var postgres = await LocalPostgres.Start(_options);
        await Ask(postgres, "create table kept as select 7 as seven");
        var (killed, port) = (postgres.ServerProcessId, postgres.Port);

        await postgres.Crash();
        Assert.Null(postgres.ServerProcessId);
        Assert.True(File.Exists(PidFile), "a killed server leaves its file behind");
        await postgres.Revive();

        Assert.NotEqual(killed, postgres.ServerProcessId);
        Assert.Equal(port, postgres.Port);
        Assert.Equal("7", await Ask(postgres, "select seven from kept"));
    }

    [Fact]
    public async Task A_killed_main_process_whose_backend_is_still_busy_is_waited_for_not_run_over()
    {
        await using var postgres = await LocalPostgres.Start(_options);
        // Backends notice the death of their main process when they next wait; a loop in memory lets this one work on for a while.
        var busy = Task.Run(() => Ask(postgres, "select count(*) from generate_series(1, 12000000) a where a % 7 = 0 and md5(a::text) > 'f'"));
        await Task.Delay(500, TestContext.Current.CancellationToken);

        using (var main = Process.GetProcessById(postgres.ServerProcessId!.Value)) main.Kill();
        while (postgres.ServerProcessId is not null) await Task.Delay(10, TestContext.Current.CancellationToken);
        await postgres.Revive();

        Assert.True(busy.IsCompleted, "the new server began while a backend of the old one was at work on the same files");
        Assert.Contains("pre-existing shared memory block", File.ReadAllText(Path.Combine(_options.Folder, "postgres", "server.log")));
        Assert.Equal("1", await Ask(postgres, "select 1"));
    }

    [Fact]
    public async Task A_stale_file_that_names_a_stranger_is_healed_and_the_stranger_left_alone()
    {
        await using (var first = await LocalPostgres.Start(_options))
        {
            await Ask(first, "create table kept as select 7 as seven");
            await first.Crash();
        }
        // The account that runs PostgreSQL owns the stranger too: the hardest case, for PostgreSQL itself would take it for its predecessor.
        using var stranger = Environment.IsPrivilegedProcess
            ? Process.Start("sh", ["-c", "exec setpriv --reuid=$(stat -c %u \"$1\") --regid=$(stat -c %g \"$1\") --clear-groups sleep 300", "sh", PidFile])
            : Process.Start("sleep", ["300"]);
        File.WriteAllLines(PidFile, [$"{stranger.Id}", .. File.ReadAllLines(PidFile)[1..]]);

        await using (var second = await LocalPostgres.Start(_options)) Assert.Equal("7", await Ask(second, "select seven from kept"));

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number\n")]
    public async Task A_pid_file_that_was_cut_short_is_healed(string content)
    {
        await using (var first = await LocalPostgres.Start(_options)) await first.Crash();
        File.WriteAllText(PidFile, content);

        await using var second = await LocalPostgres.Start(_options);
        Assert.Equal("1", await Ask(second, "select 1"));
    }

    [Fact]
    public async Task What_an_interrupted_initdb_left_is_swept_away()
    {
        var left = Path.Combine(_options.Folder, "postgres", "new-0123abcd");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "PG_VERSION"), "15");
        if (Environment.IsPrivilegedProcess) File.SetUnixFileMode(_options.Folder, (UnixFileMode)0b111_001_001);

        await using var postgres = await LocalPostgres.Start(_options);
        Assert.False(Directory.Exists(left));
        Assert.Equal("1", await Ask(postgres, "select 1"));
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_server_and_the_next_one_works()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await (await LocalPostgres.Start(_options, soon.Token)).StopAsync());

        await using var postgres = await LocalPostgres.Start(_options);
        Assert.Equal("1", await Ask(postgres, "select 1"));
    }

    [Fact]
    public async Task Without_binaries_the_message_names_both_ways_out()
    {
        var failure = await Assert.ThrowsAsync<LocalPostgresUnavailableException>(
            () => LocalPostgres.Start(_options with { SearchFolders = ["/nonexistent/bin"] }));

        Assert.Contains("apt-get install postgresql", failure.Message);
        Assert.Contains("docker compose up", failure.Message);
    }

    [Fact]
    public async Task Binaries_that_are_too_old_are_named()
    {
        var failure = await Assert.ThrowsAsync<LocalPostgresUnavailableException>(
            () => LocalPostgres.Start(_options with { SearchFolders = [Pretended("PostgreSQL) 13.21")] }));

        Assert.Contains("version 13; 14 or newer is needed", failure.Message);
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_not_touched()
    {
        await using (await LocalPostgres.Start(_options)) { }
        var failure = await Assert.ThrowsAsync<LocalPostgresUnavailableException>(
            () => LocalPostgres.Start(_options with { SearchFolders = [Pretended("PostgreSQL) 99.1")] }));

        Assert.Contains("only version 99 was found", failure.Message);
        await using var again = await LocalPostgres.Start(_options);
        Assert.Equal("1", await Ask(again, "select 1"));
    }

    [Fact]
    public async Task A_server_that_does_not_start_shows_the_end_of_its_log()
    {
        await using (await LocalPostgres.Start(_options)) { }
        File.AppendAllText(Path.Combine(_options.Folder, "postgres", "data", "postgresql.conf"), "\nno_such_setting = 1\n");

        var failure = await Assert.ThrowsAsync<LocalPostgresException>(() => LocalPostgres.Start(_options));
        Assert.Contains("unrecognized configuration parameter \"no_such_setting\"", failure.Message);
    }

    [Fact]
    public async Task A_folder_with_a_remembered_port_that_is_taken_gets_another_one()
    {
        int port;
        await using (var first = await LocalPostgres.Start(_options)) port = first.Port;
        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        squatter.Start();

        await using var second = await LocalPostgres.Start(_options);
        Assert.NotEqual(port, second.Port);
        Assert.Equal("1", await Ask(second, "select 1"));
    }

    private static async Task<string?> Ask(LocalPostgres postgres, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    /// <summary>A folder of programs that only say they are this PostgreSQL.</summary>
    private string Pretended(string version)
    {
        var folder = Path.Combine(_options.Folder, "pretended");
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var program = Path.Combine(folder, name);
            File.WriteAllText(program, $"#!/bin/sh\necho 'postgres ({version}'\n");
            File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        }
        if (Environment.IsPrivilegedProcess) File.SetUnixFileMode(_options.Folder, (UnixFileMode)0b111_001_001);
        return folder;
    }
}

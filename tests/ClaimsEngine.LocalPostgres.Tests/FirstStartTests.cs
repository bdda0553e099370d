using System.Runtime.Versioning;
using Npgsql;
using Xunit;

namespace ClaimsEngine.LocalPostgres.Tests;

/// <summary>What a first start makes of a folder with nothing in it. Only these tests run initdb.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FirstStartTests(FirstStartTests.NewServer made) : IClassFixture<FirstStartTests.NewServer>, IDisposable
{
    private readonly PrivateServerOptions _options = new(MadeCluster.NewFolder()) { OtherServer = "run `docker compose up`" };

    public void Dispose() => MadeCluster.Delete(_options.Folder);

    [Fact]
    public async Task It_starts_and_answers_as_the_owner_on_the_database_that_the_options_name() =>
        Assert.Equal("keeper books t", await made.Postgres.Ask(
            "select concat_ws(' ', current_user, current_database(), usesuper) from pg_user where usename = current_user"));

    [Theory]
    [InlineData("data_checksums", "on")]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("password_encryption", "scram-sha-256")]
    public async Task It_checks_pages_flushes_commits_and_listens_on_this_machine_only(string setting, string value) =>
        Assert.Equal(value, await made.Postgres.Ask($"show {setting}"));

    [Fact]
    public async Task It_sorts_text_by_its_bytes() =>
        Assert.Equal("C", await made.Postgres.Ask("select datcollate from pg_database where datname = 'books'"));

    [Fact]
    public async Task It_refuses_a_wrong_password_and_keeps_the_right_one_to_its_owner()
    {
        var guess = new NpgsqlConnectionStringBuilder(made.Postgres.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(guess.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(made.Postgres.Folder, "postgres.password")));
    }

    [Fact]
    public void Its_server_never_runs_as_root()
    {
        var status = File.ReadLines($"/proc/{made.Postgres.ServerProcessId}/status");
        var user = status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("0", user.Split('\t')[1..]);
    }

    [Fact]
    public async Task Many_that_start_at_once_on_a_new_folder_share_one_server()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => PrivateServer.Start(_options))));
        Assert.Single(users.Select(u => (u.ServerProcessId, u.ConnectionString)).Distinct());

        await Task.WhenAll(users.Select(u => Task.Run(u.StopAsync)));
        Assert.Null(users[0].ServerProcessId);
    }

    [Fact]
    public async Task What_an_interrupted_initdb_left_is_swept_away()
    {
        var left = Path.Combine(_options.Folder, "postgres", "new-0123abcd");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "PG_VERSION"), "15");
        if (Environment.IsPrivilegedProcess) File.SetUnixFileMode(_options.Folder, (UnixFileMode)0b111_001_001);

        await using var postgres = await PrivateServer.Start(_options);
        Assert.False(Directory.Exists(left));
        Assert.Equal("1", await postgres.Ask("select 1"));
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_server_and_the_next_one_works()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await (await PrivateServer.Start(_options, soon.Token)).StopAsync());

        await using var postgres = await PrivateServer.Start(_options);
        Assert.Equal("1", await postgres.Ask("select 1"));
    }

    [Fact]
    public async Task Without_binaries_the_message_names_both_ways_out()
    {
        var failure = await Assert.ThrowsAsync<PrivateServerUnavailableException>(
            () => PrivateServer.Start(_options with { SearchFolders = ["/nonexistent/bin"] }));

        Assert.Contains("apt-get install postgresql", failure.Message);
        Assert.Contains("docker compose up", failure.Message);
    }

    [Fact]
    public async Task Binaries_that_are_too_old_are_named()
    {
        var failure = await Assert.ThrowsAsync<PrivateServerUnavailableException>(
            () => PrivateServer.Start(_options with { SearchFolders = [MadeCluster.Pretended("13.21", _options.Folder)] }));

        Assert.Contains("version 13; 14 or newer is needed", failure.Message);
    }

    /// <summary>A server that a first start has made, under an owner and with a database that the options name.</summary>
    public sealed class NewServer : IAsyncLifetime
    {
        private readonly PrivateServerOptions _options = new(MadeCluster.NewFolder()) { Owner = "keeper", Database = "books" };

        public PrivateServer Postgres { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Postgres = await PrivateServer.Start(_options);

        public async ValueTask DisposeAsync()
        {
            await Postgres.DisposeAsync();
            MadeCluster.Delete(_options.Folder);
        }
    }
}

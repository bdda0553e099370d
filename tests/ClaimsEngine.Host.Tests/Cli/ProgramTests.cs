using System.Diagnostics;
using ClaimsEngine.Host.Cli;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.House;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClaimsEngine.Host.Tests.Cli;

/// <summary>The program as it is started by hand: what it prints, what it says when it can't start, and its exit code.</summary>
public sealed class ProgramTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task Verbs_in_processes_of_their_own_run_beside_a_serving_host_and_print_their_answer_alone()
    {
        var (code, verified, errors) = await Started("verify", "--ConnectionStrings:Claims", Api.Storage.Options.ConnectionString);
        Assert.True(code == 0, verified + errors);
        var database = new NpgsqlConnectionStringBuilder(Api.Storage.Options.ConnectionString);
        Assert.Contains("equals its replay", verified, StringComparison.Ordinal);
        Assert.DoesNotContain("Wolverine", verified, StringComparison.Ordinal);
        Assert.Equal($"Database: PostgreSQL, database {database.Database} on 127.0.0.1:{database.Port}{Environment.NewLine}", errors);
        foreach (var text in (string[])[verified, errors])
        {
            Assert.DoesNotContain(database.Password!, text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', text);   // colours are for a terminal, not for a pipe
        }

        var (seeded, told, _) = await Started("seed", "reference", "--ConnectionStrings:Claims", Api.Storage.Options.ConnectionString);
        Assert.True(seeded == 0, told);
        Assert.DoesNotContain("Wolverine", told, StringComparison.Ordinal);
        Assert.Contains("Nothing changed", told, StringComparison.Ordinal);

        // what was begun beside them goes on
        var written = (await Officer.Post("/api/enrolments", Sample.Enrolment(Sample.NewPerson(), Sample.SeededPlan))).Is(201);
        Assert.True(await Api.Storage.Upkeep.WaitFor(long.Parse(written.Position!), TimeSpan.FromMinutes(1),
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_without_a_stack()
    {
        var nowhere =
            new NpgsqlConnectionStringBuilder(Api.Storage.Options.ConnectionString) { Host = "127.0.0.1", Port = 1 }.ConnectionString;
        foreach (var verb in (string[])["serve", "verify"])
            Assert.StartsWith(
                "PostgreSQL: ", WithoutDatabase(await Refusal(verb, "--ConnectionStrings:Claims", nowhere))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named_with_the_way_out() => Assert.Contains("choose an address with --urls",
        await Refusal(
        ["serve", "--seed", "none", .. ApiFixture.ArgumentsFor(Api.Storage.Options.ConnectionString), "--urls", Api.Address.ToString()]),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_setting_of_nothing_is_named() => Assert.Contains("LongWork:AtOnce", await Refusal(
        ["serve", "--seed", "none", .. ApiFixture.ArgumentsFor(Api.Storage.Options.ConnectionString), "--LongWork:AtOnce", "0"]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("verify", "verfy")]
    [InlineData("population", "populaton", "gansu")]
    [InlineData("codegen", "codgen", "write")]
    [InlineData("--seed", "serve", "--sed", "demo")]
    [InlineData("--employers", "import", "--emploers", "units.csv")]
    [InlineData("enrolments", "rebuild", "enrolment")]
    [InlineData("--role", "token", "--user", "wang", "--rol", "officer")]
    [InlineData("send", "roster", "snd")]
    [InlineData("Claims", "verify", "--ConnectionStrings:Clams", "Host=127.0.0.1")]
    [InlineData("ConnectionStrings", "verify", "--ConectionStrings:Claims", "Host=127.0.0.1")]
    [InlineData("Connections", "serve", "--Store:Conections=5")]
    [InlineData("Approval", "serve", "--Approval:Distrct", "1000.00")]
    [InlineData("no value", "verify", "--ConnectionStrings:Claims")]
    [InlineData("--set", "roster", "generate", "--set", "Store:Schema=claims", "--region", "62", "--rows", "1", "--out", "none.csv")]
    public async Task A_mistyped_verb_option_or_setting_ends_with_a_hint(string hint, params string[] words) =>
        Assert.Contains(hint, await Refusal(words), StringComparison.Ordinal);

    [Theory]
    [InlineData("'nonsense' is no address", "--urls", "nonsense")]
    [InlineData("'http://127.0.0.1:99999' is no address", "--urls", "http://127.0.0.1:0;http://127.0.0.1:99999")]
    [InlineData("'http://127.0.0.1:0/api' is no address", "serve", "--urls", "http://127.0.0.1:0/api")]
    [InlineData("ConnectionStrings:Claims cannot be read", "--ConnectionStrings:Claims", "nonsense")]
    [InlineData("ConnectionStrings:Claims cannot be read", "verify", "--ConnectionStrings:Claims", "Host=h;Port=abc;Password=never-shown")]
    [InlineData("ConnectionStrings:Claims cannot be read", "verify", "--ConnectionStrings:Claims", "Host=h;Hue=red;Password=never-shown")]
    [InlineData("ConnectionStrings:Claims names no Host", "token", "--user", "a", "--role", "officer",
        "--ConnectionStrings:Claims", "Database=claims;Password=never-shown")]
    [InlineData("Store:Connections is a whole number", "verify", "--Store:Connections", "many")]
    [InlineData("is no plain identifier", "verify", "--Store:Schema", "Claims")]
    public async Task A_setting_that_cannot_be_read_is_named_in_one_sentence(string said, params string[] words)
    {
        var told = await Refusal(words);
        Assert.Contains(said, told, StringComparison.Ordinal);
        Assert.DoesNotContain("never-shown", told, StringComparison.Ordinal);
        Assert.Single(WithoutDatabase(told));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named_in_one_sentence()
    {
        var file = Path.Combine(Path.GetTempPath(), $"nowhere-{Guid.NewGuid():N}", "roster.csv");
        Assert.Contains(file, Assert.Single(WithoutDatabase(await Refusal(
            ["roster", "generate", "--seed", "1", "--region", "620602", "--rows", "1", "--units", "1", "--out", file]))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_of_another_kind_is_named() => Assert.Contains("RateLimit:PerSecond", await Refusal(
        ["serve", "--seed", "none", .. ApiFixture.ArgumentsFor(Api.Storage.Options.ConnectionString), "--RateLimit:PerSecond", "many"]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("verify")]
    [InlineData("rebuild", "all")]
    [InlineData("token", "--user", "wang", "--role", "officer")]
    [InlineData("import", "--employers", "none.csv")]
    [InlineData("db-assert")]
    public async Task A_verb_that_needs_events_makes_no_tables_in_a_database_without_them(params string[] words)
    {
        var empty = await Api.EmptyDatabase();
        // In a process of its own: the verbs of Marten take the database from the environment only.
        var (code, _, errors) = await StartedIn(
            Program, Environment.CurrentDirectory, new() { ["ConnectionStrings__Claims"] = empty }, words);
        Assert.Contains("has no events of the engine", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(2, code);
        await using var database = new Database(empty);
        Assert.Equal(0L, await database.Ask("SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('claims', 'read')"));
    }

    [Fact]
    public async Task A_file_is_looked_for_in_the_folder_of_whoever_runs_the_program()
    {
        var folder = Directory.CreateTempSubdirectory("caller-");
        try
        {
            var project = Path.Combine(ArrowTests.Root, "src", "ClaimsEngine.Host");
            var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
            var (code, _, errors) = await StartedIn("dotnet", folder.FullName, [],
                "run", "--no-build", "--no-launch-profile", "--configuration", configuration, "--project", project, "--",
                "import", "mine.csv", "--ConnectionStrings:Claims", Api.Storage.Options.ConnectionString);
            Assert.Contains($"there is no file {Path.Combine(folder.FullName, "mine.csv")}", errors, StringComparison.Ordinal);
            Assert.Equal(2, code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_start_where_nothing_changed_does_not_list_the_seeds()
    {
        var connection = await Api.NewDatabase();
        Assert.Single(await Seeded(connection));
        Assert.Empty(await Seeded(connection));

        async Task<List<string>> Seeded(string on)
        {
            var before = Api.Log.Lines.Count;
            await using (await Api.StartHost(on, SeedLevel.Reference)) { }
            return [.. Api.Log.Lines.Skip(before)
                .Where(line => line.Level >= LogLevel.Information && line.Category.Contains("Seed", StringComparison.Ordinal))
                .Select(line => line.Text)];
        }
    }

    /// <summary>The lines without the one that names the database, with which a verb begins.</summary>
    private static List<string> WithoutDatabase(string told) =>
    [
        .. told.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("Database: ", StringComparison.Ordinal)),
    ];

    private static string Program => Path.Combine(AppContext.BaseDirectory, "ClaimsEngine.Host");

    private static Task<(int Code, string Printed, string Errors)> Started(params string[] arguments) =>
        StartedIn(Program, Environment.CurrentDirectory, [], arguments);

    private static async Task<(int Code, string Printed, string Errors)> StartedIn(
        string program, string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            Environment = { ["TERM"] = "xterm-256color", ["GITHUB_ACTIONS"] = "true" },   // where Spectre writes colours, if it may
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await printed, await errors);
    }

    /// <summary>What the program says when it ends with 2: a message, and no stack.</summary>
    private static async Task<string> Refusal(params string[] arguments)
    {
        var (console, printed) = (System.Console.Error, new StringWriter());
        System.Console.SetError(printed);
        try
        {
            Assert.Equal(2, await CommandLine.Run(arguments));
        }
        finally
        {
            System.Console.SetError(console);
        }
        Assert.DoesNotContain("   at ", printed.ToString(), StringComparison.Ordinal);
        return printed.ToString();
    }
}

using System.Collections.Concurrent;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Host.Tests.Auth;
using ClaimsEngine.LocalPostgres;
using ClaimsEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

[assembly: AssemblyFixture(typeof(ApiFixture))]

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>
/// One PostgreSQL, one database and one real host with the demo's seeds for all tests over HTTP. Starts before the first test.
/// </summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-http-{Guid.NewGuid():N}");
    private readonly ConcurrentDictionary<string, string> tokens = new();
    private readonly ConcurrentBag<string> databases = [];

    /// <summary>Where the hosts of the tests keep files.</summary>
    public static string PaperFolder { get; } = Path.Combine(Path.GetTempPath(), $"claims-papers-{Guid.NewGuid():N}");

    private PrivateServer? server;
    private ClaimsHost? host;
    private Database? database;
    private string? template;

    /// <summary>The code of every problem that any test was answered with.</summary>
    public ConcurrentDictionary<string, string> CodesSeen { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The database of the host under test, as a connection string.</summary>
    public string Database { get; private set; } = "";
    public IServiceProvider Services => host!.App.Services;
    public ClaimsStorage Storage => Services.GetRequiredService<ClaimsStorage>();

    /// <summary>Everything that any host of the tests logged, debugging included.</summary>
    public KeptLog Log { get; } = new();

    /// <summary>Every database that a test has had, as connection strings.</summary>
    public IReadOnlyCollection<string> Databases => databases;

    public async ValueTask InitializeAsync()
    {
        server = await PrivateServer.Start(new PrivateServerOptions(folder));
        template = await Migrated();
        Database = await NewDatabase();
        database = new Database(Database);
        host = await StartHost(Database, SeedLevel.Demo);
        Http = NewClient();
    }

    /// <summary>What a host on a database of this server is started with.</summary>
    public static string[] ArgumentsFor(string connection) =>
    [
        "--urls", "http://127.0.0.1:0", "--environment", "Development", "--ConnectionStrings:Claims", connection,
        "--Papers:Folder", PaperFolder,
        "--RateLimit:PerSecond", "100000", "--RateLimit:Burst", "100000",
        "--Outbox:FirstRetrySeconds", "0.1", "--Outbox:Attempts", "4", "--Outbox:PollMilliseconds", "100",
        "--Logging:LogLevel:Default", "Debug", "--Logging:LogLevel:Npgsql", "Debug",
        "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information",
        "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", "Information",
        "--Logging:Console:LogLevel:Default", "None",
    ];

    /// <summary>A host that serves over HTTP, on a database of this server. What it logs is kept.</summary>
    /// <param name="extend">adds to the composition before it is built</param>
    /// <param name="map">adds routes and middleware before it starts</param>
    public async Task<ClaimsHost> StartHost(
        string connection, SeedLevel? seed = SeedLevel.None, string[]? arguments = null,
        Action<WebApplicationBuilder>? extend = null, Action<WebApplication>? map = null)
    {
        var made = await ClaimsHost.Create(
            [.. ArgumentsFor(connection), .. arguments ?? []], seed, TestContext.Current.CancellationToken,
            builder =>
            {
                builder.Services.AddSingleton<ILoggerProvider>(Log);
                extend?.Invoke(builder);
            });
        try
        {
            map?.Invoke(made.App);
            await made.App.StartAsync(TestContext.Current.CancellationToken);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>A database with the engine's tables, in which nothing has happened yet. A host need not migrate it.</summary>
    /// <returns>its connection string, for its owner</returns>
    public Task<string> NewDatabase() => NewDatabase($"TEMPLATE {template}");

    /// <summary>A database without anything in it, for a test of what the first start makes.</summary>
    /// <returns>its connection string, for its owner</returns>
    public Task<string> EmptyDatabase() => NewDatabase("");

    private async Task<string> NewDatabase(string like)
    {
        var name = $"t_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server!.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} {like}", connection);
        await command.ExecuteNonQueryAsync();
        var made = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        databases.Add(made);
        return made;
    }

    /// <summary>The name of a database as the engine's storage makes it at a first start. Nobody uses it.</summary>
    private async Task<string> Migrated()
    {
        var made = new NpgsqlConnectionStringBuilder(await EmptyDatabase());
        await using (await ClaimsStorage.Open(new StorageOptions(made.ConnectionString), Engine.EventTypes, Engine.ReadModels)) { }
        NpgsqlConnection.ClearAllPools(); // PostgreSQL copies no database while anybody is connected to it
        return made.Database!;
    }

    public Uri Address => AddressOf(host!);

    /// <summary>A client with connections of its own.</summary>
    /// <param name="to">the host under test, unless another one is named</param>
    public HttpClient NewClient(ClaimsHost? to = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = AddressOf(to ?? host!) };

    private static Uri AddressOf(ClaimsHost host) =>
        new(host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Requests of one person, under a token of the Development environment.</summary>
    public Caller As(string user, string roles, string region = "62") => new(this, Http, TokenOf(user, roles, region), user);

    /// <summary>Requests of nobody.</summary>
    public Caller Anonymous => new(this, Http, null, "nobody");

    public string TokenOf(string user, string roles, string region = "62") => tokens.GetOrAdd($"{user}|{roles}|{region}", _ =>
    {
        var body = new { user, roles = roles.Split(',', StringSplitOptions.RemoveEmptyEntries), region };
        return Anonymous.Post("/api/dev/tokens", body).GetAwaiter().GetResult().Text("token");
    });

    /// <inheritdoc cref="Database.Ledger"/>
    public Task<string> Ledger() => database!.Ledger();

    public async Task<long> Events() => (long)(await Ask("SELECT count(*) FROM claims.mt_events WHERE type <> 'tombstone'"))!;

    /// <inheritdoc cref="Database.Ask"/>
    public Task<object?> Ask(string sql, params object[] parameters) => database!.Ask(sql, parameters);

    /// <inheritdoc cref="Database.Column"/>
    public Task<List<string>> Column(string sql, params object[] parameters) => database!.Column(sql, parameters);

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (host is not null) await host.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        foreach (var used in (string[])[folder, PaperFolder])
            if (Directory.Exists(used)) Directory.Delete(used, recursive: true);
    }
}

/// <summary>Tests over HTTP share one database and run one after another, so that each can say what became of it.</summary>
[CollectionDefinition(Name)]
public sealed class OverHttp
{
    public const string Name = "over HTTP";
}

/// <summary>Runs when all other tests are done: what must be true of everything they left behind.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterAll
{
    public const string Name = "after all";
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

[assembly: AssemblyFixture(typeof(ApiFixture))]

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>One PostgreSQL, one database and one real host with the demo's seeds for all tests over HTTP. Starts with the first test that asks for it.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-http-{Guid.NewGuid():N}");
    private readonly ConcurrentDictionary<string, string> tokens = new();
    private LocalPostgres? server;
    private ClaimsHost? host;
    private NpgsqlDataSource? owner;

    /// <summary>The code of every problem that any test was answered with.</summary>
    public ConcurrentDictionary<string, string> CodesSeen { get; } = new();

    public HttpClient Http { get; private set; } = null!;
    public IServiceProvider Services => host!.App.Services;
    public ClaimsDatabase Database => Services.GetRequiredService<ClaimsDatabase>();

    public async ValueTask InitializeAsync()
    {
        server = await LocalPostgres.Start(new LocalPostgresOptions(folder));
        var connection = await NewDatabase();
        owner = NpgsqlDataSource.Create(connection);
        host = await ClaimsHost.Create(ArgumentsFor(connection), SeedLevel.Demo, CancellationToken.None);
        await host.App.StartAsync();
        Http = NewClient();
    }

    /// <summary>What a host on a database of this server is started with.</summary>
    public static string[] ArgumentsFor(string connection) =>
    [
        "--urls", "http://127.0.0.1:0", "--environment", "Development", "--ConnectionStrings:Claims", connection,
        "--RateLimit:PerSecond", "100000", "--RateLimit:Burst", "100000", "--Logging:LogLevel:Default", "Warning",
    ];

    public async Task<string> NewDatabase()
    {
        var name = $"t_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server!.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public Uri Address => AddressOf(host!);

    /// <summary>A client with connections of its own.</summary>
    /// <param name="to">the host under test, unless another one is named</param>
    public HttpClient NewClient(ClaimsHost? to = null) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = AddressOf(to ?? host!) };

    private static Uri AddressOf(ClaimsHost host) => new(host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Requests of one person, under a token of the Development environment.</summary>
    public Caller As(string user, string roles, string region = "62") => new(this, Http, TokenOf(user, roles, region), user);

    /// <summary>Requests of nobody.</summary>
    public Caller Anonymous => new(this, Http, null, "nobody");

    public string TokenOf(string user, string roles, string region = "62") => tokens.GetOrAdd($"{user}|{roles}|{region}", _ =>
    {
        var body = new JsonObject { ["user"] = user, ["roles"] = new JsonArray([.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(role => JsonValue.Create(role))]), ["region"] = region };
        return Anonymous.Post("/api/dev/tokens", body).GetAwaiter().GetResult().Text("token");
    });

    /// <summary>Rows of every table of the engine that a refusal must leave alone: events, streams, keys, places and stored answers.</summary>
    public async Task<string> Ledger() => (string)(await Ask("""
        SELECT concat_ws('/', (SELECT count(*) FROM claims.mt_events), (SELECT count(*) FROM claims.mt_streams), (SELECT count(*) FROM claims.unique_keys),
               (SELECT coalesce(sum(taken), 0) FROM claims.places), (SELECT count(*) FROM claims.requests))
        """))!;

    public async Task<long> Events() => (long)(await Ask("SELECT count(*) FROM claims.mt_events"))!;

    /// <summary>One value, read with the owner's rights beside the engine.</summary>
    public async Task<object?> Ask(string sql, params object[] parameters)
    {
        await using var command = owner!.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The first column of every row.</summary>
    public async Task<List<string>> Column(string sql, params object[] parameters)
    {
        await using var command = owner!.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
            if (!await reader.IsDBNullAsync(0)) values.Add(reader.GetValue(0).ToString()!);
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (host is not null) await host.DisposeAsync();
        if (owner is not null) await owner.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
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

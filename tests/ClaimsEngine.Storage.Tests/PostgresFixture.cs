using ClaimsEngine.LocalPostgres;
using ClaimsEngine.Storage.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace ClaimsEngine.Storage.Tests;

/// <summary>One PostgreSQL for all tests; every test gets a database of its own in it, a copy of one that was migrated once.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Template = "migrated";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-store-{Guid.NewGuid():N}");
    private readonly SemaphoreSlim copying = new(1);
    private PrivateServer? server;

    public async ValueTask InitializeAsync()
    {
        server = await PrivateServer.Start(new PrivateServerOptions(folder));
        await Run("ALTER SYSTEM SET max_connections = 200");
        await server.DisposeAsync();
        server = await PrivateServer.Start(new PrivateServerOptions(folder));
        await Run($"CREATE DATABASE {Template}");
        await using (await ClaimsStorage.Open(new StorageOptions(Of(Template)), Samples.Types, [])) { }
        await using var left = new NpgsqlConnection(Of(Template));
        NpgsqlConnection.ClearPool(left);
    }

    /// <summary>A database that has the schema already, and no read models.</summary>
    public async Task<string> NewDatabase()
    {
        var name = $"t_{Guid.NewGuid():N}";
        await copying.WaitAsync();
        try
        {
            await Run($"CREATE DATABASE {name} TEMPLATE {Template}");
        }
        finally
        {
            copying.Release();
        }
        return Of(name);
    }

    /// <summary>A database without anything in it.</summary>
    public async Task<string> EmptyDatabase()
    {
        var name = $"t_{Guid.NewGuid():N}";
        await Run($"CREATE DATABASE {name}");
        return Of(name);
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Of(string database) => new NpgsqlConnectionStringBuilder(server!.ConnectionString) { Database = database,
        MaxPoolSize = 30 }.ConnectionString;

    private async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(server!.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

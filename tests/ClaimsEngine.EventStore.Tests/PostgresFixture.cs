using ClaimsEngine.EventStore.Tests;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace ClaimsEngine.EventStore.Tests;

/// <summary>One PostgreSQL for all tests; every test gets a database of its own in it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"claims-store-{Guid.NewGuid():N}");
    private LocalPostgres? server;

    public async ValueTask InitializeAsync() => server = await LocalPostgres.Start(new LocalPostgresOptions(folder));

    public async Task<string> NewDatabase()
    {
        var name = $"t_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server!.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 30 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

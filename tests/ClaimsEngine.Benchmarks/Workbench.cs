using System.Globalization;
using ClaimsEngine.LocalPostgres;
using Npgsql;

namespace ClaimsEngine.Benchmarks;

/// <summary>The PostgreSQL that is measured on: a server of the caller's, or one of our own in a folder that goes away with it.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly PrivateServer? local;
    private readonly string connection;
    private readonly double part;

    private Workbench(PrivateServer? local, string connection, int rounds, double part) =>
        (this.local, this.connection, Rounds, this.part) = (local, connection, rounds, part);

    /// <summary>How often everything is measured.</summary>
    public int Rounds { get; }

    /// <summary>The asked part of a full size: all of it to measure, a hundredth to see that everything runs. At least 20.</summary>
    public int Size(int full) => Math.Max(20, (int)(full * part));

    public static async Task<Workbench> Open(string? connection, int rounds, double part, CancellationToken cancellation)
    {
        if (connection is not null) return new Workbench(null, connection, rounds, part);
        var folder = Path.Combine(Path.GetTempPath(), $"claims-bench-{Guid.NewGuid():N}");
        var local = await PrivateServer.Start(new PrivateServerOptions(folder) { Progress = System.Console.Error.WriteLine }, cancellation);
        return new Workbench(local, local.ConnectionString, rounds, part);
    }

    /// <summary>An empty database for one side of a comparison, dropped with it.</summary>
    public async Task<BenchDatabase> EmptyDatabase()
    {
        var name = $"bench_{Guid.NewGuid().ToString("N")[..12]}";
        await Execute($"CREATE DATABASE {name}");
        var made = new NpgsqlConnectionStringBuilder(connection) { Database = name };
        return new BenchDatabase(made.ConnectionString, () => Execute($"DROP DATABASE {name} WITH (FORCE)"));
    }

    public async ValueTask DisposeAsync()
    {
        if (local is null) return;
        NpgsqlConnection.ClearAllPools();
        await local.DisposeAsync();
        Directory.Delete(local.Folder, recursive: true);
    }

    private async Task Execute(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(connection);
        await using var command = owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database that exists for one measurement.</summary>
internal sealed class BenchDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
{
    /// <summary>Of the owner, with Npgsql's defaults.</summary>
    public string ConnectionString => connectionString;

    public NpgsqlDataSource Owner { get; } = NpgsqlDataSource.Create(connectionString);

    public async Task Execute(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> Number(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Makes sure that what was measured was also done.</summary>
    /// <exception cref="InvalidOperationException">The statement gives another number.</exception>
    public async Task MustBe(long expected, string sql)
    {
        var found = await Number(sql);
        if (found != expected) throw new InvalidOperationException($"{found} instead of {expected}: {sql}");
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await drop();
    }
}

using ClaimsEngine.EventStore;
using ClaimsEngine.Ports;
using Npgsql;

namespace ClaimsEngine.Benchmarks;

/// <summary>The PostgreSQL that is measured on: a server of the caller's, or one of our own in a folder that goes away with it.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly LocalPostgres? local;
    private readonly string connection;

    private Workbench(LocalPostgres? local, string connection, int rounds)
    {
        this.local = local;
        this.connection = connection;
        Rounds = rounds;
    }

    /// <summary>So often everything is measured.</summary>
    public int Rounds { get; }

    public static async Task<Workbench> Open(string? connection, int rounds, CancellationToken cancellation)
    {
        if (connection is not null) return new Workbench(null, connection, rounds);
        var folder = Path.Combine(Path.GetTempPath(), $"claims-bench-{Guid.NewGuid():N}");
        var local = await LocalPostgres.Start(new LocalPostgresOptions(folder) { Progress = Console.Error.WriteLine }, cancellation);
        return new Workbench(local, local.ConnectionString, rounds);
    }

    /// <summary>An empty store in schemas of its own, dropped with it.</summary>
    public Task<BenchStore> EmptyStore(params IReadModel[] readModels) => EmptyStore(Samples.Types, readModels);

    /// <summary>The same for the engine's own events, without read models: those are made at once when all is stored.</summary>
    public Task<BenchStore> EmptyEngine() => EmptyStore(Engine.EventTypes, []);

    /// <summary>The same with events and read models of one's own.</summary>
    public async Task<BenchStore> EmptyStore(EventTypes types, IReadOnlyList<IReadModel> readModels)
    {
        var schema = $"bench_{Guid.NewGuid().ToString("N")[..12]}";
        var options = new EventStoreOptions(connection, schema, schema + "_read");
        await Drop(options);   // whatever an earlier run left behind would be measured too
        return new BenchStore(await ClaimsDatabase.Open(options, types, readModels), () => Drop(options));
    }

    /// <summary>A database of its own for a whole host; it goes with the server.</summary>
    public async Task<string> EmptyDatabase()
    {
        var name = $"bench_{Guid.NewGuid().ToString("N")[..12]}";
        await using var owner = new NpgsqlConnection(connection);
        await owner.OpenAsync();
        await using var make = new NpgsqlCommand($"CREATE DATABASE {name}", owner);
        await make.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connection) { Database = name }.ConnectionString;
    }

    /// <summary>All rounds of one measurement, one after the other.</summary>
    public async Task<double[]> Measure(Func<Task<double>> round)
    {
        var values = new double[Rounds];
        for (var i = 0; i < values.Length; i++) values[i] = await round();
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        if (local is null) return;
        NpgsqlConnection.ClearAllPools();
        await local.DisposeAsync();
        Directory.Delete(local.Folder, recursive: true);
    }

    private async Task Drop(EventStoreOptions options)
    {
        await using var owner = new NpgsqlConnection(connection);
        await owner.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {options.Schema}, {options.ReadSchema} CASCADE", owner) { CommandTimeout = 0 };
        await drop.ExecuteNonQueryAsync();
    }
}

/// <summary>A store that exists for one measurement.</summary>
internal sealed class BenchStore(ClaimsDatabase database, Func<Task> drop) : IAsyncDisposable
{
    public ClaimsDatabase Database => database;

    public IEventStore Events => database.Events;

    /// <summary>Projects up to a position, then leaves the machine to what is measured.</summary>
    public async Task CatchUp(string readModel, FeedPosition position)
    {
        database.Projector.Start();
        if (!await database.Projector.WaitFor(readModel, position, TimeSpan.FromMinutes(10))) throw new TimeoutException($"{readModel} does not catch up");
        await database.Projector.StopAsync();
    }

    /// <summary>The same store opened with read models, which are made from what it holds; statistics as autovacuum would have made them by then.</summary>
    public async Task<ClaimsDatabase> Reading(EventTypes types, IReadOnlyList<IReadModel> readModels)
    {
        var reading = await ClaimsDatabase.Open(database.Options, types, readModels);
        await using var owner = new NpgsqlConnection(database.Options.ConnectionString);
        await owner.OpenAsync();
        var tables = readModels.Select(model => $"{database.Options.ReadSchema}.{model.Table}").Prepend($"{database.Options.Schema}.mt_events");
        await using var analyze = new NpgsqlCommand(string.Join(';', tables.Select(table => $"ANALYZE {table}")), owner) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync();
        return reading;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await drop();
    }
}

using ClaimsEngine.EventStore;

namespace ClaimsEngine.Host;

/// <summary>The database that this process works with: the server named in <c>ConnectionStrings:Claims</c>, or a private local one.</summary>
public sealed class Storage : IAsyncDisposable
{
    private readonly LocalPostgres? local;

    private Storage(ClaimsDatabase database, LocalPostgres? local)
    {
        Database = database;
        this.local = local;
    }

    public ClaimsDatabase Database { get; }

    /// <summary>Where the data lies, for the start's one line of output: never a password.</summary>
    public string Where => local is null ? "PostgreSQL of ConnectionStrings:Claims" : $"private PostgreSQL in {local.Folder}, port {local.Port}";

    /// <exception cref="LocalPostgresUnavailableException">no server is named and this machine has no PostgreSQL; the message names both ways out</exception>
    public static async Task<Storage> Open(IConfiguration configuration, CancellationToken cancellation)
    {
        var named = configuration.GetConnectionString("Claims");
        var local = string.IsNullOrWhiteSpace(named) ? await LocalPostgres.Start(LocalPostgresOptions.FromEnvironment(), cancellation) : null;
        try
        {
            var options = new EventStoreOptions(local?.ConnectionString ?? named!, configuration["Store:Schema"] ?? "claims", configuration["Store:ReadSchema"] ?? "read");
            return new Storage(await ClaimsDatabase.Open(options, Engine.EventTypes, Engine.ReadModels, cancellation), local);
        }
        catch
        {
            if (local is not null) await local.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (local is not null) await local.DisposeAsync();
    }
}

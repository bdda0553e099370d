using Npgsql;

namespace ClaimsEngine.Storage;

/// <summary>The connections of this process, all in the application's role and together below
/// <see cref="StorageOptions.Connections"/>.</summary>
public sealed class Sessions : IAsyncDisposable
{
    /// <summary>Rare values and common ones want different plans: a plan for any value would look through five million rows for the three
    /// that are pending.</summary>
    private const string PlannedEachTime = " -c plan_cache_mode=force_custom_plan";

    public Sessions(StorageOptions options)
    {
        Application = Open(options, "", options.Connections * 2 / 3);
        Listing = Open(options, PlannedEachTime, options.Connections / 3);
    }

    /// <summary>For Marten, Wolverine and bulk writes: may add events, never change them; owns the read models.</summary>
    public NpgsqlDataSource Application { get; }

    /// <summary>The same for lists: every question is planned for its own parameters.</summary>
    public NpgsqlDataSource Listing { get; }

    public async ValueTask DisposeAsync()
    {
        await Listing.DisposeAsync();
        await Application.DisposeAsync();
    }

    private static NpgsqlDataSource Open(StorageOptions options, string planning, int most) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            // Given at connect these are the session's defaults: RESET ALL and DISCARD ALL come back to them, not to the owner.
            Options = $"-c role={options.ApplicationRole} -c search_path={options.Schema},{options.ReadSchema} -c TimeZone=UTC "
                + "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60s -c jit=off" + planning,
            ApplicationName = "claims-engine",
            MaxPoolSize = Math.Max(4, most),
            // A thousand events are a megabyte: in pieces of Npgsql's 8 kB waiting for each costs more than reading it.
            ReadBufferSize = 64 * 1024,
            WriteBufferSize = 64 * 1024,
            // Prepared statements halve what a command costs PostgreSQL.
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
        });
}

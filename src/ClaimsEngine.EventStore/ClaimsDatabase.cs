using System.Security.Cryptography;
using ClaimsEngine.EventStore.Feed;
using ClaimsEngine.EventStore.Importing;
using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.EventStore.Projections;
using ClaimsEngine.EventStore.ReadModels;
using ClaimsEngine.EventStore.Schema;
using Npgsql;

namespace ClaimsEngine.EventStore;

/// <summary>The database of the engine, opened: schema up to date, sessions in the application's role, events, read models and what keeps them up to date.</summary>
public sealed class ClaimsDatabase : IAsyncDisposable
{
    /// <summary>A planner with old statistics would also start worker processes for a thousand events: that alone costs as much as reading them.</summary>
    private const string LookUpsOnly = " -c enable_sort=off -c enable_bitmapscan=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off "
        + "-c enable_material=off -c max_parallel_workers_per_gather=0";

    /// <summary>Rare values and common ones want different plans: a plan for any value would look through five million rows for the three that are pending.</summary>
    private const string PlannedEachTime = " -c plan_cache_mode=force_custom_plan";

    private readonly PostgresEventStore events;
    private readonly Dictionary<string, Projection> projections;
    private readonly EventTypes types;
    private readonly FeedWatcher watcher;
    private readonly RecentEvents stored = new();
    private readonly ImportLog imports;

    private ClaimsDatabase(EventStoreOptions options, NpgsqlDataSource application, NpgsqlDataSource following, EventTypes types, IEnumerable<ReadModelTable> tables)
    {
        Options = options;
        Application = application;
        Following = following;
        Listing = Sessions(options, PlannedEachTime);
        this.types = types;
        watcher = new FeedWatcher(following, options);
        imports = new ImportLog(application, options);
        events = new PostgresEventStore(application, following, options, types, Committed);
        projections = tables.ToDictionary(table => table.Name, table => new Projection(table, application, following, options, types));
        var process = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid().ToString("N")[..8]}";
        Projector = new Projector(application, following, options, watcher, stored, projections.Values, process);
        LongWorks = new LongWorks(application, options, process);
    }

    public EventStoreOptions Options { get; }

    /// <summary>Sessions in the application's role: may add events, never change them; owns the read models.</summary>
    public NpgsqlDataSource Application { get; }

    /// <summary>
    /// The same sessions for readers of the feed: they read ranges of its index in the index's order and nothing else. A planner with old statistics would
    /// sometimes rather sort the whole rest of the feed for the next hundred events.
    /// </summary>
    internal NpgsqlDataSource Following { get; }

    /// <summary>The same sessions for lists: every question is planned for its own parameters.</summary>
    public NpgsqlDataSource Listing { get; }

    public IEventStore Events => events;

    /// <summary>Keeps the read models up to date once it is started.</summary>
    public Projector Projector { get; }

    /// <summary>Works that outlive their requests.</summary>
    public LongWorks LongWorks { get; }

    /// <summary>The read models as tables.</summary>
    public IEnumerable<ReadModelTable> Tables => projections.Values.Select(projection => projection.Table);

    /// <summary>Brings the schema up to date as the owner, then opens sessions in the application's role. A read model whose definition has changed is rebuilt.</summary>
    /// <exception cref="NotSupportedException">A read model's row has a property that no column carries.</exception>
    /// <exception cref="ArgumentException">A name is no plain identifier.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL cannot be reached, or the owner lacks a privilege.</exception>
    public static async Task<ClaimsDatabase> Open(
        EventStoreOptions options, EventTypes types, IReadOnlyList<IReadModel> readModels, CancellationToken cancellation = default)
    {
        options.Check();
        var tables = readModels.Select(definition => new ReadModelTable(definition)).ToArray();
        await using (var owner = new NpgsqlConnection(options.ConnectionString))
        {
            await owner.OpenAsync(cancellation);
            await Migrations.Run(owner, options, cancellation);
        }
        var database = new ClaimsDatabase(options, Sessions(options, ""),
            Sessions(options, LookUpsOnly), types, tables);
        try
        {
            foreach (var projection in database.projections.Values)
                await new Rebuild(projection).IfDefinitionChanged(Environment.ProcessorCount, cancellation);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The table of a read model.</summary>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public ReadModelTable Table(string readModel) => Find(readModel).Table;

    /// <summary>How far a read model has got, in the snapshot of the given connection's transaction: it contains every event up to there.</summary>
    public async Task<FeedPosition> CursorOf(string readModel, NpgsqlConnection connection, CancellationToken cancellation = default)
    {
        await using var command = new NpgsqlCommand(Options.Fill("SELECT epoch, tx_id, seq_id FROM {schema}.projections WHERE read_model = $1"), connection);
        command.Parameters.Add(new NpgsqlParameter { Value = readModel });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? FeedQuery.Position(reader, 0) : FeedPosition.Start;
    }

    /// <summary>Makes a read model anew from its events beside the live one, then puts it in its place. Readers notice nothing but the short swap.</summary>
    /// <param name="workers">parallel readers, each with two connections</param>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public Task<RebuildReport> Rebuild(string table, IProgress<RebuildProgress>? progress = null, int workers = 2, CancellationToken cancellation = default) =>
        new Rebuild(Find(table)).Run(progress, workers, cancellation);

    /// <summary>Compares a read model with a replay of its events at the same position. Changes nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public Task<VerifyReport> Verify(string table, int workers = 2, CancellationToken cancellation = default) =>
        new Rebuild(Find(table)).Verify(workers, cancellation);

    /// <summary>
    /// Stores the rows of a source in bulk, beside whatever else is being written. What an earlier run has dealt with is passed over, so that a run that was
    /// killed is simply run again, and a whole one changes nothing.
    /// </summary>
    /// <param name="source">what the rows are of, the same at every run: the hash of a file, say. One process at a time imports a source.</param>
    /// <param name="rows">in the order of their numbers; read as fast as they can be stored</param>
    /// <param name="progress">told after every COMMIT</param>
    /// <exception cref="ArgumentException">Numbers do not rise, or a row is none that an append could be. Earlier rows may be stored.</exception>
    /// <exception cref="InvalidOperationException">Another process is importing this source.</exception>
    /// <exception cref="NpgsqlException">PostgreSQL did not come back within <see cref="EventStoreOptions.Reconnect"/>; run again to go on.</exception>
    public async Task<ImportState> Import(
        string source, IAsyncEnumerable<ImportRow> rows, ImportOptions? how = null, IProgress<ImportState>? progress = null, CancellationToken cancellation = default)
    {
        how ??= new ImportOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(how.BatchEvents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(how.Connections, 1);
        var import = new Import(await imports.Begin(source, cancellation), Following, Options, types, imports, how);
        return await import.Run(rows, [.. projections.Keys], (state, events) =>
        {
            Committed(events);
            progress?.Report(state);
        }, cancellation);
    }

    /// <summary>How far a source was imported, null if it never was.</summary>
    public Task<ImportState?> ImportOf(string source, CancellationToken cancellation = default) => imports.Find(source, cancellation);

    /// <summary>The rows of a source of which nothing was stored, in order, of all runs.</summary>
    public IAsyncEnumerable<RejectedRow> RejectedRows(string source, CancellationToken cancellation = default) => imports.Rejected(source, cancellation);

    /// <summary>32 random bytes, made once per database and the same for every process.</summary>
    public async Task<byte[]> Secret(string name, CancellationToken cancellation = default)
    {
        await using var connection = await Application.OpenConnectionAsync(cancellation);
        await using (var make = new NpgsqlCommand(Options.Fill("INSERT INTO {schema}.secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"), connection))
        {
            make.Parameters.Add(new NpgsqlParameter { Value = name });
            make.Parameters.Add(new NpgsqlParameter { Value = RandomNumberGenerator.GetBytes(32) });
            await make.ExecuteNonQueryAsync(cancellation);
        }
        await using var read = new NpgsqlCommand(Options.Fill("SELECT value FROM {schema}.secrets WHERE name = $1"), connection);
        read.Parameters.Add(new NpgsqlParameter { Value = name });
        return (byte[])(await read.ExecuteScalarAsync(cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Projector.DisposeAsync();
        await events.DisposeAsync();
        await Following.DisposeAsync();
        await Listing.DisposeAsync();
        await Application.DisposeAsync();
    }

    private void Committed(IReadOnlyList<StoredEvent> events)
    {
        stored.Add(events);
        watcher.Signal();
    }

    private Projection Find(string readModel) => projections.TryGetValue(readModel, out var projection)
        ? projection : throw new KeyNotFoundException($"there is no read model '{readModel}'");

    private static NpgsqlDataSource Sessions(EventStoreOptions options, string planning)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            // Given at connect these are the session's defaults: RESET ALL and DISCARD ALL come back to them, not to the owner.
            Options = $"-c role={options.ApplicationRole} -c search_path={options.Schema},{options.ReadSchema} -c TimeZone=UTC "
                + "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60s -c jit=off" + planning,
            ApplicationName = "claims-engine",
            NoResetOnClose = true,   // nobody sets anything in a session, and a reset costs a fifth of a short query
            // A thousand events are a megabyte: in pieces of Npgsql's 8 kB waiting for each costs more than reading it.
            ReadBufferSize = 64 * 1024,
            WriteBufferSize = 64 * 1024,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        return NpgsqlDataSource.Create(connection);
    }
}

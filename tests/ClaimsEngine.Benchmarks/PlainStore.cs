using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections.Flattened;

namespace ClaimsEngine.Benchmarks;

/// <summary>The peer: a store of Marten's with its default options, as the documentation opens one, on a database of its own.</summary>
internal sealed class PlainStore : IAsyncDisposable
{
    private readonly DocumentStore store;
    private IProjectionDaemon? daemon;

    private PlainStore(BenchDatabase database, DocumentStore store) => (Database, this.store) = (database, store);

    public BenchDatabase Database { get; }

    public IDocumentStore Store => store;

    public static async Task<PlainStore> Open(Workbench bench, Action<StoreOptions>? more = null)
    {
        var database = await bench.EmptyDatabase();
        var store = DocumentStore.For(options =>
        {
            options.Connection(database.ConnectionString);
            options.DisableNpgsqlLogging = true;
            options.Events.AddEventTypes([typeof(CoverStarted), typeof(CoverUsed)]);
            more?.Invoke(options);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return new PlainStore(database, store);
    }

    /// <summary>
    /// Stores the same streams as <see cref="Samples.Rows"/> gives our store, by Marten's bulk insert where it can be used.
    /// </summary>
    public async Task<long> Fill(IReadOnlyList<Guid> streams, int eventsPerStream, bool interleaved)
    {
        object[] First(Guid stream) => interleaved ? [Samples.Started(stream, 0)] : Samples.Events(stream, eventsPerStream);
        await store.BulkInsertEventsAsync([.. streams.Select(stream => StreamAction.Start(store.Events, stream, First(stream)))]);
        for (var version = 1; interleaved && version < eventsPerStream; version++)
            foreach (var part in streams.Chunk(1_000))   // bulk insert begins streams only
            {
                await using var session = store.LightweightSession();
                foreach (var stream in part) session.Events.Append(stream, Samples.Used(version));
                await session.SaveChangesAsync();
            }
        return await Database.Number("SELECT max(seq_id) FROM mt_events");
    }

    public async Task<IProjectionDaemon> StartDaemon()
    {
        daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        return daemon;
    }

    /// <summary>
    /// Events a second, from the first page that the daemon has committed until it has come to the end. Its start is not counted.
    /// </summary>
    public Task<double> Projected(long end) =>
        Progress.Rate(Database, $"SELECT last_seq_id FROM mt_event_progression WHERE name = '{FlatCovers.Shard}'", end);

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
        {
            await daemon.StopAllAsync();
            daemon.Dispose();
        }
        await store.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>The register as a flat table of Marten's: fewer columns than ours, no history, the same three indexes.</summary>
internal sealed class FlatCovers : FlatTableProjection
{
    public const string Shard = "covers:All";

    public FlatCovers() : base("covers", SchemaNameSource.EventSchema)
    {
        Name = "covers";
        Table.AddColumn<Guid>("id").AsPrimaryKey();
        Table.AddColumn<Guid>("member").AddIndex();
        Table.AddColumn<string>("number").AddIndex();
        Table.AddColumn<string>("plan").AddIndex();
        Table.AddColumn<long>("used");
        Options.TeardownDataOnRebuild = true;
        Project<CoverStarted>(map =>
        {
            map.Map(e => e.Member);
            map.Map(e => e.Number);
            map.Map(e => e.Plan);
            map.Map(e => e.Region);
            map.Map(e => e.Occupation);
            map.Map(e => e.ContributionFen, "contribution");
            map.SetValue("used", 0);
            map.SetValue("benefits", 0);
        });
        Project<CoverUsed>(map =>
        {
            map.Increment(e => e.AmountFen, "used");
            map.Increment("benefits");
        });
    }
}

/// <summary>The state of a cover as Marten folds it live.</summary>
public sealed record CoverTotals(Guid Id, long UsedFen, int Benefits);

/// <summary>The fold of the peer, in the form that the documentation calls explicit.</summary>
public sealed class CoverTotalsFold : SingleStreamProjection<CoverTotals, Guid>
{
    public override CoverTotals? Evolve(CoverTotals? snapshot, Guid id, IEvent e) => e.Data switch
    {
        CoverStarted => new CoverTotals(id, 0, 0),
        CoverUsed used when snapshot is not null =>
            snapshot with { UsedFen = snapshot.UsedFen + used.AmountFen, Benefits = snapshot.Benefits + 1 },
        _ => snapshot,
    };
}

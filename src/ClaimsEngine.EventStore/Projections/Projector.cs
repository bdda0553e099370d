using ClaimsEngine.EventStore.Feed;
using Npgsql;

namespace ClaimsEngine.EventStore.Projections;

/// <summary>Keeps all read models up to date: one subscription each, one watcher of the feed for all. Several processes may run one; they share the work by leases.</summary>
public sealed class Projector : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly EventStoreOptions options;
    private readonly FeedWatcher watcher;
    private readonly Dictionary<string, Subscription> subscriptions;
    private CancellationTokenSource? stopping;
    private Task running = Task.CompletedTask;

    internal Projector(NpgsqlDataSource source, NpgsqlDataSource following, EventStoreOptions options, FeedWatcher watcher, RecentEvents stored, IEnumerable<Projection> projections, string owner)
    {
        this.source = source;
        this.options = options;
        this.watcher = watcher;
        var pages = new FeedPages(following, options, stored);
        subscriptions = projections.ToDictionary(projection => projection.Name, projection => new Subscription(projection, watcher, pages, owner));
    }

    /// <summary>Starts projecting in the background. Starting twice is starting once.</summary>
    public void Start()
    {
        if (stopping is not null) return;
        stopping = new CancellationTokenSource();
        var token = stopping.Token;
        running = Task.WhenAll([
            Task.Run(() => watcher.Run(token)), Task.Run(() => Measure(token)),
            .. subscriptions.Values.Select(subscription => Task.Run(() => subscription.Run(token)))]);
    }

    /// <summary>Finishes the batch in hand and lets other processes take over at once.</summary>
    public async Task StopAsync()
    {
        if (stopping is null) return;
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        stopping = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Waits until a read model contains everything up to a position, whichever process writes it.</summary>
    /// <returns>false when the timeout came first</returns>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public async Task<bool> WaitFor(string readModel, FeedPosition position, TimeSpan timeout)
    {
        var subscription = Find(readModel);
        var deadline = DateTime.UtcNow + timeout;
        for (var pause = 5; ; pause = Math.Min(25, pause * 2))
        {
            if (subscription.Position >= position) return true;
            var left = deadline - DateTime.UtcNow;
            if (left <= TimeSpan.Zero) return false;
            if (subscription.Position > FeedPosition.Start)
            {
                // This process writes it: its own progress tells, no query needed.
                await Task.WhenAny(subscription.Progress(position), Task.Delay(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1)));
                continue;
            }
            await using (var connection = await source.OpenConnectionAsync())
                if (await subscription.Projection.Cursor(connection, CursorLock.None, CancellationToken.None) >= position) return true;
            await Task.WhenAny(subscription.Progress(position), Task.Delay(pause));
        }
    }

    /// <summary>How every read model of this process's definition is doing.</summary>
    public async Task<IReadOnlyList<ProjectionState>> States(CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(options.Fill("""
            SELECT p.read_model, p.epoch, p.tx_id, p.seq_id, CASE WHEN p.leased_until > clock_timestamp() THEN p.owner END,
                   (SELECT count(*) FROM {schema}.dead_letters d WHERE d.read_model = p.read_model),
                   greatest(0, h.seq_id - p.seq_id), coalesce(extract(epoch FROM clock_timestamp() - n.timestamp), 0)::double precision
            FROM {schema}.projections p
            LEFT JOIN LATERAL (SELECT e.seq_id FROM {schema}.mt_events e ORDER BY e.epoch DESC, e.tx_id DESC, e.seq_id DESC LIMIT 1) h ON true
            LEFT JOIN LATERAL (SELECT e.timestamp FROM {schema}.mt_events e WHERE (e.epoch, e.tx_id, e.seq_id) > (p.epoch, p.tx_id, p.seq_id)
                               ORDER BY e.epoch, e.tx_id, e.seq_id LIMIT 1) n ON true
            WHERE p.read_model = ANY ($1) ORDER BY p.read_model
            """));
        command.Parameters.Add(new NpgsqlParameter { Value = subscriptions.Keys.ToArray() });
        var states = new List<ProjectionState>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            states.Add(new ProjectionState(reader.GetString(0), FeedQuery.Position(reader, 1), reader.IsDBNull(6) ? 0 : reader.GetInt64(6),
                Math.Max(0, reader.GetDouble(7)), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt64(5), subscriptions[reader.GetString(0)].Trouble));
        return states;
    }

    /// <summary>All streams held back, of all read models, oldest first.</summary>
    public Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken cancellation = default) => Projections.DeadLetters.All(source, options, cancellation);

    /// <summary>Tries a stream that is held back again, from its beginning.</summary>
    /// <returns>whether it is up to date now; false if an event still fails</returns>
    /// <exception cref="KeyNotFoundException">There is no such read model.</exception>
    public Task<bool> Replay(string readModel, Guid stream, CancellationToken cancellation = default) =>
        Projections.DeadLetters.Replay(Find(readModel).Projection, stream, cancellation);

    internal Subscription Find(string readModel) => subscriptions.TryGetValue(readModel, out var subscription)
        ? subscription : throw new KeyNotFoundException($"there is no read model '{readModel}'");

    private async Task Measure(CancellationToken token)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync(token))
                StoreMetrics.FeedLag(subscriptions.Values.Select(subscription => subscription.Lag).DefaultIfEmpty().Max());
        }
        catch (OperationCanceledException)
        {
            StoreMetrics.FeedLag(0);
        }
    }
}

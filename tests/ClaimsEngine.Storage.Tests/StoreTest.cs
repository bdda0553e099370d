using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>A test with a fresh database, opened with one read model. The daemon rests until <see cref="Start"/>.</summary>
public abstract class StoreTest(PostgresFixture postgres) : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<Node> nodes = [];

    protected StorageOptions Options { get; set; } = null!;

    private protected Node Node { get; set; } = null!;

    protected PostgresFixture Postgres => postgres;

    protected EventReader Events => Node.Events;

    protected KeyReader Keys => Node.Keys;

    protected virtual IReadOnlyList<IReadModel> ReadModels => [Samples.Model()];

    public virtual async ValueTask InitializeAsync()
    {
        Options = new StorageOptions(await postgres.NewDatabase()) { Connections = 24, NodeSilence = TimeSpan.FromSeconds(1.5) };
        Node = await Open();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await using var connection = new NpgsqlConnection(Options.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
        GC.SuppressFinalize(this);
    }

    /// <summary>One more process on the same database; closed when the test ends.</summary>
    private protected async Task<Node> Open(StorageOptions? options = null, IReadOnlyList<IReadModel>? readModels = null)
    {
        var node = await Node.Open(options ?? Options, readModels ?? ReadModels);
        nodes.Add(node);
        return node;
    }

    /// <summary>Sets the daemon going.</summary>
    protected async Task Start() => await Node.Start();

    protected Task<WriteOutcome> Try(PendingWrite write) => Node.Write(write);

    protected Task<WriteOutcome> Try(Decision decision) => Node.Write(Samples.Write(decision));

    protected async Task<Stored> Write(PendingWrite write) => Assert.IsType<Stored>(await Node.Write(write));

    protected Task<Stored> Write(Decision decision) => Write(Samples.Write(decision));

    protected Task<Stored> Write(Guid stream, long expected, params object[] events) => Write(Samples.Append(stream, expected, events));

    /// <summary>As the owner of the tables.</summary>
    protected async Task<object?> Owner(string sql)
    {
        await using var connection = new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>As the application's role.</summary>
    protected async Task<object?> Application(string sql)
    {
        await using var command = Node.Storage.Sessions.Application.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Rows of a table, without what Marten puts beside the events for numbers of the sequence that a failed append has
    /// drawn.</summary>
    protected async Task<long> Count(string table)
    {
        var but = table switch { "claims.mt_events" => "WHERE type <> 'tombstone'", "claims.mt_streams" => "WHERE version > 0", _ => "" };
        return (long)(await Owner($"SELECT count(*) FROM {table} {but}"))!;
    }

    /// <summary>Waits for a fact.</summary>
    protected static async Task Until(Func<Task<bool>> fact, string what, TimeSpan? patience = null)
    {
        for (var deadline = DateTime.UtcNow + (patience ?? Patience); !await fact(); await Task.Delay(10))
            if (DateTime.UtcNow > deadline) throw new TimeoutException(what);
    }

    /// <summary>Waits until the read models contain everything that is stored.</summary>
    protected async Task CaughtUp(TimeSpan? patience = null)
    {
        var last = (long)(await Owner("SELECT coalesce(max(seq_id), 0) FROM claims.mt_events"))!;
        if (await Node.Upkeep.WaitFor(last, patience ?? Patience)) return;
        var position = await Owner("SELECT last_seq_id FROM claims.mt_event_progression WHERE name = 'read-models:All'");
        throw new TimeoutException($"the read models are at {position} of {last}, the mark at {await Events.HighWaterMark()}. "
            + string.Join('\n', Node.Log.Lines.TakeLast(20)));
    }

    private protected async Task EqualsAReplay(string readModel = "samples", int workers = 2)
    {
        var verified = await Node.Upkeep.Verify(readModel, workers);
        Assert.True(verified.Equal, $"{verified.LiveDigest} {verified.ReplayDigest}");
    }

    /// <summary>Everything that is stored, in the order of the feed, once the daemon's mark has come so far. The daemon must be
    /// going.</summary>
    protected async Task<List<RecordedEvent>> WholeFeed(FeedFilter? filter = null)
    {
        var last = (long)(await Owner("SELECT coalesce(max(seq_id), 0) FROM claims.mt_events"))!;
        await Until(async () => await Events.HighWaterMark() >= last, "the feed is not complete yet");
        var all = new List<RecordedEvent>();
        while (await Events.ReadFeed(all.Count == 0 ? 0 : all[^1].Position, 100, filter) is { Count: > 0 } page) all.AddRange(page);
        return all;
    }

    protected async Task<HashSet<Guid>> StoredIds()
    {
        var stored = new HashSet<Guid>();
        await using var command = Node.Storage.Sessions.Application.CreateCommand(
            "SELECT id FROM claims.mt_events WHERE type <> 'tombstone'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) stored.Add(reader.GetGuid(0));
        return stored;
    }
}

using ClaimsEngine.Ports;
using Npgsql;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

/// <summary>A test with a fresh database, opened with one read model.</summary>
public abstract class StoreTest(PostgresFixture postgres) : IAsyncLifetime
{
    protected EventStoreOptions Options { get; set; } = null!;

    protected ClaimsDatabase Database { get; set; } = null!;

    protected IEventStore Events => Database.Events;

    protected virtual IReadOnlyList<IReadModel> ReadModels => [Samples.Model()];

    public virtual async ValueTask InitializeAsync()
    {
        Options = new EventStoreOptions(await postgres.NewDatabase()) { Lease = TimeSpan.FromSeconds(1) };
        Database = await Open();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await using var connection = new NpgsqlConnection(Options.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
        GC.SuppressFinalize(this);
    }

    protected Task<ClaimsDatabase> Open() => ClaimsDatabase.Open(Options, Samples.Types, ReadModels);

    protected async Task<Appended> Write(Append append) => Assert.IsType<Appended>(await Events.Append(append));

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
        await using var command = Database.Application.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    protected async Task<List<RecordedEvent>> WholeFeed(FeedFilter? filter = null)
    {
        await Settle();
        var all = new List<RecordedEvent>();
        var at = FeedPosition.Start;
        while (await Events.ReadFeed(at, 100, filter) is { Count: > 0 } page)
        {
            all.AddRange(page);
            at = page[^1].Position;
        }
        return all;
    }

    /// <summary>Waits until the feed shows everything that is committed: transactions of other tests' databases hold it back too.</summary>
    protected async Task Settle()
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (await Owner("SELECT NOT EXISTS (SELECT FROM claims.mt_events WHERE epoch = (SELECT epoch FROM claims.cluster_epoch) AND tx_id >= pg_snapshot_xmin(pg_current_snapshot()))") is true) return;
            await Task.Delay(10);
        }
        throw new TimeoutException("a transaction holds the feed back");
    }
}

using System.Data;
using Npgsql;

namespace ClaimsEngine.Storage.Reading;

/// <summary>The read models at one moment: all questions asked through it see the same rows, totals and position.</summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly ClaimsStorage storage;
    private readonly NpgsqlTransaction transaction;

    private Snapshot(ClaimsStorage storage, NpgsqlTransaction transaction) => (this.storage, this.transaction) = (storage, transaction);

    /// <summary>For SELECTs of one's own.</summary>
    public NpgsqlConnection Connection => transaction.Connection!;

    public static async Task<Snapshot> Open(ClaimsStorage storage, CancellationToken cancellation)
    {
        var connection = await storage.Sessions.Listing.OpenConnectionAsync(cancellation);
        try
        {
            return new Snapshot(storage, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counts and sums over a read model, in the order of the groups' keys; one group where nothing is grouped by.</summary>
    /// <param name="now">for a moment of the past it decides from which side is reckoned, never what comes out</param>
    /// <exception cref="ArgumentException">A dimension or sum names nothing that the row has.</exception>
    /// <exception cref="NotSupportedException">What is to be summed is neither money nor a whole number.</exception>
    public async Task<IReadOnlyList<TotalsGroup>> Ask(
        IReadModel model, TotalsQuestion question, Instant now, CancellationToken cancellation)
    {
        await using var command = TotalsSql.Of(question, storage.Models.Table(model.Table), storage.Options, now);
        command.Connection = Connection;
        command.Transaction = transaction;
        var groups = new List<TotalsGroup>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var keys = question.By.Count;
        while (await reader.ReadAsync(cancellation))
            groups.Add(new TotalsGroup(
                [.. Enumerable.Range(0, keys).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))],
                reader.GetInt64(keys), [.. question.Sums.Select((_, i) => reader.GetInt64(keys + 1 + i))]));
        return groups;
    }

    /// <summary>Whether kept totals have all that is asked. If not, the rows are counted.</summary>
    public bool Keeps(IReadModel model, TotalsQuestion question) =>
        TotalsSql.AnsweredBy(question, storage.Models.Table(model.Table), storage.Options) is not null;

    /// <summary>Up to which events the read models have come.</summary>
    public Task<long> Position(CancellationToken cancellation) => storage.Upkeep.PositionOf(Connection, cancellation);

    public async ValueTask DisposeAsync()
    {
        var connection = Connection;
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}

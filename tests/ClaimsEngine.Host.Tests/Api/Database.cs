using Npgsql;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>A database as its owner sees it, beside the engine.</summary>
public sealed class Database(string connectionString) : IAsyncDisposable
{
    // A scan over everything that the tests have left takes its time on a slow machine.
    private readonly NpgsqlDataSource owner =
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 600 });

    /// <summary>One value.</summary>
    public async Task<object?> Ask(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first column of every row, without nulls.</summary>
    public async Task<List<string>> Column(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            if (!await reader.IsDBNullAsync(0)) values.Add(reader.GetValue(0).ToString()!);
        return values;
    }

    /// <summary>
    /// How many rows there are of everything that a refusal must leave alone: events, streams, keys, places and stored answers. Tombstones
    /// are Marten's own: they take the place of events that could not be stored, in a stream of version 0.
    /// </summary>
    public async Task<string> Ledger() => (string)(await Ask("""
        SELECT concat_ws('/',
          (SELECT count(*) FROM claims.mt_events WHERE type <> 'tombstone'),
          (SELECT count(*) FROM claims.mt_streams WHERE version > 0),
          (SELECT count(*) FROM claims.unique_keys),
          (SELECT coalesce(sum(taken), 0) FROM claims.places),
          (SELECT count(*) FROM claims.requests))
        """))!;

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = owner.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}

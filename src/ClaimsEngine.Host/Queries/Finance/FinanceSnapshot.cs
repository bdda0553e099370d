using System.Data;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>Kept sums of a group.</summary>
/// <param name="Keys">as the database has them: text, whole numbers, dates, yes or no; null for what has none</param>
internal sealed record Cell(object?[] Keys, long Count, IReadOnlyList<long> Sums);

/// <summary>The read models at one moment: all that an answer adds up is read in one snapshot, so that its parts tie.</summary>
internal sealed class FinanceSnapshot : IAsyncDisposable
{
    private readonly ClaimsStorage storage;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction snapshot;
    private readonly Instant? asked;
    private readonly CancellationToken cancellation;

    private FinanceSnapshot(
        ClaimsStorage storage, NpgsqlConnection connection, NpgsqlTransaction snapshot, Instant? asked, Instant now,
        CancellationToken cancellation)
    {
        (this.storage, this.connection, this.snapshot, this.asked, this.cancellation) =
            (storage, connection, snapshot, asked, cancellation);
        AsOf = asked ?? now;
    }

    /// <summary>What was known at this moment.</summary>
    public Instant AsOf { get; }

    /// <summary>Of the last event that is counted.</summary>
    public long Position { get; private init; }

    /// <param name="asOf">null is now</param>
    public static async Task<FinanceSnapshot> Open(
        ClaimsStorage storage, Instant? asOf, Instant now, CancellationToken cancellation)
    {
        var connection = await storage.Sessions.Listing.OpenConnectionAsync(cancellation);
        try
        {
            var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var position = await storage.Upkeep.PositionOf(connection, cancellation);
            return new FinanceSnapshot(storage, connection, snapshot, asOf, now, cancellation) { Position = position };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await snapshot.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>The keys of a group as one text, as SQL makes it of the same values.</summary>
    public static string KeyText(object?[] keys) => string.Join('\u001f', keys.Select(key => key switch
    {
        null => "\u001e",
        DateOnly day => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture),
    }));

    /// <summary>Aggregates over the rows themselves, which cost as much as there are rows.</summary>
    /// <param name="select">aggregates of a row <c>r</c> that are whole numbers, separated by commas</param>
    /// <param name="by">a further key, as SQL over <c>r</c>; null for none</param>
    public async Task<IReadOnlyList<(object?[] Keys, long[] Sums)>> Rows(
        IReadModel model, IReadOnlyList<FinanceDimension> dimensions, IReadOnlyList<Narrowing> narrowed, string select, string? by = null)
    {
        var table = new ReadModelTable(model);
        await using var command = new NpgsqlCommand { Connection = connection, Transaction = snapshot };
        var where = Where(table, narrowed, command);
        string[] keys = [.. dimensions.Select(dimension => Sql(table, dimension.Of!)), .. by is null ? [] : (string[])[by]];
        var groups = keys.Length == 0 ? "HAVING count(*) > 0"
            : $"GROUP BY {string.Join(", ", Enumerable.Range(1, keys.Length))}";
        command.CommandText = $"""
            SELECT {string.Concat(keys.Select(key => key + ", "))}{select}
            FROM {storage.Options.ReadSchema}.{table.Name} r WHERE {where} {groups}
            """;
        var found = new List<(object?[], long[])>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add((
                [.. Enumerable.Range(0, keys.Length).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))],
                [.. Enumerable.Range(keys.Length, reader.FieldCount - keys.Length).Select(reader.GetInt64)]));
        return found;
    }

    /// <summary>The wanted amounts, in their order.</summary>
    public async Task<IReadOnlyList<Money>> InBands(
        IReadModel model, IReadOnlyList<FinanceDimension> dimensions, IReadOnlyList<Narrowing> narrowed, IReadOnlyList<BandWanted> wanted)
    {
        var table = new ReadModelTable(model);
        await using var command = new NpgsqlCommand { Connection = connection, Transaction = snapshot };
        var where = Where(table, narrowed, command);
        var key = dimensions.Count == 0 ? "''" : string.Join(" || chr(31) || ", dimensions.Select(dimension =>
            $"coalesce(({Sql(table, dimension.Of!)})::text, chr(30))"));
        var first = command.Parameters.Count + 1;
        command.Parameters.Add(new NpgsqlParameter { Value = wanted.Select(one => one.Group).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = wanted.Select(one => one.Band.Fen).ToArray() });
        // between two places, so that no rounding of a fraction moves it to another
        command.Parameters.Add(new NpgsqlParameter { Value = wanted.Select(one => (one.Place + 0.5) / one.Of).ToArray() });
        command.CommandText = $"""
            SELECT w.nth, percentile_disc(w.at) WITHIN GROUP (ORDER BY r.amount)
            FROM {storage.Options.ReadSchema}.{table.Name} r
            JOIN unnest(${first}::text[], ${first + 1}::bigint[], ${first + 2}::float8[]) WITH ORDINALITY AS w (key, band, at, nth)
              ON w.band = r.amount_band AND w.key = {key}
            WHERE {where} AND r.amount_band = ANY(${first + 1}) GROUP BY w.nth, w.at
            """;
        var found = new Money[wanted.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found[(int)reader.GetInt64(0) - 1] = new Money(reader.GetInt64(1));
        return found;
    }

    /// <summary>The rows that were true at the moment and match.</summary>
    private string Where(ReadModelTable table, IReadOnlyList<Narrowing> narrowed, NpgsqlCommand command) => string.Join(" AND ",
        narrowed.Select(one => Condition(Sql(table, one.Dimension), one, command)).Prepend(ListQuery.AsOf(asked, command)));

    private static string Condition(string sql, Narrowing one, NpgsqlCommand command)
    {
        if (one.Value is null) return $"{sql} IS NULL";
        command.Parameters.Add(new NpgsqlParameter { Value = Plain(one) });
        var value = $"${command.Parameters.Count}";
        return one.By switch
        {
            NarrowingBy.Equal => $"{sql} = {value}",
            NarrowingBy.Prefix => $"{sql} LIKE {value}",
            NarrowingBy.From => $"{sql} >= {value}",
            NarrowingBy.To => $"{sql} <= {value}",
            _ => $"{sql} = ANY({value})",
        };
    }

    /// <summary>A dimension of the kept sums as a value of a row <c>r</c>.</summary>
    private static string Sql(ReadModelTable table, string dimension)
    {
        if (dimension.EndsWith('?')) return $"(r.\"{table.ColumnOf(dimension[..^1]).Name}\" IS NOT NULL)";
        var parts = dimension.Split(':');
        var column = $"r.\"{table.ColumnOf(parts[0]).Name}\"";
        return parts.Length == 1 ? column : $"left({column}, {parts[1]})";
    }

    private static object Plain(Narrowing one) => one.Value switch
    {
        LocalDate day => day.ToDateOnly(),
        Money money => money.Fen,
        RegionCode region => one.By == NarrowingBy.Prefix ? region.Value + "%" : region.Value,   // digits only: nothing to escape
        Enum name => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        Occupation occupation => occupation.Code,
        var value => value!,
    };
}

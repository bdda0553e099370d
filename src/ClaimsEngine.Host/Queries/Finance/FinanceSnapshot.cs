using System.Text.Json;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>Kept sums of a group.</summary>
/// <param name="Keys">as the database has them: text, whole numbers, dates, yes or no; null for what has none</param>
internal sealed record Cell(object?[] Keys, long Count, IReadOnlyList<long> Sums);

/// <summary>The read models as known at one moment: all that an answer adds up is read in one snapshot, so that its parts tie.</summary>
internal sealed class FinanceSnapshot : IAsyncDisposable
{
    private readonly ClaimsStorage storage;
    private readonly Snapshot snapshot;
    private readonly Instant? asked;
    private readonly Instant now;
    private readonly CancellationToken cancellation;

    private FinanceSnapshot(ClaimsStorage storage, Snapshot snapshot, Instant? asked, Instant now, CancellationToken cancellation) =>
        (this.storage, this.snapshot, this.asked, this.now, this.cancellation) = (storage, snapshot, asked, now, cancellation);

    /// <summary>What was known at this moment.</summary>
    public Instant AsOf => asked ?? now;

    /// <summary>Of the last event that is counted.</summary>
    public long Position { get; private set; }

    /// <param name="asOf">null is now</param>
    public static async Task<FinanceSnapshot> Open(ClaimsStorage storage, Instant? asOf, Instant now, CancellationToken cancellation)
    {
        var at = new FinanceSnapshot(storage, await Snapshot.Open(storage, cancellation), asOf, now, cancellation);
        try
        {
            at.Position = await at.snapshot.Position(cancellation);
            return at;
        }
        catch
        {
            await at.DisposeAsync();   // who goes away leaves no connection behind
            throw;
        }
    }

    public ValueTask DisposeAsync() => snapshot.DisposeAsync();

    /// <summary>Counts and sums of the rows that match, from kept totals where some have all that is asked.</summary>
    /// <param name="sums">properties of the row, or members of the lines that a dimension names</param>
    public Task<IReadOnlyList<Cell>> Sum(
        IReadModel model, IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, params IReadOnlyList<string> sums) =>
        Sum(model, Question(by, narrowed) with
        {
            Sums = sums, Spread = sums.Where(sum => sum.Contains('.')).Select(sum => sum.Split('.')[0]).FirstOrDefault(),
        });

    public async Task<IReadOnlyList<Cell>> Sum(IReadModel model, TotalsQuestion question) =>
        [.. (await snapshot.Ask(model, question with { AsOf = asked }, now, cancellation))
            .Select(group => new Cell([.. group.Keys], group.Count, group.Sums))];

    /// <summary>Whether kept totals have all that is asked.</summary>
    public bool Keeps(IReadModel model, IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed) =>
        snapshot.Keeps(model, Question(by, narrowed));

    private static TotalsQuestion Question(IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed) =>
        new([.. by.Select(dimension => dimension.Of!)], []) { Where = narrowed };

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
    /// <param name="key">a further key, as SQL over <c>r</c>; null for none</param>
    /// <param name="which">a further condition, as SQL over <c>r</c>; null for none</param>
    public async Task<IReadOnlyList<(object?[] Keys, long[] Sums)>> Rows(
        IReadModel model, IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, string select, string? key = null,
        string? which = null)
    {
        var table = storage.Models.Table(model.Table);
        await using var command = new NpgsqlCommand { Connection = snapshot.Connection };
        var where = Where(table, narrowed, command) + (which is null ? "" : $" AND {which}");
        string[] keys = [.. by.Select(dimension => Sql(table, dimension.Of!)), .. key is null ? [] : (string[])[key]];
        var groups = keys.Length == 0 ? "HAVING count(*) > 0" : $"GROUP BY {string.Join(", ", Enumerable.Range(1, keys.Length))}";
        command.CommandText = $"SELECT {string.Concat(keys.Select(one => one + ", "))}{select} "
            + $"FROM {storage.Options.ReadSchema}.{table.Name} r WHERE {where} {groups}";
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
        IReadModel model, IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, IReadOnlyList<BandWanted> wanted)
    {
        var table = storage.Models.Table(model.Table);
        await using var command = new NpgsqlCommand { Connection = snapshot.Connection };
        var where = Where(table, narrowed, command);
        var key = by.Count == 0 ? "''" : string.Join(" || chr(31) || ", by.Select(dimension =>
            $"coalesce(({Sql(table, dimension.Of!)})::text, chr(30))"));
        string groups = Parameter(command, wanted.Select(one => one.Group).ToArray()),
            bands = Parameter(command, wanted.Select(one => one.Band.Fen).ToArray()),
            // between two places, so that no rounding of a fraction moves it to another
            places = Parameter(command, wanted.Select(one => (one.Place + 0.5) / one.Of).ToArray());
        command.CommandText = $"""
            SELECT w.nth, percentile_disc(w.place) WITHIN GROUP (ORDER BY r.amount)
            FROM {storage.Options.ReadSchema}.{table.Name} r
            JOIN unnest({groups}::text[], {bands}::bigint[], {places}::float8[]) WITH ORDINALITY AS w (key, band, place, nth)
              ON w.band = r.amount_band AND w.key = {key}
            WHERE {where} AND r.amount_band = ANY({bands}) GROUP BY w.nth, w.place
            """;
        var found = new Money[wanted.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found[(int)reader.GetInt64(0) - 1] = new Money(reader.GetInt64(1));
        return found;
    }

    /// <summary>What a statement over the tables of several read models finds.</summary>
    /// <param name="statement">SQL; it adds its parameters to the command</param>
    public async Task<IReadOnlyList<T>> Read<T>(Func<NpgsqlCommand, string> statement, Func<NpgsqlDataReader, T> read)
    {
        // it reads rows, not kept sums: as long as the caller waits
        await using var command = new NpgsqlCommand { Connection = snapshot.Connection, CommandTimeout = 0 };
        command.CommandText = statement(command);
        var found = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) found.Add(read(reader));
        return found;
    }

    /// <summary>The table as <c>r</c> with the rows that were true at the moment and match: what stands behind FROM, up to a condition that
    /// more may be added to.</summary>
    public string From(IReadModel model, IReadOnlyList<TotalsFilter> narrowed, NpgsqlCommand command)
    {
        var table = storage.Models.Table(model.Table);
        return $"{storage.Options.ReadSchema}.{table.Name} r WHERE {Where(table, narrowed, command)}";
    }

    /// <summary>The rows that were true at the moment and match.</summary>
    private string Where(ReadModelTable table, IReadOnlyList<TotalsFilter> narrowed, NpgsqlCommand command) => string.Join(" AND ",
        narrowed.Select(filter => Condition(Sql(table, filter.Dimension), filter, command)).Prepend(ListQuery.AsOf(asked, command)));

    private static string Condition(string sql, TotalsFilter filter, NpgsqlCommand command) => filter switch
    {
        { Value: null } => $"{sql} IS NULL",
        { Match: TotalsMatch.Equal } => $"{sql} = {Parameter(command, Plain(filter.Value))}",
        // region codes are digits only, so a prefix needs no escaping
        { Match: TotalsMatch.Prefix } => $"{sql} LIKE {Parameter(command, filter.Value + "%")}",
        { Match: TotalsMatch.From } => $"{sql} >= {Parameter(command, Plain(filter.Value))}",
        _ => $"{sql} <= {Parameter(command, Plain(filter.Value))}",
    };

    /// <summary>A dimension of the kept sums as a value of a row <c>r</c>.</summary>
    private static string Sql(ReadModelTable table, string dimension)
    {
        if (dimension.EndsWith('?')) return $"(r.\"{table.ColumnOf(dimension[..^1]).Name}\" IS NOT NULL)";
        var parts = dimension.Split(':');
        var column = $"r.\"{table.ColumnOf(parts[0]).Name}\"";
        return parts.Length == 1 ? column : $"left({column}, {parts[1]})";
    }

    private static object Plain(object value) => value switch
    {
        LocalDate day => day.ToDateOnly(),
        Money money => money.Fen,
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        string or int or long or bool => value,
        _ => value.ToString()!,
    };

    public static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $"${command.Parameters.Count}";
    }
}

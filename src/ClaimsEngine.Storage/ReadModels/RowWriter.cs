using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>Row versions on their way into a table: new ones, and the ends of those that they supersede.</summary>
public sealed class RowChanges
{
    public List<NewRow> Added { get; } = [];
    public List<EndedRow> Ended { get; } = [];
}

/// <param name="To"><see cref="Sql.Infinity"/> while current</param>
public readonly record struct NewRow(Guid Id, long Version, DateTime From, DateTime To, object Row);

/// <summary>A stored row that ceases to be true.</summary>
public readonly record struct EndedRow(Guid Id, long Version, DateTime To);

/// <summary>Writes row versions set-based: one or two statements for any number of rows, or COPY into a table that is being
/// built.</summary>
public sealed class RowWriter
{
    private readonly ReadModelTable table;
    private readonly string schema;

    public RowWriter(ReadModelTable table, StorageOptions options)
    {
        this.table = table;
        schema = options.ReadSchema;
    }

    /// <summary>The statements that bring <paramref name="changes"/> into the tables, ends before beginnings, totals included.</summary>
    /// <param name="suffix">of a shadow's tables; empty for the live ones</param>
    public IEnumerable<NpgsqlBatchCommand> Statements(string suffix, RowChanges changes)
    {
        if (changes.Added.Count == 0 && changes.Ended.Count == 0) yield break;
        if (table.Totals.Count > 0)
        {
            yield return WithTotals(suffix, changes);
            foreach (var totals in table.Totals)
                if (totals.Tidy(schema, suffix) is { } tidy) yield return new NpgsqlBatchCommand(tidy);
            yield break;
        }
        if (changes.Ended.Count > 0)
        {
            var end = new NpgsqlBatchCommand(End(suffix));
            AddEnded(end, changes);
            yield return end;
        }
        if (changes.Added.Count == 0) yield break;
        var add = new NpgsqlBatchCommand(Insert(suffix, 1));
        AddAdded(add, changes);
        yield return add;
    }

    /// <summary>Takes a stream's rows away, and what they add to the totals.</summary>
    public NpgsqlBatchCommand Remove(Guid stream)
    {
        var delete = $"DELETE FROM {schema}.{table.Name} t WHERE t.id = $1";
        var sql = table.Totals.Count == 0 ? delete : $"WITH gone AS ({delete} RETURNING {Returned}), changes AS ("
            + "SELECT c.*, r.* FROM gone r CROSS JOIN LATERAL (VALUES (r.recorded_from, -1, true), (r.recorded_to, 1, false)) "
            + $"AS c (change_at, change_sign, change_begins)), {ToTotals("")}";
        return new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter { Value = stream } } };
    }

    /// <summary>
    /// One statement for rows and totals. A version that ends and the one that takes its place often fall into one cell and cancel out
    /// there, so both are summed together before any cell is touched. The ends are counted before the first row is inserted: by that they
    /// are written first, and no stream has two current rows.
    /// </summary>
    private NpgsqlBatchCommand WithTotals(string suffix, RowChanges changes)
    {
        var both = new NpgsqlBatchCommand(
            $"WITH ended AS ({End(suffix)} RETURNING {Returned}), "
            + $"added AS ({Insert(suffix, 4)} WHERE (SELECT count(*) FROM ended) >= 0 RETURNING {Returned}), "
            + "changes AS (SELECT c.*, r.* FROM added r CROSS JOIN LATERAL "
            + "(VALUES (r.recorded_from, 1, true), (r.recorded_to, -1, false)) AS c (change_at, change_sign, change_begins) "
            + "UNION ALL SELECT r.recorded_to, -1, false, r.* FROM ended r), "
            + ToTotals(suffix));
        AddEnded(both, changes);
        AddAdded(both, changes);
        return both;
    }

    /// <summary>Brings the relation <c>changes</c> into all totals; the last statement is the main one.</summary>
    private string ToTotals(string suffix)
    {
        var parts = table.Totals.Select((totals, nth) => totals.Add(schema, suffix, "changes", nth)).ToList();
        var sql = parts.Select((part, nth) => nth == parts.Count - 1 ? part.With : $"{part.With}, months_{nth} AS ({part.Statement})");
        return $"{string.Join(", ", sql)} {parts[^1].Statement}";
    }

    /// <summary>What the totals need of a row <c>t</c>.</summary>
    private string Returned => string.Join(", ", new[] { "recorded_from", "recorded_to" }
        .Concat(table.Totals.SelectMany(totals => totals.Uses).Select(column => column.Name).Distinct()).Select(name => $"t.\"{name}\""));

    private string End(string suffix) =>
        $"UPDATE {schema}.{table.Name}{suffix} t SET recorded_to = e.until FROM unnest($1, $2, $3) AS e (id, version, until) "
        + "WHERE t.id = e.id AND t.version = e.version";

    private string Insert(string suffix, int first)
    {
        var places = string.Join(", ", Enumerable.Range(first, 4 + table.Columns.Count).Select(i => "$" + i));
        return $"INSERT INTO {schema}.{table.Name}{suffix} AS t ({Names}) SELECT * FROM unnest({places})";
    }

    private static void AddEnded(NpgsqlBatchCommand command, RowChanges changes)
    {
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, changes.Ended, row => row.Id));
        command.Parameters.Add(Array(NpgsqlDbType.Bigint, changes.Ended, row => row.Version));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, changes.Ended, row => row.To));
    }

    private void AddAdded(NpgsqlBatchCommand command, RowChanges changes)
    {
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, changes.Added, row => row.Id));
        command.Parameters.Add(Array(NpgsqlDbType.Bigint, changes.Added, row => row.Version));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, changes.Added, row => row.From));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, changes.Added, row => row.To));
        var rows = changes.Added.Select(row => row.Row).ToArray();
        foreach (var column in table.Columns) command.Parameters.Add(column.Values(rows));
    }

    internal BinaryCopy BeginCopy(NpgsqlConnection connection, string suffix) => new(connection, $"{schema}.{table.Name}{suffix}",
        [.. table.SelectList.Split(", ")]);

    internal void Copy(BinaryCopy copy, NewRow row)
    {
        copy.StartRow();
        copy.Write(row.Id);
        copy.Write(row.Version);
        copy.Write(row.From);
        copy.Write(row.To);
        foreach (var column in table.Columns) column.Copy(copy, row.Row);
    }

    private string Names => table.SelectList;

    private static NpgsqlParameter Array<TItem, TValue>(NpgsqlDbType type, List<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(items[i]);
        return new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values };
    }
}

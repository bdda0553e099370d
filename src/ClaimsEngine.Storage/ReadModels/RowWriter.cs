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

/// <summary>Writes row versions set-based: two statements for any number of rows, or COPY into a table that is being built.</summary>
public sealed class RowWriter
{
    private readonly ReadModelTable table;
    private readonly string schema;

    public RowWriter(ReadModelTable table, StorageOptions options)
    {
        this.table = table;
        schema = options.ReadSchema;
    }

    /// <summary>The statements that bring <paramref name="changes"/> into <paramref name="target"/>, ends before beginnings.</summary>
    public IEnumerable<NpgsqlBatchCommand> Statements(string target, RowChanges changes)
    {
        if (changes.Ended.Count > 0)
        {
            var end = new NpgsqlBatchCommand(
                $"UPDATE {schema}.{target} t SET recorded_to = e.until FROM unnest($1, $2, $3) AS e (id, version, until) "
                + "WHERE t.id = e.id AND t.version = e.version");
            end.Parameters.Add(Array(NpgsqlDbType.Uuid, changes.Ended, row => row.Id));
            end.Parameters.Add(Array(NpgsqlDbType.Bigint, changes.Ended, row => row.Version));
            end.Parameters.Add(Array(NpgsqlDbType.TimestampTz, changes.Ended, row => row.To));
            yield return end;
        }
        if (changes.Added.Count == 0) yield break;
        var places = string.Join(", ", Enumerable.Range(1, 4 + table.Columns.Count).Select(i => "$" + i));
        var add = new NpgsqlBatchCommand($"INSERT INTO {schema}.{target} ({Names}) SELECT * FROM unnest({places})");
        add.Parameters.Add(Array(NpgsqlDbType.Uuid, changes.Added, row => row.Id));
        add.Parameters.Add(Array(NpgsqlDbType.Bigint, changes.Added, row => row.Version));
        add.Parameters.Add(Array(NpgsqlDbType.TimestampTz, changes.Added, row => row.From));
        add.Parameters.Add(Array(NpgsqlDbType.TimestampTz, changes.Added, row => row.To));
        var rows = changes.Added.Select(row => row.Row).ToArray();
        foreach (var column in table.Columns) add.Parameters.Add(column.Values(rows));
        yield return add;
    }

    internal BinaryCopy BeginCopy(NpgsqlConnection connection, string target) => new(connection, $"{schema}.{target}",
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

using System.Text;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>The DDL of a read model's table and of the shadow beside it.</summary>
internal static class TableDefinition
{
    /// <summary>The bare tables, without key and indexes: filled first, indexed after.</summary>
    /// <param name="suffix">of a shadow's tables</param>
    public static string Create(ReadModelTable table, string schema, string suffix)
    {
        var name = table.Name + suffix;
        var sql = new StringBuilder($"CREATE TABLE {schema}.{name} (id uuid NOT NULL, version bigint NOT NULL, "
            + "recorded_from timestamptz NOT NULL, recorded_to timestamptz NOT NULL DEFAULT 'infinity'");
        foreach (var column in table.Columns) sql.Append($", \"{column.Name}\" {column.SqlType}{(column.Required ? " NOT NULL" : "")}");
        sql.Append(");\n");
        Comment("TABLE", $"{schema}.{name}", table.Definition.Comment);
        Comment("COLUMN", $"{schema}.{name}.id", "The stream: one row per stream is current");
        Comment("COLUMN", $"{schema}.{name}.version", "Version of the stream after the event that made this row");
        Comment("COLUMN", $"{schema}.{name}.recorded_from", "Recorded time from which this row was true (inclusive)");
        Comment("COLUMN", $"{schema}.{name}.recorded_to",
            "Recorded time until which this row was true (exclusive); infinity while current");
        foreach (var column in table.Columns)
            if (column.Comment is { } comment) Comment("COLUMN", $"{schema}.{name}.\"{column.Name}\"", comment);
        foreach (var totals in table.Totals) sql.Append(totals.Create(schema, suffix));
        return sql.ToString();

        void Comment(string kind, string of, string text) => sql.Append($"COMMENT ON {kind} {of} IS '{text.Replace("'", "''")}';\n");
    }

    /// <summary>Key and indexes of the rows.</summary>
    public static string Index(ReadModelTable table, string schema, string suffix)
    {
        var name = table.Name + suffix;
        var sql = new StringBuilder($"ALTER TABLE {schema}.{name} ADD CONSTRAINT {name}_pkey PRIMARY KEY (id, version);\n"
            + $"CREATE UNIQUE INDEX {name}_current ON {schema}.{name} (id) WHERE recorded_to = 'infinity';\n"
            + $"CREATE INDEX {name}_ended ON {schema}.{name} (recorded_to) WHERE recorded_to < 'infinity';\n");
        // The changes of one day, for totals as of a moment.
        if (table.Totals.Count > 0) sql.Append($"CREATE INDEX {name}_begun ON {schema}.{name} (recorded_from);\n");
        // The rows that are no more have indexes of their own: a question as of a moment looks in both, and new rows pay for one.
        for (var i = 0; i < table.Indexes.Count; i++)
        {
            var columns = string.Join(", ", table.Indexes[i].Select(column => $"\"{column}\""));
            foreach (var (ended, rows) in ((string, string)[])[("", "="), ("_ended", "<")])
                sql.Append($"CREATE INDEX {name}_{i + 1}{ended} ON {schema}.{name} ({columns}) WHERE recorded_to {rows} 'infinity';\n");
        }
        return sql.ToString();
    }

    /// <summary>The sums over the rows, then their keys. The tables are empty before.</summary>
    public static IEnumerable<string> Sum(ReadModelTable table, string schema, string suffix) => table.Totals.SelectMany(totals =>
        totals.Fill(schema, suffix).Append(totals.Index(schema, suffix))
            .Concat(totals.Names.Select(name => $"ANALYZE {schema}.{name}{suffix}")));

    /// <summary>Puts the shadow's tables in the place of the live ones, names of their indexes included. The live ones may not
    /// exist.</summary>
    public static string Swap(ReadModelTable table, string schema, string suffix)
    {
        var sql = new StringBuilder($"DROP TABLE IF EXISTS {schema}.{table.Name};\n"
            + $"ALTER TABLE {schema}.{table.Name}{suffix} RENAME TO {table.Name};\n");
        var numbered = Enumerable.Range(1, table.Indexes.Count).SelectMany(i => (string[])[$"{i}", $"{i}_ended"]);
        string[] begun = table.Totals.Count > 0 ? ["begun"] : [];
        foreach (var index in (string[])["pkey", "current", "ended", .. begun, .. numbered])
            sql.Append($"ALTER INDEX {schema}.{table.Name}{suffix}_{index} RENAME TO {table.Name}_{index};\n");
        foreach (var totals in table.Totals) sql.Append(totals.Swap(schema, suffix));
        return sql.ToString();
    }

    /// <summary>All tables of a read model, without their schema.</summary>
    public static IEnumerable<string> Names(ReadModelTable table) => table.Totals.SelectMany(totals => totals.Names).Prepend(table.Name);
}

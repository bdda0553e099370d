using System.Text;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>The DDL of a read model's table and of the shadow beside it.</summary>
internal static class TableDefinition
{
    /// <summary>The bare table, without key and indexes: filled first, indexed after.</summary>
    public static string Create(ReadModelTable table, string schema, string name)
    {
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
        return sql.ToString();

        void Comment(string kind, string of, string text) => sql.Append($"COMMENT ON {kind} {of} IS '{text.Replace("'", "''")}';\n");
    }

    public static string Index(ReadModelTable table, string schema, string name)
    {
        var sql = new StringBuilder($"ALTER TABLE {schema}.{name} ADD CONSTRAINT {name}_pkey PRIMARY KEY (id, version);\n"
            + $"CREATE UNIQUE INDEX {name}_current ON {schema}.{name} (id) WHERE recorded_to = 'infinity';\n"
            + $"CREATE INDEX {name}_ended ON {schema}.{name} (recorded_to) WHERE recorded_to < 'infinity';\n");
        // The rows that are no more have indexes of their own: a question as of a moment looks in both, and new rows pay for one.
        for (var i = 0; i < table.Indexes.Count; i++)
        {
            var columns = string.Join(", ", table.Indexes[i].Select(column => $"\"{column}\""));
            foreach (var (suffix, rows) in ((string, string)[])[("", "="), ("_ended", "<")])
                sql.Append($"CREATE INDEX {name}_{i + 1}{suffix} ON {schema}.{name} ({columns}) WHERE recorded_to {rows} 'infinity';\n");
        }
        return sql.ToString();
    }

    /// <summary>Puts the shadow in the place of the live table, names of its indexes included. The live one may not exist.</summary>
    public static string Swap(ReadModelTable table, string schema, string shadow)
    {
        var sql = new StringBuilder($"DROP TABLE IF EXISTS {schema}.{table.Name};\n"
            + $"ALTER TABLE {schema}.{shadow} RENAME TO {table.Name};\n");
        var numbered = Enumerable.Range(1, table.Indexes.Count).SelectMany(i => (string[])[$"{i}", $"{i}_ended"]);
        foreach (var index in (string[])["pkey", "current", "ended", .. numbered])
            sql.Append($"ALTER INDEX {schema}.{shadow}_{index} RENAME TO {table.Name}_{index};\n");
        return sql.ToString();
    }
}

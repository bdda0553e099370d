using System.Reflection;
using System.Text;
using System.Text.Json;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>
/// The sums kept beside a read model, as two tables of the same columns: one cell per day of change and dimensions, and one per month. A
/// question as of a moment adds up whole months, the days of the last month, and the changes of the last day. Totals of now only have one
/// table, a cell per dimensions.
/// </summary>
public sealed class TotalsTable
{
    /// <summary>What the name of the table by months ends with.</summary>
    public const string Months = "_months";

    private readonly ReadModelTable rows;

    /// <summary>What a declaration means for a row; no table is needed for that.</summary>
    /// <exception cref="ArgumentException">A dimension or measure names nothing that the row has.</exception>
    /// <exception cref="NotSupportedException">What is to be summed is neither money nor a whole number, or what is to be spread is no
    /// list and no dictionary.</exception>
    internal TotalsTable(Totals definition, ReadModelTable rows)
    {
        (this.rows, Definition) = (rows, definition);
        Lines = definition.Spread is { } spread ? new TotalsLines(rows.Columns.FirstOrDefault(column => column.Property.Name == spread)
            ?? throw Unknown(spread)) : null;
        Dimensions = [.. definition.Dimensions.Select(DimensionOf)];
        Measures = [.. definition.Measures.Select(MeasureOf)];
    }

    /// <summary>Totals that have tables of their own.</summary>
    /// <exception cref="ArgumentException">As above; or a name is no plain identifier, or two columns would have the same.</exception>
    /// <exception cref="NotSupportedException">As above.</exception>
    internal static TotalsTable Kept(Totals definition, ReadModelTable rows)
    {
        if (!StorageOptions.Identifier().IsMatch(definition.Table))
            throw new ArgumentException($"'{definition.Table}' is no plain name of a table");
        if (definition.NowOnly && (definition.Of != TotalsOf.CurrentRows || definition.Dimensions.Count == 0))
            throw new ArgumentException($"totals {definition.Table}: what is kept of now only is of current rows, by some dimension");
        var totals = new TotalsTable(definition, rows);
        return totals.Columns.Concat(definition.NowOnly ? ["count"] : ["day", "count"])
            .GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new ArgumentException($"totals {definition.Table}: two columns would be called {twice.Key}") : totals;
    }

    public Totals Definition { get; }

    /// <summary>What is counted by, in order.</summary>
    public IReadOnlyList<TotalsDimension> Dimensions { get; }

    /// <summary>What is summed beside the count, in order.</summary>
    public IReadOnlyList<TotalsMeasure> Measures { get; }

    internal TotalsLines? Lines { get; }

    internal string Fingerprint => string.Join(' ', "totals of 1", Definition.Table, Definition.Comment, Definition.Of, Definition.Spread,
        string.Join(',', Dimensions.Select(column => $"{column.Name} {column.SqlType} {column.Sql}")),
        string.Join(',', Measures.Select(column => $"{column.Name} {column.Sql}"))) + (Definition.NowOnly ? " now only" : "");

    /// <summary>The tables' names, without their schema.</summary>
    internal string[] Names => Definition.NowOnly ? [Definition.Table] : [Definition.Table, Definition.Table + Months];

    /// <summary>The days and the dimensions.</summary>
    private string Key => Definition.NowOnly ? Keys.TrimStart(',', ' ') : $"day{Keys}";

    /// <summary>Columns of the row that the sums rest on.</summary>
    internal IEnumerable<ReadModelColumn> Uses =>
        Dimensions.Select(column => column.Of).Concat(Measures.Select(column => column.Of)).Append(Lines?.Column).OfType<ReadModelColumn>();

    private IEnumerable<string> Columns => Dimensions.Select(column => column.Name).Concat(Measures.Select(column => column.Name));

    private string Keys => string.Concat(Dimensions.Select(column => $", \"{column.Name}\""));

    /// <summary>A dimension or measure of the declaration, by its text.</summary>
    internal static ArgumentException Unknown(string name) => new($"totals name '{name}', which the row does not have");

    /// <summary>The cells that changes make.</summary>
    /// <param name="changes">a relation with the columns <c>change_at</c>, <c>change_sign</c> (1 or -1), <c>change_begins</c> (whether a
    /// version begins then, or ends) and those of the row</param>
    internal string Cells(string changes)
    {
        var dimensions = string.Concat(Dimensions.Select(column => $", {column.Sql} AS \"{column.Name}\""));
        var sums = string.Concat(Measures.Select(column =>
            $", sum(r.change_sign * coalesce({column.Sql}, 0))::bigint AS \"{column.Name}\""));
        var begins = Definition.Of == TotalsOf.EveryVersion ? " AND r.change_begins" : "";
        var groups = string.Join(", ", Enumerable.Range(1, Dimensions.Count + (Definition.NowOnly ? 0 : 1)));
        // Recorded days are those of UTC+8, as BusinessTime has them.
        var day = Definition.NowOnly ? dimensions.TrimStart(',')
            : $" (r.change_at AT TIME ZONE INTERVAL '8 hours')::date AS day{dimensions}";
        return $"SELECT{day}, sum(r.change_sign)::bigint AS count{sums} "
            + $"FROM {changes} r {Lines?.Join} WHERE r.change_at < 'infinity'{begins} GROUP BY {groups}";
    }

    /// <summary>Adds cells to the tables: common table expressions, and the statement behind them.</summary>
    /// <param name="nth">makes the names of the expressions unique</param>
    internal (string With, string Statement) Add(string schema, string suffix, string changes, int nth)
    {
        var cells = $"cells_{nth}";
        if (Definition.NowOnly)
            return ($"{cells} AS MATERIALIZED ({Cells(changes)})", Into("", $"SELECT * FROM {cells} WHERE {HoldsSomething}"));
        return ($"{cells} AS MATERIALIZED ({Cells(changes)}), days_{nth} AS ({Into("", $"SELECT * FROM {cells} WHERE {HoldsSomething}")})",
            Into(Months, $"SELECT date_trunc('month', day::timestamp)::date AS day{Keys}, sum(count)::bigint AS count"
                + string.Concat(Measures.Select(column => $", sum(\"{column.Name}\")::bigint AS \"{column.Name}\""))
                + $" FROM {cells} GROUP BY {string.Join(", ", Enumerable.Range(1, 1 + Dimensions.Count))}", HoldsSomething));

        string Into(string level, string select, string? having = null)
        {
            var sums = string.Concat(Measures.Select(column => $", \"{column.Name}\" = t.\"{column.Name}\" + excluded.\"{column.Name}\""));
            return $"INSERT INTO {schema}.{Definition.Table}{level}{suffix} AS t ({Key}, count{Sums}) "
                + (having is null ? select : $"SELECT * FROM ({select}) AS months WHERE {having}")
                + $" ON CONFLICT ({Key}) DO UPDATE SET count = t.count + excluded.count{sums}";
        }
    }

    /// <summary>Takes away the cells of now that have come to nothing; null where cells stay, since a day's history does.</summary>
    internal string? Tidy(string schema, string suffix) =>
        Definition.NowOnly ? $"DELETE FROM {schema}.{Definition.Table}{suffix} WHERE NOT ({HoldsSomething})" : null;

    /// <summary>Fills tables that are empty, from all rows.</summary>
    internal IEnumerable<string> Fill(string schema, string suffix)
    {
        if (Definition.NowOnly)
        {
            var current = "(SELECT v.recorded_from AS change_at, 1 AS change_sign, true AS change_begins, v.* "
                + $"FROM {schema}.{rows.Name}{suffix} v WHERE v.recorded_to = 'infinity')";
            yield return $"INSERT INTO {schema}.{Definition.Table}{suffix} ({Key}, count{Sums}) {Cells(current)}";
            yield break;
        }
        var changes = $"(SELECT c.*, v.* FROM {schema}.{rows.Name}{suffix} v CROSS JOIN LATERAL "
            + "(VALUES (v.recorded_from, 1, true), (v.recorded_to, -1, false)) AS c (change_at, change_sign, change_begins))";
        yield return $"INSERT INTO {schema}.{Definition.Table}{suffix} ({Key}, count{Sums}) {Cells(changes)}";
        yield return $"INSERT INTO {schema}.{Definition.Table}{Months}{suffix} ({Key}, count{Sums}) "
            + $"SELECT date_trunc('month', day::timestamp)::date{Keys}, sum(count)::bigint"
            + string.Concat(Measures.Select(column => $", sum(\"{column.Name}\")::bigint"))
            + $" FROM {schema}.{Definition.Table}{suffix} GROUP BY {string.Join(", ", Enumerable.Range(1, 1 + Dimensions.Count))}";
    }

    /// <summary>Which cells hold something: one that came to nothing is as good as none.</summary>
    internal string HoldsSomething =>
        string.Join(" OR ", Measures.Select(column => column.Name).Prepend("count").Select(name => $"\"{name}\" <> 0"));

    /// <summary>The bare tables: filled first, indexed after.</summary>
    internal string Create(string schema, string suffix)
    {
        var sql = new StringBuilder();
        foreach (var name in Names.Select(name => $"{schema}.{name}{suffix}"))
        {
            sql.Append($"CREATE TABLE {name} (");
            if (!Definition.NowOnly) sql.Append("day date NOT NULL, ");
            foreach (var column in Dimensions)
                sql.Append($"\"{column.Name}\" {column.SqlType}{(column.Required ? " NOT NULL" : "")}, ");
            sql.Append("count bigint NOT NULL");
            foreach (var column in Measures) sql.Append($", \"{column.Name}\" bigint NOT NULL");
            // Cells of today change with every page: with room beside them the change stays on its page and touches no index.
            sql.Append(") WITH (fillfactor = 80);\n");
            var months = name.EndsWith(Months + suffix, StringComparison.Ordinal);
            Comment("TABLE", name, Definition.Comment
                + (Definition.NowOnly ? ", as it is now" : months ? ", by month of change" : ", by day of change"));
            if (!Definition.NowOnly)
                Comment("COLUMN", $"{name}.day", months
                    ? "First day of the month in which the changes were recorded, Asia/Shanghai"
                    : "Day on which the changes were recorded, Asia/Shanghai");
            Comment("COLUMN", $"{name}.count", Definition.NowOnly ? "How many stand here now"
                : Definition.Of == TotalsOf.EveryVersion ? "How many were recorded then"
                : "How many came to stand here then, less those that ceased to; what stands now is the sum over all days");
            foreach (var column in Dimensions)
                if (column.Comment is { } comment) Comment("COLUMN", $"{name}.\"{column.Name}\"", comment);
            foreach (var column in Measures)
                Comment("COLUMN", $"{name}.\"{column.Name}\"", "Sum over what is counted. " + column.Comment);
        }
        return sql.ToString();

        void Comment(string kind, string of, string text) => sql.Append($"COMMENT ON {kind} {of} IS '{text.Trim().Replace("'", "''")}';\n");
    }

    /// <summary>The key of the days begins with the day, since questions ask for a range of days; the one of the months with what questions
    /// are narrowed to. Of now a second one finds what has come to nothing.</summary>
    internal string Index(string schema, string suffix) => Definition.NowOnly
        ? $"CREATE UNIQUE INDEX {Definition.Table}{suffix}_key ON {schema}.{Definition.Table}{suffix} ({Key}) NULLS NOT DISTINCT;\n"
        + $"CREATE INDEX {Definition.Table}{suffix}_nothing ON {schema}.{Definition.Table}{suffix} (count) WHERE NOT ({HoldsSomething});\n"
        : $"CREATE UNIQUE INDEX {Definition.Table}{suffix}_key ON {schema}.{Definition.Table}{suffix} (day{Keys}) NULLS NOT DISTINCT;\n"
        + $"CREATE UNIQUE INDEX {Definition.Table}{Months}{suffix}_key ON {schema}.{Definition.Table}{Months}{suffix} "
        + $"({Keys.TrimStart(',')}{(Keys.Length == 0 ? "" : ",")} day) NULLS NOT DISTINCT;\n";

    internal string Swap(string schema, string suffix) => string.Concat(Names.Select(name =>
        $"DROP TABLE IF EXISTS {schema}.{name};\nALTER TABLE {schema}.{name}{suffix} RENAME TO {name};\n"
        + $"ALTER INDEX {schema}.{name}{suffix}_key RENAME TO {name}_key;\n"
        + (Definition.NowOnly ? $"ALTER INDEX {schema}.{name}{suffix}_nothing RENAME TO {name}_nothing;\n" : "")));

    private string Sums => string.Concat(Measures.Select(column => $", \"{column.Name}\""));

    private TotalsDimension DimensionOf(string text)
    {
        if (text.EndsWith('?'))
        {
            var asked = ColumnOf(text[..^1]);
            return new TotalsDimension(text, $"has_{asked.Name}", "boolean", true, $"r.\"{asked.Name}\" IS NOT NULL", asked, null);
        }
        var parts = text.Split(':');
        var (name, sql, type, required, column, comment) = Named(parts[0]);
        if (parts.Length == 1) return new TotalsDimension(text, name, type, required, sql, column, comment);
        if (type != "text" || !int.TryParse(parts[1], out var length) || length < 1) throw Unknown(text);
        return new TotalsDimension(text, $"{name}_{length}", type, required, $"left({sql}, {length})", column, comment);
    }

    private TotalsMeasure MeasureOf(string text)
    {
        var (name, sql, type, _, column, comment) = Named(text);
        return type is "bigint" or "integer" ? new TotalsMeasure(text, name, sql, column, comment)
            : throw new NotSupportedException($"totals {Definition.Table}: {text} is neither money nor a whole number");
    }

    private (string Name, string Sql, string Type, bool Required, ReadModelColumn? Column, string? Comment) Named(string text)
    {
        if (Lines is { } lines && text.StartsWith(Definition.Spread + ".", StringComparison.Ordinal))
        {
            var member = lines.Member(text[(Definition.Spread!.Length + 1)..]) ?? throw Unknown(text);
            return (member.Name, member.Sql, member.SqlType, member.Required, null, null);
        }
        var column = ColumnOf(text);
        return (column.Name, $"r.\"{column.Name}\"", column.SqlType, column.Required, column, column.Comment);
    }

    private ReadModelColumn ColumnOf(string property) =>
        rows.Columns.FirstOrDefault(column => column.Property.Name == property) ?? throw Unknown(property);
}

/// <summary>What totals are counted by.</summary>
/// <param name="Text">as it is declared: <c>"Region:4"</c></param>
/// <param name="Name">its column</param>
/// <param name="Sql">its value of a row <c>r</c> and, where lines are counted, of a line <c>line</c></param>
/// <param name="Of">the column of the row that it rests on; null for a member of a line</param>
public sealed record TotalsDimension(
    string Text, string Name, string SqlType, bool Required, string Sql, ReadModelColumn? Of, string? Comment);

/// <summary>What totals sum.</summary>
/// <param name="Text">as it is declared</param>
/// <param name="Name">its column</param>
/// <param name="Sql">its value of a row <c>r</c> and, where lines are counted, of a line <c>line</c>: fen, or a number</param>
/// <param name="Of">the column of the row that it rests on; null for a member of a line</param>
public sealed record TotalsMeasure(string Text, string Name, string Sql, ReadModelColumn? Of, string? Comment);

/// <summary>The lines that stand in a JSON column of a row.</summary>
internal sealed class TotalsLines
{
    private readonly Dictionary<string, TotalsMember> members;

    /// <exception cref="NotSupportedException">The column holds neither a list of records nor a dictionary from a text.</exception>
    public TotalsLines(ReadModelColumn column)
    {
        Column = column;
        var generics = Interfaces(column.Property.PropertyType).Where(type => type.IsGenericType).ToList();
        if (column.SqlType == "jsonb"
            && generics.Find(type => type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) is { } map
            && map.GetGenericArguments() is [var key, var value] && key == typeof(string))
        {
            Join = $"CROSS JOIN LATERAL jsonb_each_text(r.\"{column.Name}\") AS line (key, value)";
            var (type, sql) = Typed(value, "line.value");
            members = new() { ["Key"] = new("key", "line.key", "text", true), ["Value"] = new("value", sql, type, true) };
        }
        else if (column.SqlType == "jsonb"
            && generics.Find(type => type.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()
                is [{ IsClass: true } line]
            && line != typeof(string))
        {
            var properties = line.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanRead && property.GetIndexParameters().Length == 0).ToList();
            members = properties.ToDictionary(property => property.Name, property =>
            {
                var text = $"(line.value ->> '{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}')";
                var (type, sql) = Typed(property.PropertyType, text);
                return new TotalsMember(ReadModelColumn.Snake(property.Name), sql, type,
                    property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null);
            });
            Join = $"CROSS JOIN LATERAL jsonb_array_elements(r.\"{column.Name}\") AS line (value)";
        }
        else
        {
            throw new NotSupportedException(
                $"{column.Property.DeclaringType!.Name}.{column.Property.Name} is no list of records and no dictionary from a text, "
                + "kept as JSON");
        }
    }

    public ReadModelColumn Column { get; }

    /// <summary>Joins the lines of a row <c>r</c> as <c>line</c>; a row without lines is not counted.</summary>
    public string Join { get; }

    public TotalsMember? Member(string name) => members.GetValueOrDefault(name);

    /// <summary>How a value that JSON holds as text or number becomes what a column of the same type holds: money is yuan with two places
    /// there, and whole fen here.</summary>
    private static (string Type, string Sql) Typed(Type type, string text)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(Money) ? ("bigint", $"({text}::numeric * 100)::bigint")
            : type == typeof(long) || type == typeof(int) ? ("bigint", $"{text}::bigint")
            : type == typeof(bool) ? ("boolean", $"{text}::boolean")
            : type == typeof(LocalDate) ? ("date", $"{text}::date")
            : type == typeof(Guid) || type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>))
                ? ("uuid", $"{text}::uuid")
            : ("text", text);
    }

    private static IEnumerable<Type> Interfaces(Type type) => type.IsInterface ? type.GetInterfaces().Prepend(type) : type.GetInterfaces();
}

/// <summary>A member of a line as SQL.</summary>
internal sealed record TotalsMember(string Name, string Sql, string SqlType, bool Required);

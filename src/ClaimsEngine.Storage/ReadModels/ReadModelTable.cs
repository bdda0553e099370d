using System.Linq.Expressions;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ClaimsEngine.Storage.ReadModels;

/// <summary>A read model as a table: its columns, and rows in both directions. For those who write their own SELECTs over it.</summary>
public sealed class ReadModelTable
{
    private static readonly string[] Own = ["id", "version", "recorded_from", "recorded_to"];

    private readonly IReadModel definition;
    private readonly Func<NpgsqlDataReader, object> read;

    /// <exception cref="NotSupportedException">A property has a type that no column carries, a name that the store needs itself, or the row
    /// cannot be constructed.</exception>
    /// <exception cref="ArgumentException">A name is no plain identifier, or an index names an unknown column.</exception>
    public ReadModelTable(IReadModel definition)
    {
        this.definition = definition;
        if (!StorageOptions.Identifier().IsMatch(definition.Table))
            throw new ArgumentException($"'{definition.Table}' is no plain name of a table");
        Columns = [.. definition.RowType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0).Select(ColumnTypes.For)];
        if (Columns.FirstOrDefault(column => Own.Contains(column.Name)) is { } taken)
            throw new NotSupportedException(
                $"{definition.RowType.Name}.{taken.Property.Name}: the store adds a column {taken.Name} itself");
        Indexes = [.. definition.Indexes.Select(index => (IReadOnlyList<string>)index.Split(',', StringSplitOptions.TrimEntries))];
        if (Indexes.SelectMany(index => index).FirstOrDefault(name => Columns.All(column => column.Name != name) && !Own.Contains(name))
            is { } unknown)
            throw new ArgumentException($"read model {definition.Table}: an index names '{unknown}', which is no column");
        Totals = [.. definition.Totals.Select(totals => TotalsTable.Kept(totals, this))];
        SelectList = string.Join(", ", Own.Concat(Columns.Select(column => column.Name)).Select(name => $"\"{name}\""));
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            ["indexes of ended rows", string.Join(' ', definition.StreamTypes), definition.Comment, .. definition.Indexes,
                .. Columns.Select(c => $"{c.Name} {c.SqlType} {c.Required} {c.Comment}"),
                .. Totals.Select(totals => totals.Fingerprint)]))));
        read = CompileRead(definition.RowType);
    }

    /// <summary>The table's name, without its schema.</summary>
    public string Name => definition.Table;

    public Type RowType => definition.RowType;

    public IReadModel Definition => definition;

    /// <summary>The columns of the row, in order; <c>id</c>, <c>version</c>, <c>recorded_from</c> and <c>recorded_to</c> come before
    /// them.</summary>
    public IReadOnlyList<ReadModelColumn> Columns { get; }

    /// <summary>All columns, quoted, in the order that <see cref="Read{TRow}"/> expects: <c>SELECT list FROM …</c>.</summary>
    public string SelectList { get; }

    internal IReadOnlyList<IReadOnlyList<string>> Indexes { get; }

    /// <summary>The sums that are kept beside the rows.</summary>
    public IReadOnlyList<TotalsTable> Totals { get; }

    /// <summary>Hash of everything that shapes the table. It knows nothing of the fold's code: after a change of the fold alone,
    /// rebuild.</summary>
    internal string Fingerprint { get; }

    /// <summary>The column of a property.</summary>
    /// <exception cref="KeyNotFoundException">The row has no such property.</exception>
    public ReadModelColumn ColumnOf(string property) => Columns.FirstOrDefault(column => column.Property.Name == property)
        ?? throw new KeyNotFoundException($"{RowType.Name} has no property {property}");

    /// <summary>Reads the current record of a reader over <see cref="SelectList"/>.</summary>
    public RowVersion<TRow> Read<TRow>(NpgsqlDataReader reader) where TRow : class => new(
        reader.GetGuid(0), reader.GetInt64(1), Sql.Instant(reader.GetDateTime(2)),
        reader.GetDateTime(3) is var until && until == DateTime.MaxValue ? null : Sql.Instant(until), (TRow)read(reader));

    internal object ReadRow(NpgsqlDataReader reader) => read(reader);

    private Func<NpgsqlDataReader, object> CompileRead(Type row)
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var reads = Columns.Select((column, i) => (column, Value: column.Read(reader, Own.Length + i))).ToArray();
        Expression ValueFor(ParameterInfo parameter) => reads.FirstOrDefault(read => Fits(read.column, parameter)).Value
            ?? throw new NotSupportedException($"{row.Name}: its constructor's parameter {parameter.Name} is no property");

        var constructor = row.GetConstructors().Where(candidate => candidate.GetParameters().All(p =>
            reads.Any(read => Fits(read.column, p))))
            .MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new NotSupportedException($"{row.Name}: no public constructor takes just its properties");
        var taken = constructor.GetParameters();
        var rest = reads.Where(read => read.column.Property.CanWrite && !taken.Any(parameter => Fits(read.column, parameter)));
        var made = Expression.MemberInit(
            Expression.New(constructor, taken.Select(ValueFor)),
            rest.Select(read => (MemberBinding)Expression.Bind(read.column.Property, read.Value)));
        return Expression.Lambda<Func<NpgsqlDataReader, object>>(made, reader).Compile();
    }

    private static bool Fits(ReadModelColumn column, ParameterInfo parameter) =>
        parameter.ParameterType == column.Property.PropertyType && string.Equals(parameter.Name, column.Property.Name,
            StringComparison.OrdinalIgnoreCase);
}

/// <summary>A row as it was true in a range of recorded time.</summary>
/// <param name="Id">the stream</param>
/// <param name="Version">of the stream, after the event that made this row</param>
/// <param name="RecordedTo">null while current</param>
public sealed record RowVersion<TRow>(Guid Id, long Version, Instant RecordedFrom, Instant? RecordedTo, TRow Row) where TRow : class;

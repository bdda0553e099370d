namespace ClaimsEngine.Kernel;

/// <summary>
/// A relational table of schema <c>read</c> with one row version per event that changed the row: what was true, and in which range of
/// recorded time. A row belongs to one stream; its columns are the properties of <typeparamref name="TRow"/> in snake_case. The store adds
/// <c>id</c> (the stream), <c>version</c> (of the stream), <c>recorded_from</c> and <c>recorded_to</c> (infinity while current).
/// </summary>
/// <param name="Table">the table's name, what the user calls it: <c>claims</c></param>
/// <param name="Comment">comment on the table, for people who open it with SQL or a BI tool</param>
/// <param name="StreamTypes">streams of these types only: one stream, one row. No two streams have the same id, whatever their
/// types</param>
/// <param name="Evolve">the row after an event; null when there is (still) none; the same reference when the event does not matter</param>
/// <param name="Indexes">columns of further indexes over current rows: <c>"status"</c>; with <c>id</c> as the last a page of a list is read
/// in its order, without a sort: <c>"programme, id"</c></param>
public sealed record ReadModel<TRow>(
    string Table, string Comment, IReadOnlyList<string> StreamTypes, Func<TRow?, RecordedEvent, TRow?> Evolve,
    params IReadOnlyList<string> Indexes) : IReadModel
    where TRow : class
{
    /// <summary>Of the streams of one type.</summary>
    public ReadModel(
        string table, string comment, string streamType, Func<TRow?, RecordedEvent, TRow?> evolve, params IReadOnlyList<string> indexes)
        : this(table, comment, [streamType], evolve, indexes)
    {
    }

    /// <summary>Sums that the store keeps beside the rows. The narrowest first: a question is answered from the first that can.</summary>
    public IReadOnlyList<Totals> Totals { get; init; } = [];

    public Type RowType => typeof(TRow);

    object? IReadModel.Evolve(object? row, RecordedEvent @event) => Evolve((TRow?)row, @event);
}

/// <summary>A read model as the store sees it.</summary>
public interface IReadModel
{
    string Table { get; }
    string Comment { get; }
    IReadOnlyList<string> StreamTypes { get; }
    Type RowType { get; }
    IReadOnlyList<string> Indexes { get; }
    IReadOnlyList<Totals> Totals { get; }

    object? Evolve(object? row, RecordedEvent @event);
}

/// <summary>Comment on a column of a read model: units, ranges, what the values mean.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string comment) : Attribute
{
    public string Comment { get; } = comment;
}

/// <summary>The property is stored as JSON (<c>jsonb</c>), for SQL to look into.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class JsonColumnAttribute : Attribute;

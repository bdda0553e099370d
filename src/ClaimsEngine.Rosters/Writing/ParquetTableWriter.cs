using Parquet;
using Parquet.Schema;

namespace ClaimsEngine.Rosters.Writing;

/// <summary>A table as Parquet: a group of rows is held until it is full, then written column by column. The metadata has the notes and
/// each column's Chinese heading.</summary>
internal sealed class ParquetTableWriter : TableWriter
{
    /// <summary>Rows of a group: with thirty columns it is some 20 MiB. Larger ones read a little faster and cost more memory.</summary>
    private const int GroupRows = 20_000;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Zstd };

    private readonly Pieces pieces;
    private readonly Held[] held;
    private readonly Dictionary<string, string> metadata;
    private ParquetWriter? parquet;
    private int rows;

    public ParquetTableWriter(Stream destination, IReadOnlyList<TableColumn> columns, IReadOnlyList<TableNote> notes) : base(columns)
    {
        pieces = new Pieces(destination);
        held = [.. Columns.Select(HeldOf)];
        metadata = notes.ToDictionary(note => note.Name, note => note.Value);
        foreach (var column in Columns) metadata[$"heading.{column.Name}"] = column.Heading;
    }

    private protected override async ValueTask Begin(CancellationToken cancellation)
    {
        parquet = await ParquetWriter.CreateAsync(
            new ParquetSchema(held.Select(column => column.Field)), pieces.Output, Options, cancellationToken: cancellation);
        parquet.CustomMetadata = metadata;
    }

    private protected override async ValueTask WriteRow(object?[] row, bool isTotal, CancellationToken cancellation)
    {
        if (isTotal) return;
        for (var i = 0; i < row.Length; i++) held[i].Add(row[i]);
        if (++rows == GroupRows) await WriteGroup(cancellation);
    }

    private protected override async Task End(CancellationToken cancellation)
    {
        if (rows > 0) await WriteGroup(cancellation);
        await parquet!.DisposeAsync();   // writes the footer
        parquet = null;
        await pieces.Finish(cancellation);
    }

    private protected override ValueTask Release() => parquet?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task WriteGroup(CancellationToken cancellation)
    {
        using var group = parquet!.CreateRowGroup();
        foreach (var column in held)
        {
            await column.Write(group, cancellation);
            await pieces.SendIfFull(cancellation);
        }
        group.CompleteValidate();
        rows = 0;
    }

    private static Held HeldOf(TableColumn column) => column.Kind switch
    {
        CellKind.Text => new Texts(column.Name),
        CellKind.Number => new Values<long>(new DataField<long>(column.Name, true), cell => cell is int small ? small : (long)cell),
        CellKind.Money => new Values<decimal>(
            new DecimalDataField(column.Name, 18, 2, isNullable: true), cell => ((Money)cell).Fen / 100m),
        CellKind.Ratio => new Values<decimal>(
            new DecimalDataField(column.Name, 18, 6, isNullable: true), cell => ((decimal)cell).Rounded()),
        CellKind.Date => new Values<DateOnly>(new DataField<DateOnly>(column.Name, true), cell => ((LocalDate)cell).ToDateOnly()),
        CellKind.Moment => new Values<DateTime>(
            new DateTimeDataField(
                column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true),
            cell => ((Instant)cell).ToDateTimeUtc()),
        CellKind.Flag => new Values<bool>(new DataField<bool>(column.Name, true), cell => (bool)cell),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Kind, "no column is written for this kind"),
    };

    /// <summary>The cells of one column that are not written yet.</summary>
    private abstract class Held(DataField field)
    {
        public DataField Field { get; } = field;

        public abstract void Add(object? cell);

        /// <summary>Writes the cells and forgets them.</summary>
        public abstract Task Write(ParquetRowGroupWriter group, CancellationToken cancellation);
    }

    private sealed class Values<T>(DataField field, Func<object, T> read) : Held(field) where T : struct
    {
        private readonly T?[] cells = new T?[GroupRows];
        private int count;

        public override void Add(object? cell) => cells[count++] = cell is null ? null : read(cell);

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancellation)
        {
            await group.WriteAsync<T>(Field, cells.AsMemory(0, count), cancellationToken: cancellation);
            count = 0;
        }
    }

    private sealed class Texts(string name) : Held(new DataField<string>(name, true))
    {
        private readonly List<string> cells = [];

        public override void Add(object? cell) => cells.Add((string)cell!);   // its reader takes null for none

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancellation)
        {
            await group.WriteAsync(Field, cells);
            cells.Clear();
        }
    }
}

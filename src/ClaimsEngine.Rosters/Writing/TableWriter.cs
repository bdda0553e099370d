namespace ClaimsEngine.Rosters.Writing;

/// <summary>Writes a table of typed cells, row by row, to a destination that need not seek. What is written is not held: CSV and XLSX hold
/// 64 KiB, Parquet the rows of one group.</summary>
public abstract class TableWriter : IAsyncDisposable
{
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly object?[] cells;
    private bool begun, finished;

    /// <param name="columns">as the caller names them</param>
    private protected TableWriter(IReadOnlyList<TableColumn> columns)
    {
        this.columns = columns;
        Columns = [.. columns.SelectMany(column => column.Words is null ? (TableColumn[])[column]
            : [column with { Heading = column.Heading + "代码" }, new TableColumn(column.Name + "Text", column.Heading, CellKind.Text)])];
        cells = new object?[Columns.Count];
    }

    /// <summary>The columns that are written: those of words among them.</summary>
    private protected IReadOnlyList<TableColumn> Columns { get; }

    /// <param name="destination">left open</param>
    /// <param name="title">of the sheet in XLSX</param>
    /// <param name="notes">what is said of the whole</param>
    public static TableWriter To(
        Stream destination, TableFormat format, string title, IReadOnlyList<TableColumn> columns,
        params IReadOnlyList<TableNote> notes) => format switch
    {
        TableFormat.Csv => new CsvTableWriter(destination, columns),
        TableFormat.Xlsx => new XlsxTableWriter(destination, title, columns, notes),
        _ => new ParquetTableWriter(destination, columns, notes),
    };

    /// <summary>
    /// The next row: a cell for each column, of the type that its kind says, or null. Text in CSV that a spreadsheet would compute gets an
    /// apostrophe; in XLSX every text is a text, of which 32,767 characters are written. Text that is no valid Unicode gets U+FFFD.
    /// </summary>
    /// <exception cref="InvalidCastException">A cell is not of its column's type.</exception>
    public async ValueTask Write(IReadOnlyList<object?> row, CancellationToken cancellation = default)
    {
        if (!begun) await Begin(cancellation);
        begun = true;
        Spread(row, withWords: true);
        await WriteRow(cells, isTotal: false, cancellation);
    }

    /// <summary>Ends the file. Without it what was written is no whole file.</summary>
    /// <param name="total">a last row of sums; null for none. A first cell of text that is null becomes 合计. Parquet has no such row: its
    /// readers would count it</param>
    public async Task Finish(IReadOnlyList<object?>? total = null, CancellationToken cancellation = default)
    {
        if (finished) return;
        finished = true;
        if (!begun) await Begin(cancellation);
        if (total is not null)
        {
            Spread(total, withWords: false);
            if (cells[0] is null && Columns[0].Kind == CellKind.Text) cells[0] = "合计";
            await WriteRow(cells, isTotal: true, cancellation);
        }
        await End(cancellation);
    }

    /// <summary>Gives back what the form holds, whether the file has ended or not. Nothing more is sent.</summary>
    public async ValueTask DisposeAsync()
    {
        await Release();
        GC.SuppressFinalize(this);
    }

    private protected abstract ValueTask Begin(CancellationToken cancellation);

    /// <param name="row">a cell for each of <see cref="Columns"/>; the next row uses the same array</param>
    private protected abstract ValueTask WriteRow(object?[] row, bool isTotal, CancellationToken cancellation);

    private protected abstract Task End(CancellationToken cancellation);

    private protected abstract ValueTask Release();

    private void Spread(IReadOnlyList<object?> row, bool withWords)
    {
        if (row.Count != columns.Count) throw new ArgumentException($"a row has {columns.Count} cells, not {row.Count}", nameof(row));
        for (int i = 0, to = 0; i < columns.Count; i++)
        {
            cells[to++] = row[i];
            if (columns[i].Words is { } words) cells[to++] = withWords && row[i] is string text ? words(text) : null;
        }
    }
}

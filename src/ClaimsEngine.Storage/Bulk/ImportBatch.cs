namespace ClaimsEngine.Storage.Bulk;

/// <summary>Rows that are stored in one transaction, and their place in the order of the source.</summary>
internal sealed class ImportBatch(IReadOnlyList<ImportRow> rows, Ruling hoped)
{
    public IReadOnlyList<ImportRow> Rows => rows;

    /// <summary>The ruling without facts: right unless the writes show otherwise.</summary>
    public Ruling Hoped => hoped;

    public long LastRow => rows[^1].Number;

    /// <summary>PostgreSQL's complaint about the only row of this batch.</summary>
    public string? Unstorable { get; set; }

    /// <summary>Completes when this batch may commit: when the one before it has.</summary>
    public Task MayCommit { get; init; } = Task.CompletedTask;

    /// <summary>Completed when this batch has committed, cancelled when it never will.</summary>
    public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Both halves, to find a row that PostgreSQL can't store.</summary>
    public ImportBatch[] Halves()
    {
        var first = Part(rows.Take(rows.Count / 2), MayCommit);
        return [first, Part(rows.Skip(rows.Count / 2), first.Committed.Task)];
    }

    private static ImportBatch Part(IEnumerable<ImportRow> rows, Task mayCommit)
    {
        var part = rows.ToArray();
        return new ImportBatch(part, Ruling.On(null, part)) { MayCommit = mayCommit };
    }
}

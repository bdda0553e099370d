using ClaimsEngine.EventStore.Feed;
using ClaimsEngine.EventStore.ReadModels;
using Npgsql;

namespace ClaimsEngine.EventStore.Projections;

/// <summary>A table beside the live one, filled from the events by parallel workers over disjoint ranges of streams. Dropped unless it takes the live one's place.</summary>
internal sealed class Shadow : IAsyncDisposable
{
    /// <summary>Rows of one COPY: a write transaction holds the feed back while it runs, so none runs long.</summary>
    private const int RowsPerCopy = 20_000;

    private readonly Projection projection;
    private readonly EventStoreOptions options;
    private readonly IProgress<RebuildProgress>? progress;
    private readonly HashSet<Guid> held = [];
    private long events;

    public Shadow(Projection projection, IProgress<RebuildProgress>? progress)
    {
        this.projection = projection;
        this.progress = progress;
        options = projection.Options;
        Name = $"{projection.Name}__{Guid.NewGuid().ToString("N")[..8]}";
    }

    public string Name { get; }

    public long Events => Interlocked.Read(ref events);

    /// <summary>Events that failed; the rows of their streams end before them.</summary>
    public List<FailedEvent> Failed { get; } = [];

    /// <summary>The table contains every event up to here.</summary>
    public FeedPosition Position { get; private set; }

    /// <summary>Fills and indexes the table. <paramref name="upTo"/> must be settled.</summary>
    public async Task Fill(FeedPosition upTo, int workers, CancellationToken cancellation)
    {
        await Execute(TableDefinition.Create(projection.Table, options.ReadSchema, Name), cancellation);
        var ranges = new Queue<(Guid? After, Guid? UpTo)>(await Ranges(workers, cancellation));
        Report("fold");
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                (Guid? After, Guid? UpTo) range;
                lock (ranges)
                    if (!ranges.TryDequeue(out range)) return;
                await FillRange(range, upTo, cancellation);
            }
        }, cancellation)));
        Position = upTo;
        Report("index");
        await Execute(TableDefinition.Index(projection.Table, options.ReadSchema, Name), cancellation);
        await Execute($"ANALYZE {options.ReadSchema}.{Name}", cancellation);
    }

    /// <summary>Follows the feed to <paramref name="target"/>, batch by batch, in whatever transaction the connection has.</summary>
    public async Task CatchUp(NpgsqlConnection connection, FeedPosition target, CancellationToken cancellation)
    {
        while (Position < target)
        {
            List<StoredEvent> next;
            await using (var command = FeedQuery.OfStreamType(connection, options, projection.Table.Definition.StreamType, Position, target, options.ProjectionBatch))
                next = await FeedQuery.Run(command, cancellation);
            var end = next.Count < options.ProjectionBatch ? target : next[^1].Position;
            var range = await projection.Fold(connection, Name, next, end, held, cancellation);
            await using var batch = new NpgsqlBatch(connection);
            foreach (var statement in projection.Writer.Statements(Name, range.Fold.Changes)) batch.BatchCommands.Add(statement);
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
            Fail(range.Fold.Failed);
            Interlocked.Add(ref events, range.Events);
            Position = range.End;
        }
        Report("catch up");
    }

    /// <summary>
    /// Count, sum and parity of the rows' hashes, versions and recorded ranges included: the same in whatever order rows were written. Records are hashed by
    /// their values; as text that would take three times as long.
    /// </summary>
    public static async Task<(long Rows, string Digest)> Digest(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*), coalesce(sum(hash), 0)::text, coalesce(bit_xor(hash), 0)::text
            FROM (SELECT hash_record_extended(t.*, 0) AS hash FROM {table} t OFFSET 0) AS rows
            """, connection)
        { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), $"{reader.GetInt64(0)}:{reader.GetString(1)}:{reader.GetString(2)}");
    }

    public void Report(string phase) => progress?.Report(new RebuildProgress(projection.Name, phase, Events));

    public async ValueTask DisposeAsync() => await Execute($"DROP TABLE IF EXISTS {options.ReadSchema}.{Name}", CancellationToken.None);

    /// <summary>Ranges of stream ids with about equally many streams each, more of them than workers, so that none waits for a slow one at the end.</summary>
    private async Task<List<(Guid? After, Guid? UpTo)>> Ranges(int workers, CancellationToken cancellation)
    {
        await using var command = projection.Source.CreateCommand(options.Fill("""
            SELECT max(id::text)::uuid FROM (
              SELECT id, ntile($2) OVER (ORDER BY id) AS part FROM {schema}.mt_streams WHERE type = $1) AS parts
            GROUP BY part ORDER BY 1
            """));
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Table.Definition.StreamType });
        command.Parameters.Add(new NpgsqlParameter { Value = workers == 1 ? 1 : workers * 4 });
        var ranges = new List<(Guid?, Guid?)>();
        Guid? after = null;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            ranges.Add((after, reader.GetGuid(0)));
            after = reader.GetGuid(0);
        }
        ranges.Add((after, null));   // streams that began meanwhile; all of them when there were none
        return ranges;
    }

    private async Task FillRange((Guid? After, Guid? UpTo) range, FeedPosition upTo, CancellationToken cancellation)
    {
        await using var reading = await projection.Source.OpenConnectionAsync(cancellation);
        await using var writing = await projection.Source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(options.Fill($"""
            SELECT {StoredEvent.Columns} FROM {"{schema}"}.mt_events e JOIN {"{schema}"}.mt_streams s ON s.id = e.stream_id
            WHERE s.type = $4 AND (e.epoch, e.tx_id, e.seq_id) <= ($1, $2, $3)
            {(range.After is null ? "AND $5 IS NOT NULL" : "AND e.stream_id > $5")} {(range.UpTo is null ? "AND $6 IS NOT NULL" : "AND e.stream_id <= $6")}
            ORDER BY e.stream_id, e.version
            """), reading)
        { CommandTimeout = 0 };
        FeedQuery.Add(command, upTo);
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Table.Definition.StreamType });
        command.Parameters.Add(new NpgsqlParameter { Value = range.After ?? Guid.Empty });
        command.Parameters.Add(new NpgsqlParameter { Value = range.UpTo ?? Guid.Empty });
        await using var reader = await command.ExecuteReaderAsync(cancellation);

        var fold = projection.NewFold();
        var stream = Guid.Empty;
        while (await reader.ReadAsync(cancellation))
        {
            var stored = new StoredEvent(reader);
            if (stored.Stream != stream)
            {
                // Streams come one after the other, so a finished one needs no state any more.
                stream = stored.Stream;
                fold.Forget();
                if (fold.Changes.Added.Count >= RowsPerCopy)
                {
                    Copy(writing, fold);
                    Report("fold");
                    fold = projection.NewFold();
                }
            }
            await fold.Apply(stored);
            Interlocked.Increment(ref events);
        }
        Copy(writing, fold);
    }

    private void Copy(NpgsqlConnection connection, BatchFold fold)
    {
        using (var copy = projection.Writer.BeginCopy(connection, Name))
        {
            foreach (var row in fold.Changes.Added) projection.Writer.Copy(copy, row);
            copy.Complete();
        }
        Fail(fold.Failed);
    }

    private void Fail(List<FailedEvent> failed)
    {
        lock (held)
        {
            Failed.AddRange(failed);
            held.UnionWith(failed.Select(f => f.Stream));
        }
    }

    private async Task Execute(string sql, CancellationToken cancellation)
    {
        await using var command = projection.Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Storage.Projections;

/// <summary>Tables beside the live ones, rows and totals, filled from the events by parallel workers over disjoint ranges of streams.
/// Dropped unless they take the live ones' place.</summary>
internal sealed class Shadow : IAsyncDisposable
{
    /// <summary>Rows of one COPY: a write transaction holds the feed back while it runs, so none runs long.</summary>
    private const int RowsPerCopy = 20_000;

    private readonly Projection projection;
    private readonly StorageOptions options;
    private readonly IProgress<RebuildProgress>? progress;
    private readonly HashSet<Guid> held = [];
    private long events;
    private NpgsqlConnection? alive;

    public Shadow(Projection projection, IProgress<RebuildProgress>? progress)
    {
        this.projection = projection;
        this.progress = progress;
        options = projection.Options;
        Suffix = $"__{Guid.NewGuid().ToString("N")[..8]}";
    }

    /// <summary>What the names of the tables have behind those of the live ones.</summary>
    public string Suffix { get; }

    public long Events => Interlocked.Read(ref events);

    /// <summary>Events that failed; the rows of their streams end before them.</summary>
    public List<FailedEvent> Failed { get; } = [];

    /// <summary>The table contains every event up to here.</summary>
    public long Position { get; private set; }

    /// <summary>Fills and indexes the table. <paramref name="upTo"/>: the feed is complete up to there.</summary>
    public async Task Fill(long upTo, int workers, CancellationToken cancellation)
    {
        await MarkAsAlive(cancellation);
        await Execute(TableDefinition.Create(projection.Table, options.ReadSchema, Suffix), cancellation);
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
        await Execute(TableDefinition.Index(projection.Table, options.ReadSchema, Suffix), cancellation);
        await Execute($"ANALYZE {options.ReadSchema}.{projection.Name}{Suffix}", cancellation);
        foreach (var statement in TableDefinition.Sum(projection.Table, options.ReadSchema, Suffix))
            await Execute(statement, cancellation);
    }

    /// <summary>Follows the feed to <paramref name="target"/>, batch by batch, in whatever transaction the connection has.</summary>
    public async Task CatchUp(NpgsqlConnection connection, long target, CancellationToken cancellation)
    {
        while (Position < target)
        {
            var next = new List<StoredEvent>();
            await using (var command = new NpgsqlCommand(options.Fill($"""
                SELECT {StoredEvent.Columns} FROM {"{schema}"}.mt_events e
                WHERE e.seq_id > $1 AND e.seq_id <= $2 AND e.type = ANY ($3) ORDER BY e.seq_id LIMIT $4
                """), connection))
            {
                command.Parameters.Add(new NpgsqlParameter { Value = Position });
                command.Parameters.Add(new NpgsqlParameter { Value = target });
                command.Parameters.Add(new NpgsqlParameter { Value = projection.EventNames });
                command.Parameters.Add(new NpgsqlParameter { Value = options.ProjectionPage });
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation)) next.Add(new StoredEvent(reader));
            }
            var fold = new BatchFold(projection.Table.Definition);
            await using (var question = new NpgsqlBatch(connection))
            {
                question.BatchCommands.Add(projection.RowsOf(Suffix, [.. next.Select(stored => stored.Stream).Distinct()]));
                await using var reader = await question.ExecuteReaderAsync(cancellation);
                foreach (var row in await projection.ReadRows(reader, cancellation)) fold.Start(row);
            }
            foreach (var stored in next)
                if (!held.Contains(stored.Stream)) fold.Apply(stored.Stream, stored.Position, () => stored.Decode(projection.Types));
            await using var batch = new NpgsqlBatch(connection);
            foreach (var statement in projection.Writer.Statements(Suffix, fold.Changes)) batch.BatchCommands.Add(statement);
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
            Fail(fold.Failed);
            Interlocked.Add(ref events, next.Count);
            Position = next.Count < options.ProjectionPage ? target : next[^1].Position;
        }
        Report("catch up");
    }

    /// <summary>
    /// Count, sum and parity of the hashes of rows and of cells of the totals, versions and recorded ranges included: the same in whatever
    /// order they were written. Records are hashed by their values; as text that would take three times as long.
    /// </summary>
    /// <param name="suffix">of a shadow's tables; empty for the live ones</param>
    public static async Task<(long Rows, string Digest)> Digest(
        NpgsqlConnection connection, Projection projection, string suffix, CancellationToken cancellation)
    {
        var (rows, digest) = await Of(projection.Name, "true");
        foreach (var totals in projection.Table.Totals)
            foreach (var name in totals.Names) digest += $" {(await Of(name, totals.HoldsSomething)).Digest}";
        return (rows, digest);

        async Task<(long Rows, string Digest)> Of(string table, string which)
        {
            await using var command = new NpgsqlCommand(
                $"""
                SELECT count(*), coalesce(sum(hash), 0)::text, coalesce(bit_xor(hash), 0)::text FROM (
                  SELECT hash_record_extended(t.*, 0) AS hash FROM {projection.Options.ReadSchema}.{table}{suffix} t WHERE {which} OFFSET 0
                ) AS rows
                """, connection)
            { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            return (reader.GetInt64(0), $"{reader.GetInt64(0)}:{reader.GetString(1)}:{reader.GetString(2)}");
        }
    }

    public void Report(string phase) => progress?.Report(new RebuildProgress(projection.Name, phase, Events));

    public async ValueTask DisposeAsync()
    {
        var tables = TableDefinition.Names(projection.Table).Select(name => $"{options.ReadSchema}.{name}{Suffix}");
        await Execute($"DROP TABLE IF EXISTS {string.Join(", ", tables)}", CancellationToken.None);
        if (alive is null) return;
        await Lock("SELECT pg_advisory_unlock(hashtextextended($1, 1))", CancellationToken.None);   // the session goes back to its pool
        await alive.DisposeAsync();
    }

    /// <summary>Drops the shadows that a killed process has left behind: those whose maker is not alive.</summary>
    public static async Task Sweep(NpgsqlDataSource source, StorageOptions options, CancellationToken cancellation)
    {
        await using var sweep = source.CreateCommand(options.Fill("""
            DO $$
            DECLARE
              shadow text;
            BEGIN
              FOR shadow IN SELECT tablename FROM pg_tables WHERE schemaname = '{read}' AND tablename ~ '__[0-9a-f]{8}$' LOOP
                IF pg_try_advisory_xact_lock(hashtextextended(right(shadow, 10), 1)) THEN
                  EXECUTE format('DROP TABLE IF EXISTS {read}.%I', shadow);
                END IF;
              END LOOP;
            END $$
            """));
        await sweep.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Holds a lock by the tables' suffix as long as this process works on them.</summary>
    private async Task MarkAsAlive(CancellationToken cancellation)
    {
        alive = await projection.Source.OpenConnectionAsync(cancellation);
        await Lock("SELECT pg_advisory_lock(hashtextextended($1, 1))", cancellation);
    }

    private async Task Lock(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, alive);
        command.Parameters.Add(new NpgsqlParameter { Value = Suffix });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Ranges of stream ids with about equally many streams each, more of them than workers, so that none waits for a slow one at
    /// the end.</summary>
    private async Task<List<(Guid? After, Guid? UpTo)>> Ranges(int workers, CancellationToken cancellation)
    {
        await using var command = projection.Source.CreateCommand(options.Fill("""
            SELECT max(id::text)::uuid FROM (SELECT id, ntile($1) OVER (ORDER BY id) AS part FROM {schema}.mt_streams) AS parts
            GROUP BY part ORDER BY 1
            """));
        command.CommandTimeout = 0;
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

    private async Task FillRange((Guid? After, Guid? UpTo) range, long upTo, CancellationToken cancellation)
    {
        await using var reading = await projection.Source.OpenConnectionAsync(cancellation);
        await using var writing = await projection.Source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(options.Fill($"""
            SELECT {StoredEvent.Columns} FROM {"{schema}"}.mt_events e
            WHERE e.type = ANY ($2) AND e.seq_id <= $1
            {(range.After is null ? "AND $3 IS NOT NULL" : "AND e.stream_id > $3")}
            {(range.UpTo is null ? "AND $4 IS NOT NULL" : "AND e.stream_id <= $4")}
            ORDER BY e.stream_id, e.version
            """), reading)
        { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = upTo });
        command.Parameters.Add(new NpgsqlParameter { Value = projection.EventNames });
        command.Parameters.Add(new NpgsqlParameter { Value = range.After ?? Guid.Empty });
        command.Parameters.Add(new NpgsqlParameter { Value = range.UpTo ?? Guid.Empty });
        await using var reader = await command.ExecuteReaderAsync(cancellation);

        var fold = new BatchFold(projection.Table.Definition);
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
                    fold = new BatchFold(projection.Table.Definition);
                }
            }
            fold.Apply(stored.Stream, stored.Position, () => stored.Decode(projection.Types));
            Interlocked.Increment(ref events);
        }
        Copy(writing, fold);
    }

    private void Copy(NpgsqlConnection connection, BatchFold fold)
    {
        using (var copy = projection.Writer.BeginCopy(connection, Suffix))
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

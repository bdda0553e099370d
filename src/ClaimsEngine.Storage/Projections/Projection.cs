using ClaimsEngine.Storage.ReadModels;
using Npgsql;

namespace ClaimsEngine.Storage.Projections;

/// <summary>A read model and what turns events into its rows; the same for the live table and for a shadow beside it.</summary>
public sealed class Projection(ReadModelTable table, Sessions sessions, StorageOptions options, EventTypes types)
{
    public ReadModelTable Table => table;
    public string Name => table.Name;
    public NpgsqlDataSource Source => sessions.Application;
    public StorageOptions Options => options;
    public EventTypes Types => types;
    public RowWriter Writer { get; } = new(table, options);

    /// <summary>Published names of the events that the rows are folded from.</summary>
    public string[] EventNames { get; } =
        [.. types.All.Where(type => table.Definition.StreamTypes.Contains(types.StreamTypeOf(type))).Select(types.NameOf)];

    /// <summary>Whether an event is of a stream that has a row here.</summary>
    public bool Takes(RecordedEvent recorded) => table.Definition.StreamTypes.Contains(recorded.StreamType);

    /// <summary>The streams that these events go on with: one that begins here has no row yet.</summary>
    public static Guid[] StreamsBefore(IReadOnlyList<RecordedEvent> events)
    {
        var begun = events.Where(recorded => recorded.Version == 1).Select(recorded => recorded.Stream).ToHashSet();
        return [.. events.Select(recorded => recorded.Stream).Where(stream => !begun.Contains(stream)).Distinct()];
    }

    /// <summary>Asks for the current rows of streams.</summary>
    /// <param name="suffix">of a shadow's tables; empty for the live ones</param>
    public NpgsqlBatchCommand RowsOf(string suffix, Guid[] streams) =>
        new($"SELECT {table.SelectList} FROM {options.ReadSchema}.{table.Name}{suffix} WHERE id = ANY ($1) AND recorded_to = 'infinity'")
        { Parameters = { new NpgsqlParameter { Value = streams } } };

    /// <summary>The answer to <see cref="RowsOf"/>.</summary>
    public async Task<IReadOnlyList<StartingRow>> ReadRows(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = new List<StartingRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new StartingRow(reader.GetGuid(0), reader.GetInt64(1), reader.GetDateTime(2), table.ReadRow(reader)));
        return rows;
    }

    /// <summary>Folds events on top of rows. Pure: reads and writes nothing.</summary>
    public BatchFold Fold(IEnumerable<StartingRow> before, IEnumerable<RecordedEvent> events)
    {
        var fold = new BatchFold(table.Definition);
        foreach (var row in before) fold.Start(row);
        foreach (var recorded in events) fold.Apply(recorded);
        return fold;
    }

    public NpgsqlBatchCommand Park(FailedEvent failed)
    {
        var park = new NpgsqlBatchCommand(options.Fill("""
            INSERT INTO {schema}.dead_letters AS d (read_model, stream_id, seq_id, error, attempts) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (read_model, stream_id) DO UPDATE
            SET seq_id = excluded.seq_id, error = excluded.error, attempts = d.attempts + excluded.attempts, last_failed = clock_timestamp()
            """));
        park.Parameters.Add(new NpgsqlParameter { Value = Name });
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Stream });
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Position });
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Error.Replace("\0", "") });
        park.Parameters.Add(new NpgsqlParameter { Value = failed.Attempts });
        return park;
    }
}

/// <summary>Where the read models stand, and the lock that a rebuild, a replay and the daemon's pages share.</summary>
internal static class Progress
{
    /// <summary>Name of the one projection that keeps all read models, as Marten's progression table has it.</summary>
    public const string Shard = "read-models:All";

    /// <summary>How far the read models have got, in the snapshot of the connection's transaction: they contain every event up to
    /// there.</summary>
    public static async Task<long> Of(NpgsqlConnection connection, StorageOptions options, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            options.Fill("SELECT last_seq_id FROM {schema}.mt_event_progression WHERE name = $1"), connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Shard });
        return await command.ExecuteScalarAsync(cancellation) is long position ? position : 0;
    }

    /// <summary>Keeps the daemon from writing until COMMIT. With <paramref name="fence"/> a page that it has folded already is refused and
    /// folded again.</summary>
    public static async Task Hold(NpgsqlConnection connection, StorageOptions options, bool fence, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(options.Fill(fence
            ? "UPDATE {schema}.read_models SET token = token + 1 WHERE name = '*'"
            : "SELECT FROM {schema}.read_models WHERE name = '*' FOR UPDATE"), connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Where the read models stand, and the current rows of streams, in one question.</summary>
    public static async Task<PageStart> Look(NpgsqlConnection connection, StorageOptions options,
        IReadOnlyList<(Projection Model, Guid[] Streams)> of, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(options.Fill("""
            SELECT m.token, coalesce(p.last_seq_id, 0), d.read_model, d.stream_id
            FROM {schema}.read_models m
            LEFT JOIN {schema}.mt_event_progression p ON p.name = $1
            LEFT JOIN {schema}.dead_letters d ON true
            WHERE m.name = '*'
            """))
        { Parameters = { new NpgsqlParameter { Value = Shard } } });
        var asked = of.Where(one => one.Streams.Length > 0).ToList();
        foreach (var (model, streams) in asked) batch.BatchCommands.Add(model.RowsOf("", streams));

        var (token, position, held, rows) = (0L, 0L, new HashSet<(string, Guid)>(), new Dictionary<string, IReadOnlyList<StartingRow>>());
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            (token, position) = (reader.GetInt64(0), reader.GetInt64(1));
            if (!reader.IsDBNull(2)) held.Add((reader.GetString(2), reader.GetGuid(3)));
        }
        foreach (var (model, _) in asked)
        {
            await reader.NextResultAsync(cancellation);
            rows[model.Name] = await model.ReadRows(reader, cancellation);
        }
        return new PageStart(token, position, held, rows);
    }
}

/// <summary>What a page of events begins with.</summary>
/// <param name="Token">that it shows when it writes</param>
/// <param name="Position">how far the read models have got</param>
/// <param name="Held">the streams held back, by read model</param>
/// <param name="Rows">the current rows, by read model; one of which no rows were asked for is absent</param>
internal sealed record PageStart(long Token, long Position, HashSet<(string ReadModel, Guid Stream)> Held,
    IReadOnlyDictionary<string, IReadOnlyList<StartingRow>> Rows);

using System.Diagnostics;
using System.Text.Json;
using ClaimsEngine.EventStore.Importing;
using ClaimsEngine.Ports;
using NpgsqlTypes;

namespace ClaimsEngine.Benchmarks;

/// <summary>Bulk import into an empty store, beside what the same events cost by nothing but COPY into the events table.</summary>
internal static class ImportFigures
{
    private const int Streams = 100_000;

    public static IEnumerable<Measurement> All => [new("import.bulk", Bulk)];

    private static async Task<IReadOnlyList<Figure>> Bulk(Workbench bench)
    {
        await Copy(bench);
        await Import(bench);
        var (copy, import) = (new double[bench.Rounds], new double[bench.Rounds]);
        for (var i = 0; i < bench.Rounds; i++) (copy[i], import[i]) = (await Copy(bench), await Import(bench));
        return
        [
            Measurement.Median("import.bulk", "events/s", import),
            Measurement.Median("import.bulk.copy", "events/s", copy),
            Measurement.Median("import.bulk.share", "of copy", [.. import.Zip(copy, (a, b) => a / b)]),
        ];
    }

    /// <summary>Rows made while they are taken, as a reader of a file would make them.</summary>
    private static async Task<double> Import(Workbench bench)
    {
        await using var store = await bench.EmptyStore();
        var watch = Stopwatch.StartNew();
        var state = await store.Database.Import("bench", Rows());
        watch.Stop();
        if (state.Events != Streams) throw new InvalidOperationException($"{state.Events} events were stored");
        return Streams / watch.Elapsed.TotalSeconds;
    }

    private static async IAsyncEnumerable<ImportRow> Rows()
    {
        await Task.Yield();
        for (var i = 1; i <= Streams; i++) yield return new ImportRow(i, [Samples.Stream(Guid.CreateVersion7(), 0, Samples.Started(i))], [], []);
    }

    /// <summary>The same events by one binary COPY, serialised beforehand, without heads, checks or progress.</summary>
    private static async Task<double> Copy(Workbench bench)
    {
        await using var store = await bench.EmptyStore();
        var headers = JsonSerializer.SerializeToUtf8Bytes(Samples.By.Headers, ClaimsJson.Options);
        var events = Enumerable.Range(1, Streams).Select(i => Samples.Started(i))
            .Select(e => (e.Id, Stream: Guid.CreateVersion7(), Body: JsonSerializer.SerializeToUtf8Bytes(e.Data, ClaimsJson.Options))).ToArray();
        var now = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        await using var connection = await store.Database.Application.OpenConnectionAsync();
        using var importer = connection.BeginBinaryImport(
            "COPY mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, user_name, causation_id, correlation_id, headers) FROM STDIN (FORMAT BINARY)");
        for (var i = 0; i < events.Length; i++)
        {
            importer.StartRow();
            importer.Write(i + 1L, NpgsqlDbType.Bigint);
            importer.Write(events[i].Id, NpgsqlDbType.Uuid);
            importer.Write(events[i].Stream, NpgsqlDbType.Uuid);
            importer.Write(1L, NpgsqlDbType.Bigint);
            importer.Write(events[i].Body, NpgsqlDbType.Jsonb);
            importer.Write("cover_started", NpgsqlDbType.Varchar);
            importer.Write(now, NpgsqlDbType.TimestampTz);
            importer.Write("ClaimsEngine.Benchmarks.CoverStarted, ClaimsEngine.Benchmarks", NpgsqlDbType.Varchar);
            importer.Write(Samples.By.User!, NpgsqlDbType.Varchar);
            importer.Write(Samples.By.Causation!, NpgsqlDbType.Varchar);
            importer.Write(Samples.By.Correlation!, NpgsqlDbType.Varchar);
            importer.Write(headers, NpgsqlDbType.Jsonb);
        }
        importer.Complete();
        return Streams / watch.Elapsed.TotalSeconds;
    }
}

using System.Diagnostics;
using System.Text.Json;
using ClaimsEngine.Storage.Bulk;
using JasperFx.Events;
using Marten;
using NpgsqlTypes;

namespace ClaimsEngine.Benchmarks;

/// <summary>Bulk import of streams of one event into an empty store; the peer is Marten's bulk insert, raw is nothing but COPY into the
/// events table.</summary>
internal static class ImportFigures
{
    private const string Counts =
        "SELECT count(*) FROM claims.mt_events e JOIN claims.mt_streams s ON s.id = e.stream_id AND s.version = e.version";

    public static IEnumerable<Measurement> All => [new("import.bulk", async bench =>
    {
        var streams = bench.Size(100_000);
        await Import(bench, streams / 10);
        await BulkInsert(bench, streams / 10);
        return [await Measurement.Compare(
            bench, "import.bulk", "events/s", _ => Import(bench, streams), _ => BulkInsert(bench, streams), _ => Copy(bench, streams))];
    })];

    /// <summary>Rows made while they are taken, as a reader of a file would make them.</summary>
    private static async Task<double> Import(Workbench bench, int streams)
    {
        await using var engine = await BenchEngine.Open(bench, Samples.Types);
        var watch = Stopwatch.StartNew();
        await engine.Get<Importer>().Run("bench", Rows(streams).ToAsyncEnumerable(), new ImportOptions { MaxLag = null });
        var rate = streams / watch.Elapsed.TotalSeconds;
        await engine.Database.MustBe(streams, Counts);
        return rate;

        static IEnumerable<ImportRow> Rows(int count)
        {
            for (var i = 1; i <= count; i++)
            {
                var stream = Guid.CreateVersion7();
                yield return new ImportRow(i, [Samples.Write(stream, 0, Samples.Started(stream, i))], [], []);
            }
        }
    }

    private static async Task<double> BulkInsert(Workbench bench, int streams)
    {
        await using var plain = await PlainStore.Open(bench);
        var registry = ((DocumentStore)plain.Store).Events;
        var watch = Stopwatch.StartNew();
        await plain.Store.BulkInsertEventsAsync(
            [.. Samples.Ids(streams).Select((id, i) => StreamAction.Start(registry, id, Samples.Started(id, i)))]);
        var rate = streams / watch.Elapsed.TotalSeconds;
        await plain.Database.MustBe(streams, Counts.Replace("claims.", ""));
        return rate;
    }

    /// <summary>The same events by one binary COPY into our table, serialised beforehand, without streams, checks or progress.</summary>
    private static async Task<double> Copy(Workbench bench, int streams)
    {
        await using var engine = await BenchEngine.Open(bench, Samples.Types);
        var headers = JsonSerializer.SerializeToUtf8Bytes(Samples.By.Headers, ClaimsJson.Options);
        var events = Samples.Ids(streams)
            .Select((id, i) => (Stream: id, Body: JsonSerializer.SerializeToUtf8Bytes(Samples.Started(id, i), ClaimsJson.Options)))
            .ToArray();
        var now = DateTime.UtcNow;
        // These events have no streams that a foreign key could find.
        await engine.Database.Execute("ALTER TABLE claims.mt_events DROP CONSTRAINT IF EXISTS fkey_mt_events_stream_id");
        var watch = Stopwatch.StartNew();
        await using (var connection = await engine.Database.Owner.OpenConnectionAsync())
        {
            await using var importer = await connection.BeginBinaryImportAsync("""
                COPY claims.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, user_name,
                  causation_id, correlation_id, headers, is_archived)
                FROM STDIN (FORMAT BINARY)
                """);
            for (var i = 0; i < events.Length; i++)
            {
                importer.StartRow();
                importer.Write(i + 1L, NpgsqlDbType.Bigint);
                importer.Write(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                importer.Write(events[i].Stream, NpgsqlDbType.Uuid);
                importer.Write(1L, NpgsqlDbType.Bigint);
                importer.Write(events[i].Body, NpgsqlDbType.Jsonb);
                importer.Write("cover_started", NpgsqlDbType.Varchar);
                importer.Write(now, NpgsqlDbType.TimestampTz);
                importer.Write("*DEFAULT*", NpgsqlDbType.Varchar);
                importer.Write(EventTypes.DotnetNameFor(typeof(CoverStarted)), NpgsqlDbType.Varchar);
                importer.Write(Samples.By.User!, NpgsqlDbType.Varchar);
                importer.Write(Samples.By.Causation!, NpgsqlDbType.Varchar);
                importer.Write(Samples.By.Correlation!, NpgsqlDbType.Varchar);
                importer.Write(headers, NpgsqlDbType.Jsonb);
                importer.Write(false, NpgsqlDbType.Boolean);
            }
            await importer.CompleteAsync();
        }
        var rate = streams / watch.Elapsed.TotalSeconds;
        await engine.Database.MustBe(streams, "SELECT count(*) FROM claims.mt_events");
        return rate;
    }
}

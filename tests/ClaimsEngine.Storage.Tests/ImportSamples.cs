using ClaimsEngine.Storage.Bulk;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Rows to import, and what became of them.</summary>
internal static class ImportSamples
{
    internal static readonly ImportOptions Small = new() { BatchEvents = 40 };

    internal static UniqueKey Key(long number) => new("nr", $"{number}");

    /// <summary>One new stream of two events and one key each.</summary>
    internal static List<ImportRow> Rows(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(number =>
    {
        var stream = Guid.NewGuid();
        return new ImportRow(number, [Samples.Part(stream, 0, Samples.Opened($"row {number}"), Samples.Renamed())],
            [new KeyChange(Key(number), stream, true)], []);
    })];

    internal static async IAsyncEnumerable<T> Async<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    internal static async Task<List<RejectedRow>> Rejected(Node node, string source)
    {
        var rejected = new List<RejectedRow>();
        await foreach (var row in node.Importer.RejectedRows(source)) rejected.Add(row);
        return rejected;
    }

    /// <summary>Events of every stream, heads, keys and places, without times and positions.</summary>
    internal static async Task<string> Everything(Func<string, Task<object?>> owner) => (string)(await owner("""
        SELECT concat_ws(E'\n',
          (SELECT string_agg(concat(id, stream_id, version, data), ' ' ORDER BY stream_id, version) FROM claims.mt_events
           WHERE type <> 'tombstone'),
          (SELECT string_agg(concat(id, type, version), ' ' ORDER BY id) FROM claims.mt_streams WHERE version > 0),
          (SELECT string_agg(concat(scope, value, holder), ' ' ORDER BY scope, value) FROM claims.unique_keys),
          (SELECT string_agg(concat(pool, taken), ' ' ORDER BY pool) FROM claims.places WHERE taken > 0))
        """))!;
}

internal sealed class ImportWatch(Action<ImportState> told) : IProgress<ImportState>
{
    public void Report(ImportState value) => told(value);
}

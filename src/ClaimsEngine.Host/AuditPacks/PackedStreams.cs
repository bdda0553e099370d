using System.Text.Json;
using ClaimsEngine.AuditPacks;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>The streams of one type as they stand in a pack's log, and what is wrong with them.</summary>
/// <param name="read">gets the names of the files that were read</param>
/// <param name="faults">gets what is wrong; at most a few for each type</param>
internal sealed class PackedStreams(PackContainer pack, string type, PackOrder order, ISet<string> read, List<string> faults)
{
    private const int MostFaults = 5;
    private int found;

    /// <summary>The streams by rising id, each from its first event on. A stream of which a line cannot be read is left out from
    /// there.</summary>
    public IEnumerable<IReadOnlyList<RecordedEvent>> Read(CancellationToken cancellation)
    {
        var (current, last) = (new List<RecordedEvent>(), "");
        foreach (var (recorded, at) in Lines(cancellation))
        {
            if (current.Count > 0 && current[0].Stream != recorded.Stream)
            {
                yield return current;
                current = [];
            }
            if (current.Count == 0)
            {
                var id = recorded.Stream.ToString();
                if (string.CompareOrdinal(id, last) <= 0) Fault(at, $"stream {id} stands again, or out of order");
                last = id;
            }
            if (recorded.Version != current.Count + 1)
                Fault(at, $"stream {recorded.Stream} goes on with event {recorded.Version} after {current.Count}");
            if (recorded.Position > order.Position) Fault(at, $"position {recorded.Position} lies behind the end of the pack");
            if (current.Count > 0 && recorded.RecordedAt < current[^1].RecordedAt)
                Fault(at, $"stream {recorded.Stream} goes back in time");
            current.Add(recorded);
        }
        if (current.Count > 0) yield return current;
    }

    private IEnumerable<(RecordedEvent Recorded, string At)> Lines(CancellationToken cancellation)
    {
        var of = PackFile.Events(type);
        for (var part = 1; pack.Has(of.Part(part)); part++)
        {
            var (name, line) = (of.Part(part), 0L);
            read.Add(name);
            using var file = pack.Open(name);
            foreach (var json in JsonLines.Of(file))
            {
                cancellation.ThrowIfCancellationRequested();
                var at = $"{name} line {++line}";
                if (EventOf(json) is not { } recorded) Fault(at, "is no event of this engine");
                else if (recorded.StreamType != type) Fault(at, $"is an event of a {recorded.StreamType} stream");
                else yield return (recorded, at);
            }
        }
    }

    private static RecordedEvent? EventOf(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return CloudEvents.Read(document.RootElement, Engine.EventTypes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Fault(string at, string words)
    {
        if (found++ < MostFaults) faults.Add($"{at}: {words}");
    }
}

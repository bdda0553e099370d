using System.Security.Cryptography;
using System.Text;

namespace ClaimsEngine.Storage.Reading;

/// <summary>The database's own secret, under which identity numbers are hashed.</summary>
public sealed record IdentityKey(byte[] Key);

/// <summary>Opens what is on record for an actor.</summary>
public sealed class RecordRoom(EventReader events, KeyReader keys, IdentityKey identityKey)
{
    public EventReader Events => events;
    public KeyReader Keys => keys;
    public IdentityKey IdentityKey => identityKey;

    /// <param name="asOf">reads nothing recorded later; null is now</param>
    public Records For(Actor by, Instant? asOf = null, CancellationToken cancellation = default) => new(this, by, cancellation, asOf);

    /// <summary>A resource as it was at a version, and the records as of the moment that version was stored; no state if there was none, or
    /// not for this actor.</summary>
    /// <param name="versions">of other streams that are to be read at these versions, whatever the moment</param>
    public async Task<(AggregateState? State, Records Records)> At(Actor by, IResource resource, Guid stream, long version,
        CancellationToken cancellation, IReadOnlyDictionary<Guid, long>? versions = null)
    {
        var read = await events.ReadStream(stream, version, cancellation: cancellation);
        var moment = read.Count == version && version > 0 ? read[^1].RecordedAt : (Instant?)null;
        var records = new Records(this, by, cancellation, moment, versions);
        return (read.Count == version && version > 0 ? await resource.Load(stream, version, records) as AggregateState : null, records);
    }
}

/// <summary>What is on record for one actor: a stream is read once, folded, and remembered.</summary>
/// <param name="asOf">reads nothing recorded later; null is now</param>
/// <param name="versions">of streams that are read at these versions, whatever the moment</param>
public class Records(
    RecordRoom room, Actor by, CancellationToken cancellation, Instant? asOf = null, IReadOnlyDictionary<Guid, long>? versions = null)
    : IRecords
{
    private readonly Dictionary<Guid, AggregateState?> seen = [];
    private readonly Dictionary<Guid, IReadOnlyList<RecordedEvent>> read = [];
    private Dictionary<Guid, long>? shown;

    protected CancellationToken Cancellation { get; } = cancellation;
    protected RecordRoom Room { get; } = room;

    public Actor By { get; } = by;

    public async Task Look(params IReadOnlyList<Guid> streams)
    {
        Guid[] wanted = [.. streams.Distinct().Where(stream => !seen.ContainsKey(stream) && !read.ContainsKey(stream)
            && Unstored(stream) is null && versions?.ContainsKey(stream) != true)];
        if (wanted.Length < 2) return;
        var found = await Room.Events.ReadStreams(wanted, asOf, Cancellation);
        foreach (var stream in wanted) read[stream] = found.TryGetValue(stream, out var events) ? events : [];
    }

    public async Task<T?> Find<T>(Guid stream, long? toVersion = null) where T : AggregateState, IAggregate<T> =>
        await Load<T>(stream, toVersion) is { } state && By.Sees(state) ? state : null;

    public Task<T?> FindAnywhere<T>(Guid stream) where T : AggregateState, IAggregate<T> => Load<T>(stream, null);

    /// <summary>What was seen of a stream, or will be once a decision is stored; null when nothing was.</summary>
    public AggregateState? StateOf(Guid stream) => seen.GetValueOrDefault(stream);

    /// <summary>The state that a decision leads to, for the answer and for the next decision.</summary>
    public void Remember(AggregateState state) => seen[state.StreamId] = state;

    public IEnumerable<AggregateState> Seen => seen.Values.OfType<AggregateState>();

    /// <summary>How a resource is shown, and the version of every other stream that the view asked for; 0 where there was none.</summary>
    public async Task<(object View, IReadOnlyDictionary<Guid, long> Shown)> Show(IResource resource, AggregateState state)
    {
        shown = [];
        var view = await resource.View(state, this);
        return (view, shown);
    }

    public virtual string IdentityHash(IdentityNumber number) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Room.IdentityKey.Key, Encoding.ASCII.GetBytes(number.Value)));

    public string Seal(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Room.IdentityKey.Key);
        hash.AppendData("seal\n"u8);   // no identity number begins so
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A stream as it will be when what was decided before is stored; null where nothing was.</summary>
    protected virtual AggregateState? Unstored(Guid stream) => null;

    private async Task<T?> Load<T>(Guid stream, long? toVersion) where T : AggregateState, IAggregate<T>
    {
        if (toVersion is null && versions?.TryGetValue(stream, out var version) == true) toVersion = version;
        var state = await Folded<T>(stream, toVersion);
        shown?[stream] = state?.StreamVersion ?? 0;
        return state;
    }

    private async Task<T?> Folded<T>(Guid stream, long? toVersion) where T : AggregateState, IAggregate<T>
    {
        if (seen.TryGetValue(stream, out var known)) return known as T;
        if (Unstored(stream) is { } unstored)
        {
            seen[stream] = unstored;
            return unstored as T;
        }
        var events = read.Remove(stream, out var before) && toVersion is null ? before
            : await Room.Events.ReadStream(stream, toVersion, toVersion is null ? asOf : null, cancellation: Cancellation);
        // An id of another kind of stream is as unknown as an id of none: its events fold to nothing.
        var state = Fold.Of<T>(events.Select(recorded => recorded.Data));
        seen[stream] = state;
        return state;
    }
}

using ClaimsEngine.Storage.Writing;
using System.Runtime.InteropServices;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>
/// Judges rows one after the other, as appends in their order would be. Without facts whatever no row has touched yet is taken to be as the
/// row needs it: writing the outcome shows whether that was so. With facts it is known.
/// </summary>
internal sealed class Ruling(Facts? facts = null)
{
    private readonly Dictionary<Guid, Head> heads = [];
    private readonly Dictionary<UniqueKey, Holder> keys = new(ByValue.Comparer);
    private readonly Dictionary<string, Pool> pools = [];

    public List<ImportRow> Accepted { get; } = [];

    public List<RejectedRow> Rejected { get; } = [];

    /// <summary>Events of the rows accepted.</summary>
    public int Events { get; private set; }

    /// <summary>Streams that the rows accepted begin.</summary>
    public int Streams { get; private set; }

    /// <summary>
    /// Whether nothing was decided on something taken for granted that the writes will not show: a rejection, or a key that is with the
    /// same holder as before.
    /// </summary>
    public bool CanBeShown => facts is not null || (!Rejects && keys.Values.All(key => key.Before != key.Now));

    /// <summary>Whether the state of the database has cost a row its place.</summary>
    public bool Rejects => Rejected.Exists(row => row.Reason != RejectionReason.Refused);

    public static Ruling On(Facts? facts, IEnumerable<ImportRow> rows)
    {
        var ruling = new Ruling(facts);
        foreach (var row in rows) ruling.Judge(row);
        return ruling;
    }

    /// <summary>The row is rejected because PostgreSQL can't store it.</summary>
    public static Ruling Against(ImportRow row, string complaint) =>
        new() { Rejected = { new RejectedRow(row.Number, RejectionReason.Unstorable, "", complaint) } };

    /// <exception cref="ArgumentException">The row is none that an append could be.</exception>
    public void Judge(ImportRow row)
    {
        Check(row);
        if ((row.Refusal ?? Refusal(row)) is { } rejected)
        {
            if (facts is not null && rejected.Reason == RejectionReason.KeyTaken
                && row.Otherwise?.Invoke(new UniqueKey(rejected.Subject, rejected.Detail)) is { } other)
                Judge(other);
            else Rejected.Add(rejected);
            return;
        }
        foreach (var stream in row.Streams)
        {
            ref var head = ref HeadOf(stream);
            if (head.Now == 0) Streams++;
            head = head with { Now = stream.ExpectedVersion + stream.Events.Count, Used = true };
            Events += stream.Events.Count;
        }
        foreach (var key in row.Keys)
            if (!key.Take && HolderOf(key).Now == key.Holder) HolderOf(key).Now = null;
        foreach (var key in row.Keys)
            if (key.Take) HolderOf(key).Now = key.Holder;
        foreach (var place in Sums(row.Places)) PoolOf(place.Pool).Move(place);
        Accepted.Add(row);
    }

    /// <summary>Whether both touch a key or a stream, so that one must follow the other. That both rest on a stream which neither writes is
    /// no matter.</summary>
    public bool Meets(Ruling other) =>
        heads.Any(pair => other.heads.TryGetValue(pair.Key, out var head) && !(pair.Value.Rested && head.Rested))
            || keys.Keys.Any(other.keys.ContainsKey);

    /// <summary>Streams that begin, and the version they end at.</summary>
    public IEnumerable<NewHead> Begun =>
        heads.Where(pair => pair.Value is { Used: true, Before: 0 }).Select(pair => new NewHead(pair.Key, pair.Value.Type, pair.Value.Now));

    /// <summary>Streams that go on from a version to another.</summary>
    public List<MovedHead> Continued => Moved(rested: false);

    /// <summary>Streams that rows rest on and no row writes.</summary>
    public List<MovedHead> Guarded => Moved(rested: true);

    /// <summary>Keys given up by their holder.</summary>
    public List<(UniqueKey Key, Guid Holder)> Released => Changed(key => key.Before);

    /// <summary>Keys with a new holder.</summary>
    public List<(UniqueKey Key, Guid Holder)> Taken => Changed(key => key.Now);

    public List<PoolRange> Pools => [.. pools.Where(pair => pair.Value.Used).Select(pair => pair.Value.Range(pair.Key)).OrderBy(pool =>
        pool.Pool, StringComparer.Ordinal)];

    private static void Check(ImportRow row)
    {
        foreach (var stream in row.Streams)
        {
            if (stream.ExpectedVersion < 0)
                throw new ArgumentException($"row {row.Number}, stream {stream.Stream}: an expected version is not negative");
            if (stream.ExpectedVersion == 0 && stream.Events.Count == 0)
                throw new ArgumentException($"row {row.Number}, stream {stream.Stream}: a stream starts with an event");
        }
        // Rows have a handful of each: comparing all with all is the quickest.
        if (row.IsChecked) return;
        for (var i = 1; i < row.Streams.Count; i++)
            for (var j = 0; j < i; j++)
                if (row.Streams[i].Stream == row.Streams[j].Stream)
                    throw new ArgumentException($"row {row.Number} names stream {row.Streams[i].Stream} twice");
        for (var i = 1; i < row.Keys.Count; i++)
            for (var j = 0; j < i; j++)
                if (row.Keys[i] is { Take: true } one && row.Keys[j] is { Take: true } other && one.Key == other.Key
                    && one.Holder != other.Holder)
                    throw new ArgumentException($"row {row.Number} takes key {one.Key.Scope} for two streams");
    }

    private RejectedRow? Refusal(ImportRow row)
    {
        RejectedRow? refusal = null;
        foreach (var stream in row.Streams)
        {
            var head = HeadOf(stream);
            if (head.Archived) refusal ??= new RejectedRow(row.Number, RejectionReason.StreamArchived, stream.Stream.ToString(), "");
            else if (head.Now != stream.ExpectedVersion)
                refusal ??= new RejectedRow(row.Number, RejectionReason.VersionConflict, stream.Stream.ToString(), $"{head.Now}");
        }
        foreach (var key in row.Keys)
        {
            var holder = HolderOf(key).Now;
            if (refusal is not null || !key.Take || holder is null || holder == key.Holder) continue;
            if (row.Keys.Any(other => !other.Take && other.Key == key.Key && other.Holder == holder)) continue;
            refusal = new RejectedRow(row.Number, RejectionReason.KeyTaken, key.Key.Scope, key.Key.Value);
        }
        foreach (var place in Sums(row.Places))
            if (!PoolOf(place.Pool).Has(place)) refusal ??= new RejectedRow(row.Number, RejectionReason.PlacesExhausted, place.Pool, "");
        return refusal;
    }

    /// <summary>What changes of places come to, a pool each, in the order in which pools are locked.</summary>
    private static IReadOnlyList<PlaceChange> Sums(IReadOnlyList<PlaceChange> places) => places.Count < 2 ? places :
    [
        .. places.GroupBy(place => place.Pool)
            .Select(pool => new PlaceChange(pool.Key, pool.Sum(place => place.Count), pool.Min(place => place.Limit)))
            .OrderBy(place => place.Pool, StringComparer.Ordinal)
    ];

    private ref Head HeadOf(StreamWrite stream)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(heads, stream.Stream, out var touched);
        if (touched) return ref head;
        var found = facts is null ? (stream.ExpectedVersion, false) : facts.Heads.GetValueOrDefault(stream.Stream);
        head = new Head(stream.StreamType, found.Item1, found.Item1, found.Item2, false);
        return ref head;
    }

    private ref Holder HolderOf(KeyChange change)
    {
        ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(keys, change.Key, out var touched);
        if (touched) return ref key;
        var found = facts is not null ? (facts.Holders.TryGetValue(change.Key, out var holder) ? holder : null) : change.Take ? (Guid?)null
            : change.Holder;
        key = new Holder { Before = found, Now = found };
        return ref key;
    }

    private Pool PoolOf(string name)
    {
        ref var pool = ref CollectionsMarshal.GetValueRefOrAddDefault(pools, name, out _);
        return pool ??= new Pool(facts?.Taken.GetValueOrDefault(name));
    }

    private List<MovedHead> Moved(bool rested) =>
    [
        .. heads.Where(pair => pair.Value is { Used: true, Before: > 0 } && pair.Value.Rested == rested)
            .Select(pair => new MovedHead(pair.Key, pair.Value.Before, pair.Value.Now)).OrderBy(head => head.Stream)
    ];

    private List<(UniqueKey Key, Guid Holder)> Changed(Func<Holder, Guid?> which)
    {
        var changed = new List<(UniqueKey Key, Guid Holder)>(keys.Count);
        foreach (var (key, holder) in keys)
            if (holder.Before != holder.Now && which(holder) is { } one) changed.Add((key, one));
        return changed;
    }

    /// <summary>Values tell keys apart, scopes are few: hashing them too would cost as much again.</summary>
    private sealed class ByValue : IEqualityComparer<UniqueKey>
    {
        public static readonly ByValue Comparer = new();

        public bool Equals(UniqueKey? x, UniqueKey? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Value == y.Value
            && x.Scope == y.Scope);

        public int GetHashCode(UniqueKey key) => key.Value.GetHashCode(StringComparison.Ordinal);
    }

    /// <param name="Used">by a row that was accepted</param>
    private record struct Head(string Type, long Before, long Now, bool Archived, bool Used)
    {
        public readonly bool Rested => Used && Now == Before;
    }

    private struct Holder
    {
        public Guid? Before, Now;
    }

    /// <param name="taken">places taken before the batch, null if not known</param>
    private sealed class Pool(long? taken)
    {
        private long change, low, high = long.MaxValue;

        public bool Used { get; private set; }

        public bool Has(PlaceChange place) => taken is not { } before || (before + change + place.Count >= 0
            && (place.Count < 0 || before + change + place.Count <= place.Limit));

        public void Move(PlaceChange place)
        {
            Used = true;
            change += place.Count;
            low = Math.Max(low, -change);
            if (place.Count >= 0) high = Math.Min(high, place.Limit - change);
        }

        public PoolRange Range(string name) => new(name, change, low, high);
    }
}

/// <summary>How the database was when a batch began, for everything that its rows touch.</summary>
internal sealed record Facts(
    IReadOnlyDictionary<Guid, (long Version, bool Archived)> Heads, IReadOnlyDictionary<UniqueKey, Guid> Holders,
        IReadOnlyDictionary<string, long> Taken);

internal readonly record struct NewHead(Guid Stream, string Type, long Version);

internal readonly record struct MovedHead(Guid Stream, long From, long To);

/// <summary>What a batch takes of a pool.</summary>
/// <param name="Low">so many places must be taken before it, so that none is given back that was not taken</param>
/// <param name="High">at most so many may be taken before it, so that every row has its places within its limit</param>
internal readonly record struct PoolRange(string Pool, long Change, long Low, long High);

using System.Security.Cryptography;
using System.Text;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Units;

namespace ClaimsEngine.Host.Pipeline;

/// <summary>What is on record for one actor: streams are loaded once, folded, and remembered with the version that was seen.</summary>
/// <param name="asOf">reads nothing recorded later; null is now</param>
public class Records(IEventStore store, IdentityKey identityKey, Actor by, CancellationToken cancellation, Instant? asOf = null) : IRecords
{
    private readonly Dictionary<Guid, (IAggregate? State, long Version)> seen = [];

    protected CancellationToken Cancellation { get; } = cancellation;
    protected IEventStore Store { get; } = store;

    public Actor By { get; } = by;

    public async Task<T?> Find<T>(Guid stream, long? toVersion = null) where T : class, IAggregate<T> =>
        await Load<T>(stream, toVersion) is { } state && By.Sees(state) ? state : null;

    public Task<T?> FindAnywhere<T>(Guid stream) where T : class, IAggregate<T> => Load<T>(stream, null);

    /// <summary>A resource as it was at a version, and the records as of the moment that version was stored; no state if there was none, or not for this actor.</summary>
    public static async Task<(IAggregate? State, Records Records)> At(
        IEventStore store, IdentityKey identityKey, Actor by, IResource resource, Guid stream, long version, CancellationToken cancellation)
    {
        var events = await store.ReadStream(stream, version, cancellation: cancellation);
        var records = new Records(store, identityKey, by, cancellation, events.Count == version ? events[^1].RecordedAt : null);
        return (events.Count == version ? await resource.Load(stream, version, records) : null, records);
    }

    public long VersionOf(Guid stream) => seen.TryGetValue(stream, out var known) ? known.Version : 0;

    public IAggregate? StateOf(Guid stream) => seen.TryGetValue(stream, out var known) ? known.State : null;

    private async Task<T?> Load<T>(Guid stream, long? toVersion) where T : class, IAggregate<T>
    {
        if (seen.TryGetValue(stream, out var known)) return known.State as T;
        if (Unstored(stream) is { } unstored)
        {
            seen[stream] = unstored;
            return unstored.State as T;
        }
        var events = await Store.ReadStream(stream, toVersion, asOf, Cancellation);
        // an id of another kind of stream is as unknown as an id of none
        var state = events.Count > 0 && events[0].StreamType == T.StreamType ? events.Select(recorded => recorded.Data).Aggregate((T?)null, T.Evolve) : null;
        seen[stream] = (state, state is null ? 0 : events[^1].Version);
        return state;
    }

    /// <summary>The state that a decision leads to, for the answer.</summary>
    public void Remember(Guid stream, IAggregate state, long version) => seen[stream] = (state, version);

    public IEnumerable<IAggregate> Seen => seen.Values.Select(known => known.State).OfType<IAggregate>();

    /// <summary>A stream as it will be when what was decided before is stored; null where nothing was.</summary>
    protected virtual (IAggregate State, long Version)? Unstored(Guid stream) => null;

    /// <summary>What was seen of a stream is no longer so.</summary>
    protected void Forget(Guid stream) => seen.Remove(stream);

    /// <summary>Folds a stream that was read, whatever it is of.</summary>
    protected void See(Guid stream, IReadOnlyList<RecordedEvent> events)
    {
        switch (events[0].StreamType)
        {
            case "person": Fold<Person>(); break;
            case "enrolment": Fold<Enrolment>(); break;
            case "plan": Fold<Plan>(); break;
            case "programme": Fold<Programme>(); break;
            case "unit": Fold<Unit>(); break;
        }

        void Fold<T>() where T : class, IAggregate<T>
        {
            if (events.Select(recorded => recorded.Data).Aggregate((T?)null, T.Evolve) is { } state) Remember(stream, state, events[^1].Version);
        }
    }

    public virtual string IdentityHash(IdentityNumber number) => Convert.ToHexStringLower(HMACSHA256.HashData(identityKey.Key, Encoding.ASCII.GetBytes(number.Value)));
}

/// <summary>The database's own secret, under which identity numbers are hashed.</summary>
public sealed record IdentityKey(byte[] Key);

/// <summary>Records, and what only a command may ask for.</summary>
public sealed class UseCaseContext(IEventStore store, IdentityKey identityKey, Actor by, Instant now, CancellationToken cancellation)
    : Records(store, identityKey, by, cancellation), IUseCaseContext
{
    public Instant Now => now;

    public Guid NewId() => Guid.CreateVersion7();

    public Task<Guid?> OwnerOf(UniqueKey key) => Store.OwnerOf(key, Cancellation);
}

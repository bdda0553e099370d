using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Members;

namespace ClaimsEngine.Host.Rosters.Enrolling;

/// <summary>Who sends a roster, and under which names its events are found again.</summary>
/// <param name="Request">of all events of one roster: the id of its work</param>
/// <param name="Trace">of the request that sent it</param>
public sealed record RosterSender(Actor By, string Request, string Trace);

/// <summary>
/// Rows that are decided together, one after another, by the rule of a single enrolment. All that the rule may ask for is read beforehand, in at most three
/// questions; what one row decides the next one sees. Their events go into one append.
/// </summary>
internal sealed class RosterBatch : Records, IUseCaseContext
{
    private readonly RosterOrder order;
    private readonly RosterTerms terms;
    private readonly Dictionary<UniqueKey, Guid> owners = [];
    private readonly Dictionary<IdentityNumber, string> hashes = [];
    private readonly Dictionary<Guid, StreamAppend> streams = [];
    private readonly Dictionary<UniqueKey, KeyChange> keys = [];
    private readonly EventStamps stamps;
    private readonly Dictionary<string, PlaceChange> places = [];

    private RosterBatch(
        IEventStore store, IdentityKey identityKey, RosterOrder order, RosterTerms terms, RosterSender sender, Instant now, CancellationToken cancellation)
        : base(store, identityKey, sender.By, cancellation) => (this.order, this.terms, stamps, Now) = (order, terms, new EventStamps(sender), now);

    public Instant Now { get; }

    /// <summary>What each accepted row asks of the pools, in the order of the rows.</summary>
    public List<(RosterDraft Draft, IReadOnlyList<Guarded<PlaceChange>> Places)> Draws { get; } = [];

    /// <summary>The pools that rows draw on.</summary>
    public IReadOnlyCollection<string> Pools => places.Keys;

    /// <summary>Accepted rows whose part in the unit is measured.</summary>
    public int Counted => Draws.Count(draw => terms.Counts(draw.Draft.Person.IdNumber.Sex));

    /// <param name="rows">no two of one identity number</param>
    public static async Task<RosterBatch> Prepare(
        IEventStore store, IdentityKey identityKey, RosterOrder order, RosterTerms terms, RosterSender sender, IReadOnlyList<RosterDraft> rows, Instant now,
        CancellationToken cancellation)
    {
        var batch = new RosterBatch(store, identityKey, order, terms, sender, now, cancellation);
        foreach (var row in rows) batch.hashes[row.Person.IdNumber] = batch.IdentityHash(row.Person.IdNumber);
        var known = await store.OwnersOf([.. batch.hashes.Values.Select(Person.Key)], cancellation);
        var covers = known.Count == 0 ? known
            : await store.OwnersOf([.. known.Values.Select(person => Enrolment.Key(terms.Plan, terms.Programme, new PersonId(person)))], cancellation);
        foreach (var (key, owner) in known.Concat(covers)) batch.owners[key] = owner;

        var shared = new List<Guid> { PlanId.Of(terms.Plan).Value };
        if (terms.Programme is { } programme) shared.Add(ProgrammeId.Of(programme).Value);
        if (terms.Unit is { } unit) shared.Add(unit.StreamId);
        foreach (var (stream, events) in await store.ReadStreams([.. shared, .. known.Values, .. covers.Values], cancellation)) batch.See(stream, events);
        return batch;
    }

    public Guid NewId() => Guid.CreateVersion7();

    /// <summary>Every key that a row may ask for was asked for before; any other belongs to somebody who is registered only now.</summary>
    public Task<Guid?> OwnerOf(UniqueKey key) => Task.FromResult(owners.TryGetValue(key, out var owner) ? owner : (Guid?)null);

    /// <summary>Whether the person holds this very certificate, so that the row asks for nothing.</summary>
    public bool Holds(RosterDraft draft)
    {
        if (!owners.TryGetValue(Person.Key(hashes[draft.Person.IdNumber]), out var person) || (StateOf(person) as Person)?.Name != draft.Person.Name) return false;
        return owners.TryGetValue(Enrolment.Key(terms.Plan, terms.Programme, new PersonId(person)), out var stream) && StateOf(stream) is Enrolment held
            && By.Sees(held) && held.Unit == order.Unit && held.Units == terms.ValidUnits(draft.Units) && held.Status is EnrolmentStatus.InForce or EnrolmentStatus.Pending
            && (terms.Programme is not null || held.CoverTo > Now.Date());
    }

    /// <summary>Decides a row. If it is accepted its events are part of <see cref="Append"/>.</summary>
    /// <returns>why it is not</returns>
    public async Task<Refusal?> Decide(RosterDraft draft)
    {
        Decision decision;
        do
        {
            try
            {
                decision = await EnrolHandler.Run(order.For(draft), this);
            }
            catch (OverflowException)   // Money is checked
            {
                return new Refusal(Refuse.InvalidRequest, "amounts and numbers multiply to more than can be reckoned with");
            }
            if (decision.Refusal is { } refusal) return refusal;
        }
        while (decision.Keys.Any(key => key.Change.Take && keys.ContainsKey(key.Change.Key)));   // two certificate numbers that are the same: another id, another number

        foreach (var change in decision.Changes) Take(change);
        foreach (var key in decision.Keys) keys[key.Change.Key] = key.Change;
        foreach (var place in decision.Places)
        {
            var pool = place.Change.Pool;
            places[pool] = places.TryGetValue(pool, out var taken) ? taken with { Count = taken.Count + place.Change.Count } : place.Change;
        }
        Draws.Add((draft, decision.Places));
        return null;
    }

    /// <summary>The events, keys and places of every accepted row.</summary>
    public Append Append() => new([.. streams.Values], [.. keys.Values], [.. places.Values], []);

    /// <summary>The unit as this batch leaves it, for the next one when nothing is written.</summary>
    public void Foresee(RosterBatch before)
    {
        if (terms.Unit?.StreamId is { } unit && before.StateOf(unit) is { } state) Remember(unit, state, before.VersionOf(unit));
    }

    private void Take(StreamChange change)
    {
        var before = VersionOf(change.Stream);
        if (change.Events.Count == 0 && streams.ContainsKey(change.Stream)) return;   // every row rests on the programme
        var state = change.Fold(StateOf(change.Stream));
        Remember(change.Stream, state, before + change.Events.Count);
        NewEvent[] events = [.. change.Events.Select(data => new NewEvent(Guid.CreateVersion7(), data))];
        streams[change.Stream] = streams.TryGetValue(change.Stream, out var begun)
            ? begun with { Events = [.. begun.Events, .. events] }
            : new StreamAppend(change.Stream, change.StreamType, before, events, stamps.Of(change.Within ?? state.Scope));
    }
}

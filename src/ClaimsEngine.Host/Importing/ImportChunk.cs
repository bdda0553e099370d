using ClaimsEngine.Enrolments;
using ClaimsEngine.EventStore.Importing;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Rosters;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Units;

namespace ClaimsEngine.Host.Importing;

/// <summary>
/// Rows of an import that are decided one after another, each by the rule of a single enrolment on its own day. All that the rule may ask for is read
/// beforehand, in a handful of questions; what earlier rows decided is known from <see cref="InFlight"/>.
/// </summary>
internal sealed class ImportChunk : Records, IUseCaseContext
{
    private readonly Dictionary<UniqueKey, Guid> owners = [];
    private readonly Dictionary<IdentityNumber, string> hashes = [];
    private readonly InFlight inFlight;
    private readonly EventStamps stamps;
    private readonly LocalDate today;

    private ImportChunk(IEventStore store, IdentityKey identityKey, Actor by, InFlight inFlight, EventStamps stamps, LocalDate today, CancellationToken cancellation)
        : base(store, identityKey, by, cancellation) => (this.inFlight, this.stamps, this.today) = (inFlight, stamps, today);

    /// <summary>Noon of the day on which the row at hand was enrolled.</summary>
    public Instant Now { get; private set; }

    public static async Task<ImportChunk> Prepare(
        IEventStore store, IdentityKey identityKey, Actor by, InFlight inFlight, EventStamps stamps, IReadOnlyList<RosterDraft> rows, LocalDate today, CancellationToken cancellation)
    {
        var chunk = new ImportChunk(store, identityKey, by, inFlight, stamps, today, cancellation);
        var shared = new HashSet<Guid>();
        foreach (var past in rows.Select(row => row.Past!))
        {
            if (past.Programme is { } programme) shared.Add(ProgrammeId.Of(programme).Value);
            if (past.Plan is { } plan) shared.Add(PlanId.Of(plan).Value);
            if (past.Unit is { } unit) shared.Add(UnitId.Of(unit).Value);
        }
        await chunk.Read(shared);
        await chunk.Read(chunk.Seen.OfType<Programme>().Select(programme => PlanId.Of(programme.Plan).Value).ToHashSet());

        foreach (var row in rows) chunk.hashes.TryAdd(row.Person.IdNumber, "");
        foreach (var number in chunk.hashes.Keys.ToArray()) chunk.hashes[number] = chunk.HashOf(number);
        await chunk.ReadOwners(chunk.hashes.Values.Select(Person.Key));
        var covers = new HashSet<UniqueKey>();
        foreach (var row in rows)
            if (chunk.Known(Person.Key(chunk.hashes[row.Person.IdNumber])) is { } person && chunk.PlanOf(row.Past!) is { } plan)
            {
                covers.Add(Enrolment.Key(plan.Code, row.Past!.Programme, new PersonId(person)));
                covers.Add(Standing.Key(plan.Code, new PersonId(person)));
            }
        await chunk.ReadOwners(covers);
        await chunk.Read(chunk.hashes.Values.Select(Person.Key).Concat(covers).Select(chunk.Known).OfType<Guid>().ToHashSet());
        return chunk;
    }

    public Guid NewId() => Guid.CreateVersion7();

    /// <summary>Every key that a row may ask for was asked for before; any other belongs to somebody whom a row in flight registers.</summary>
    public Task<Guid?> OwnerOf(UniqueKey key) => Task.FromResult(Known(key));

    public override string IdentityHash(IdentityNumber number) => hashes.TryGetValue(number, out var hash) ? hash : HashOf(number);

    /// <summary>What the row brings: an enrolment, nothing if it is recorded already, or why it can't be.</summary>
    public async Task<(ImportRow Row, Outcome Outcome)> Decide(RosterDraft draft)
    {
        var past = draft.Past!;
        var programme = past.Programme is { } code ? StateOf(ProgrammeId.Of(code).Value) as Programme : null;
        var day = past.EnrolledOn ?? programme?.From.PlusDays(-1);
        if (programme is null && past.Programme is not null) return Refused(draft, Refuse.UnknownProgramme);
        if (day is not { } on) return Refused(draft, Refuse.InvalidRequest, RosterColumn.EnrolledOn);
        if (on > today) return Refused(draft, Refuse.InvalidRequest, RosterColumn.EnrolledOn);
        Now = on.At(new LocalTime(12, 0)).WithOffset(BusinessTime.Shanghai).ToInstant();
        if (await Held(draft) is { } held) return (new ImportRow(draft.Row, Resting([], Enrolment.StreamType, held), [], []), Outcome.Unchanged);

        Decision decision;
        try
        {
            decision = await EnrolHandler.Run(new Enrol(draft.Person, past.Programme, past.Plan, draft.Units, past.CoverTier, past.Months,
                Unit: past.Unit, HiredOn: draft.HiredOn), this);
        }
        catch (OverflowException)   // Money is checked
        {
            return Refused(draft, Refuse.InvalidRequest);
        }
        if (decision.Refusal is { } refusal) return Refused(draft, refusal.Rule, RosterFields.ColumnOf(refusal.Field));
        var started = decision.Events.OfType<EnrolmentStarted>().Single();
        if (past.CoverFrom is { } from && from != started.CoverFrom) return Refused(draft, Refuse.CoverDiffers, RosterColumn.CoverFrom);
        if (past.CoverTo is { } to && to != started.CoverTo) return Refused(draft, Refuse.CoverDiffers, RosterColumn.CoverTo);
        return (Row(draft, decision, started), Outcome.Enrolled);
    }

    /// <summary>A row of which nothing can be read.</summary>
    public static ImportRow Unreadable(RosterRow row) => ImportRow.Refused(row.Number, row.Faults[0].Code, row.Reasons);

    private static (ImportRow Row, Outcome Outcome) Refused(RosterDraft draft, RefusalCode rule, RosterColumn? column = null) =>
        (ImportRow.Refused(draft.Row, rule.Code, column is { } known ? $"{known.Heading()}：{rule.TitleZh}" : rule.TitleZh), Outcome.Refused);

    protected override (IAggregate State, long Version)? Unstored(Guid stream) => inFlight.StateOf(stream);

    private ImportRow Row(RosterDraft draft, Decision decision, EnrolmentStarted started)
    {
        var streams = new List<StreamAppend>(decision.Changes.Count);
        foreach (var change in decision.Changes)
        {
            var (before, state) = (VersionOf(change.Stream), StateOf(change.Stream));
            var scope = change.Within ?? (change.Stream == started.Enrolment.Value ? started.Region : (state ?? change.Fold(null)).Scope);
            streams.Add(new StreamAppend(
                change.Stream, change.StreamType, before, [.. change.Events.Select(data => new NewEvent(Guid.CreateVersion7(), data))], stamps.Of(scope)));
            if (change.Events.Count == 0) continue;
            inFlight.Remember(change, state, before + change.Events.Count, draft.Row);
            if (state is not null) Forget(change.Stream);
        }
        Resting(streams, Person.StreamType, started.Member.Value);
        if (draft.Past!.Unit is { } code) Resting(streams, Unit.StreamType, UnitId.Of(code).Value);
        if (started.Previous is { } previous) Resting(streams, Enrolment.StreamType, previous.Value);
        foreach (var (key, _) in decision.Keys)
            if (!key.Take) Resting(streams, Enrolment.StreamType, key.Holder);
        inFlight.Remember(decision.Keys, draft.Row);
        var row = new ImportRow(draft.Row, streams, [.. decision.Keys.Select(key => key.Change)], [.. decision.Places.Select(place => place.Change)]);
        var day = Now.Date();
        return row with { Otherwise = taken => taken.Scope == Enrolment.NumberScope ? Renumbered(row, started, day) : null };
    }

    /// <summary>The row under another certificate number: 35 bits drawn by lot are not enough for all certificates of one province and day.</summary>
    private static ImportRow Renumbered(ImportRow row, EnrolmentStarted started, LocalDate day)
    {
        var number = ReferenceNumber.For('E', started.Region, day, Guid.CreateVersion7());
        return row with
        {
            Streams = [.. row.Streams.Select(stream => stream.Stream != started.Enrolment.Value ? stream
                : stream with { Events = [.. stream.Events.Select(e => e.Data is EnrolmentStarted s ? e with { Data = s with { CertificateNumber = number } } : e)] })],
            Keys = [.. row.Keys.Select(key => key.Key.Scope == Enrolment.NumberScope ? key with { Key = new UniqueKey(Enrolment.NumberScope, number) } : key)],
            Otherwise = taken => taken.Scope == Enrolment.NumberScope ? Renumbered(row, started, day) : null,
        };
    }

    /// <summary>A person that an earlier row registers, a cover that it begins: the row is stored only if that is, since the earlier row may yet be rejected.</summary>
    private List<StreamAppend> Resting(List<StreamAppend> streams, string type, Guid on)
    {
        if (inFlight.Has(on) && !streams.Exists(stream => stream.Stream == on)) streams.Add(new StreamAppend(on, type, VersionOf(on), [], stamps.Of(null)));
        return streams;
    }

    /// <summary>The very certificate that the row asks for, if the person holds it.</summary>
    private async Task<Guid?> Held(RosterDraft draft)
    {
        var past = draft.Past!;
        if (PlanOf(past) is not { } plan || Known(Person.Key(IdentityHash(draft.Person.IdNumber))) is not { } person
            || (await FindAnywhere<Person>(person))?.Name != draft.Person.Name) return null;
        return Known(Enrolment.Key(plan.Code, past.Programme, new PersonId(person))) is { } stream && await FindAnywhere<Enrolment>(stream) is { } held
            && held.Unit == past.Unit && held.Units <= draft.Units && (past.CoverFrom ?? held.CoverFrom) == held.CoverFrom
            && (past.CoverTo ?? held.CoverTo) == held.CoverTo && (past.Programme is not null || held.CoverFrom == Now.Date().PlusDays(1)) ? stream : null;
    }

    private Plan? PlanOf(PastCover past) =>
        (past.Plan ?? (past.Programme is { } code ? (StateOf(ProgrammeId.Of(code).Value) as Programme)?.Plan : null)) is { } plan ? StateOf(PlanId.Of(plan).Value) as Plan : null;

    private Guid? Known(UniqueKey key) => inFlight.TryOwner(key, out var owner) ? owner : owners.TryGetValue(key, out var stored) ? stored : null;

    private string HashOf(IdentityNumber number) => base.IdentityHash(number);

    private async Task ReadOwners(IEnumerable<UniqueKey> keys)
    {
        foreach (var (key, owner) in await Store.OwnersOf([.. keys.Where(key => !inFlight.TryOwner(key, out _))], Cancellation)) owners[key] = owner;
    }

    /// <summary>Streams that are not known yet: from the rows in flight, else from the store.</summary>
    private async Task Read(IReadOnlyCollection<Guid> streams)
    {
        var unknown = new List<Guid>();
        foreach (var stream in streams)
        {
            if (inFlight.StateOf(stream) is { } known) Remember(stream, known.State, known.Version);
            else unknown.Add(stream);
        }
        if (unknown.Count == 0) return;
        foreach (var (stream, events) in await Store.ReadStreams(unknown, Cancellation)) See(stream, events);
    }
}

/// <summary>What became of a row.</summary>
internal enum Outcome
{
    Enrolled,

    /// <summary>It is recorded already.</summary>
    Unchanged,

    Refused,
}

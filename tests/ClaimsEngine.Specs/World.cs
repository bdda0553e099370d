namespace ClaimsEngine.Specs;

/// <summary>
/// The engine's records in memory: runs use cases as the pipeline does (role, shape, target, decision, keys and places, then events, all
/// or nothing), for specs that walk through several of them.
/// </summary>
public sealed class World : IUseCaseContext
{
    private readonly Dictionary<Guid, List<RecordedEvent>> streams = [];
    private readonly Dictionary<Guid, AggregateState> states = [];
    private readonly Dictionary<UniqueKey, Guid> keys = [];
    private readonly Dictionary<string, long> places = [];
    private int ids = 1_000;
    private long position;

    public Actor By { get; set; } = Officer;
    public Instant Now { get; set; } = Instant.FromUtc(2025, 11, 20, 4, 0);

    public IEnumerable<RecordedEvent> Events => streams.Values.SelectMany(events => events);
    public IEnumerable<T> All<T>() where T : AggregateState => states.Values.OfType<T>();
    public IReadOnlyList<RecordedEvent> Stream(Guid stream) => streams.GetValueOrDefault(stream) ?? [];
    public long Taken(string pool) => places.GetValueOrDefault(pool);

    /// <summary>Every unique key with its holder.</summary>
    public IReadOnlyDictionary<UniqueKey, Guid> Keys => keys;

    /// <summary>Every pool with what is taken of it.</summary>
    public IReadOnlyDictionary<string, long> Places => places;

    /// <summary>Is told of every decision that was stored: at these moments, and at no other, may a process be killed.</summary>
    public Action<World>? Stored { get; set; }

    /// <summary>The same records, once more: what happens there does not happen here.</summary>
    public World Copy()
    {
        var copy = new World { By = By, Now = Now, ids = ids, position = position };
        foreach (var (stream, events) in streams) copy.streams[stream] = [.. events];
        foreach (var (stream, state) in states) copy.states[stream] = state;
        foreach (var (key, holder) in keys) copy.keys[key] = holder;
        foreach (var (pool, taken) in places) copy.places[pool] = taken;
        foreach (var (notice, claim) in Notices) copy.Notices[notice] = claim;
        return copy;
    }

    public Guid NewId() => Id(ids++);

    /// <summary>The claims that notices are about.</summary>
    public Dictionary<NoticeId, ClaimId> Notices { get; } = [];

    public Task<ClaimId?> ClaimOfNotice(NoticeId notice) =>
        Task.FromResult(Notices.TryGetValue(notice, out var claim) ? claim : (ClaimId?)null);

    public Task<Guid?> OwnerOf(UniqueKey key) => Task.FromResult(keys.TryGetValue(key, out var owner) ? owner : (Guid?)null);

    public Task<MemberCount?> MembersOf(ListedCover cover)
    {
        var members = All<Enrolment>().Where(one => (one.Employer, one.Plan, one.Programme) == (cover.Employer, cover.Plan, cover.Programme)
            && one.IsLive && one.CoverTo >= cover.From && (!cover.Women || one.Sex == Sex.Female)).ToArray();
        return Task.FromResult<MemberCount?>(
            new MemberCount(members.Length, members.Count(one => one.Status == EnrolmentStatus.InForce)));
    }

    /// <summary>All entries of the journal.</summary>
    public IReadOnlyList<JournalRow> Entries => [.. streams.Values.SelectMany(BookReckoning.EntriesOf)];

    public Task<BookFigures?> BooksOf(string plan, BookMonth? through) => Task.FromResult(BookReckoning.Of(
        Entries.Where(entry => entry.Plan == plan), Stream(PlanBooksId.Of(plan).Value), position, through));

    public Task Look(params IReadOnlyList<Guid> streams) => Task.CompletedTask;

    public Task<T?> Find<T>(Guid stream, long? toVersion = null) where T : AggregateState, IAggregate<T>
    {
        var state = states.GetValueOrDefault(stream) as T;
        if (state is not null && toVersion is { } version)
            state = Fold.Of<T>(Stream(stream).Where(recorded => recorded.Version <= version).Select(recorded => recorded.Data));
        return Task.FromResult(state is not null && By.Sees(state) ? state : null);
    }

    public Task<T?> FindAnywhere<T>(Guid stream) where T : AggregateState, IAggregate<T> =>
        Task.FromResult(states.GetValueOrDefault(stream) as T);

    public string IdentityHash(IdentityNumber number) => $"hash of {number}";

    public string Seal(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));

    /// <summary>Folds the rows of the read model, and narrows them as the store does.</summary>
    public Task<ListedStreams> Listed(ListedQuestion asked)
    {
        var rows = streams.Where(stream => stream.Value[0].StreamType == asked.Model.StreamType)
            .Select(stream => (stream.Key, Row: stream.Value.Aggregate((object?)null, asked.Model.Evolve)))
            .Where(one => one.Row is not null && asked.Narrowed.All(narrow => Fits(narrow.Filter, Of(one.Row, narrow.Filter.Property),
                narrow.Value)) && By.Sees((RegionCode)Of(one.Row, asked.Region)!))
            .OrderBy(one => Of(one.Row!, asked.OrderBy[0]) is null).ThenBy(one => Of(one.Row!, asked.OrderBy[0])).ThenBy(one => one.Key)
            .ToArray();
        return Task.FromResult(new ListedStreams([.. rows.Take(asked.Most).Select(one => one.Key)], rows.Length));

        static object? Of(object? row, string property) => row!.GetType().GetProperty(property)!.GetValue(row);

        static bool Fits(ListFilter filter, object? own, object value) => filter.Match switch
        {
            ListMatch.Equal => Equals(own, value),
            ListMatch.RegionPrefix => ((RegionCode)value).Contains((RegionCode)own!),
            ListMatch.From => own is LocalDate day && day >= (LocalDate)value,
            ListMatch.To => own is LocalDate day && day <= (LocalDate)value,
            _ => own is LocalDate day && day < (LocalDate)value,
        };
    }

    /// <summary>Runs a command as this person.</summary>
    public Decision Do(Actor by, Command command)
    {
        By = by;
        var useCase = Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == command.GetType());
        if (useCase.RoleOf(by) is null) return new Refusal(Refuse.RoleMissing, $"needs {useCase.Role}");
        if (useCase.Validate(command) is [var breach, ..]) return new Refusal(Refuse.InvalidRequest, breach.Message, breach.Field);
        if (useCase.Target(command) is { } target)
        {
            if (useCase.Load(target, this).GetAwaiter().GetResult() is not { } state) return Refuse.NotFound(useCase.StreamType);
            if (by.MayNot(command, state) is { } elsewhere) return elsewhere;
        }
        var decision = Handlers.Of(command.GetType()).Run(command, this).GetAwaiter().GetResult();
        return Store(decision) is { } refusal ? refusal : decision;
    }

    private Refusal? Store(Decision decision)
    {
        if (decision.Refusal is { } refused) return refused;
        bool GivesUp(UniqueKey key, Guid owner) => decision.Keys.Any(guarded => guarded.Change == new KeyChange(key, owner, Take: false));
        // in the order in which the store takes them
        foreach (var guarded in decision.Keys.Where(guarded => guarded.Change.Take)
            .OrderBy(guarded => guarded.Change.Key.Scope, StringComparer.Ordinal)
            .ThenBy(guarded => guarded.Change.Key.Value, StringComparer.Ordinal))
        {
            if (!keys.TryGetValue(guarded.Change.Key, out var owner) || owner == guarded.Change.Holder
                || GivesUp(guarded.Change.Key, owner)) continue;
            return guarded.Otherwise
                ?? throw new InvalidOperationException($"{guarded.Change.Key} is taken, and one thread never races itself");
        }
        foreach (var guarded in decision.Places)
            if (Taken(guarded.Change.Pool) + guarded.Change.Count > guarded.Change.Limit) return guarded.Otherwise;

        // given up before taken: a renewed certificate hands its key on
        foreach (var (change, _) in decision.Keys.OrderBy(guarded => guarded.Change.Take))
            if (change.Take) keys[change.Key] = change.Holder;
            else if (keys.TryGetValue(change.Key, out var owner) && owner == change.Holder) keys.Remove(change.Key);
        foreach (var (change, _) in decision.Places) places[change.Pool] = Taken(change.Pool) + change.Count;
        var written = new Dictionary<Guid, AggregateState>();
        foreach (var change in decision.Changes)
        {
            Assert.Equal(states.GetValueOrDefault(change.Stream)?.StreamVersion ?? 0, change.Read?.StreamVersion ?? 0);
            written[change.Stream] = change.After(written.GetValueOrDefault(change.Stream));
        }
        foreach (var change in decision.Changes)
        {
            if (!streams.TryGetValue(change.Stream, out var recorded)) streams[change.Stream] = recorded = [];
            foreach (var data in change.Events)
                recorded.Add(Recorded(data, change.Stream, change.StreamType, recorded.Count + 1, Now) with { Position = ++position });
        }
        foreach (var (stream, state) in written)
        {
            Assert.Equal(streams[stream].Count, state.StreamVersion);
            states[stream] = state;
        }
        if (written.Count > 0) Stored?.Invoke(this);
        return null;
    }

    public static RecordedEvent Recorded(object data, Guid stream, string streamType, long version, Instant at) => new(
        Id((int)version), stream, streamType, version, EventTypes.NameFor(data.GetType()), data, at, version,
        new EventMetadata(null, null, null, new Dictionary<string, string>()));

    /// <summary>A world with the seeded plan and its programme of so many places.</summary>
    public static World WithAProgramme(int quota = 10_000, JsonElement? card = null)
    {
        var world = new World();
        world.Publish(PlanCode, 1, new LocalDate(2025, 1, 1), card ?? ACard());
        world.Do(PlanAdmin, new OpenProgramme(
            ProgrammeCode, PlanCode, "甘肃省总工会", quota, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), [Gansu],
            [Occupation.Of("truckDriver")], [new FundingShare("甘肃省总工会", PriceOf(card ?? ACard()))])).The<ProgrammeOpened>();
        return world;
    }

    /// <summary>The same, where 80 yuan are the federation's and 40 are due from the employer.</summary>
    public static World OfSharedFunding(int quota = 10_000, Money? budget = null, JsonElement? card = null)
    {
        var world = new World();
        world.Publish(PlanCode, 1, new LocalDate(2025, 1, 1), card ?? ACard());
        world.Do(PlanAdmin, new OpenProgramme(
            ProgrammeCode, PlanCode, "甘肃省总工会", quota, new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31), [Gansu],
            [Occupation.Of("truckDriver")], EnrolledPending().Funding, Budget: budget)).The<ProgrammeOpened>();
        return world;
    }

    /// <summary>One plan administrator proposes, another confirms.</summary>
    public void Publish(string plan, int version, LocalDate from, JsonElement card)
    {
        Do(PlanAdmin, new ProposePlanVersion(plan, version, from, card)).The<PlanVersionProposed>();
        Do(SecondPlanAdmin, new ConfirmPlanVersion(plan, version)).The<PlanVersionPublished>();
    }

    private static Money PriceOf(JsonElement card) => CardReading.OfRecord(card).Prices![0].PerUnit;
}

using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Rosters.Importing;

/// <summary>
/// Rows of an import, each decided by the rule of a single enrolment on its own day. What earlier rows decided is known from
/// <see cref="InFlight"/>.
/// </summary>
internal sealed class ImportChunk : RowRecords
{
    private readonly InFlight inFlight;
    private readonly LocalDate today;

    private ImportChunk(RecordRoom room, Actor by, InFlight inFlight, string request, LocalDate today, CancellationToken cancellation)
        : base(room, by, request, request, cancellation) => (this.inFlight, this.today) = (inFlight, today);

    public override LocalDate? RecordedOn => today;

    /// <param name="request">under which the events are found again</param>
    public static async Task<ImportChunk> Prepare(
        RecordRoom room, Actor by, InFlight inFlight, string request, IReadOnlyList<RosterDraft> rows, LocalDate today,
        CancellationToken cancellation)
    {
        var chunk = new ImportChunk(room, by, inFlight, request, today, cancellation);
        await chunk.ReadShared([.. rows.Select(row => row.Past!)]);
        await chunk.ReadPeople(rows);
        return chunk;
    }

    /// <summary>Not asked: the employer's list of that day is not at hand.</summary>
    public override Task<MemberCount?> MembersOf(ListedCover cover) => Task.FromResult<MemberCount?>(null);

    /// <summary>What the row brings: an enrolment, nothing if it is recorded already, or why it can't be.</summary>
    public async Task<(ImportRow Row, Outcome Outcome)> Decide(RosterDraft draft)
    {
        var past = draft.Past!;
        var programme = past.Programme is { } code ? await FindAnywhere<Programme>(ProgrammeId.Of(code).Value) : null;
        if (programme is null && past.Programme is not null) return Refused(draft, Refuse.UnknownProgramme);
        if ((past.EnrolledOn ?? programme?.From.PlusDays(-1)) is not { } day || day > today)
            return Refused(draft, Refuse.InvalidRequest, RosterColumn.EnrolledOn);
        Now = BusinessTime.NoonOf(day);
        if (await Held(draft) is { } held)
            return (ImportRow.Of(draft.Row, Pending(Resting<Enrolment>(Decision.Nothing, held.StreamId))), Outcome.Unchanged);

        var decision = await Decide(new Enrol(
            draft.Person, past.Programme, past.Plan, draft.Units, past.CoverTier, past.Months,
            Employer: past.Employer, HiredOn: draft.HiredOn));
        if (decision.Refusal is { } refusal)
            return Refused(draft, refusal.Rule, refusal.Field is { } field ? RosterColumns.Of(field) : null);
        var started = decision.Events.OfType<EnrolmentStarted>().Single();
        if (past.CoverFrom is { } from && from != started.CoverFrom) return Refused(draft, Refuse.CoverDiffers, RosterColumn.CoverFrom);
        if (past.CoverTo is { } to && to != started.CoverTo) return Refused(draft, Refuse.CoverDiffers, RosterColumn.CoverTo);
        return (Row(draft, decision, started), Outcome.Enrolled);
    }

    /// <summary>A row of which nothing can be read.</summary>
    public static ImportRow Unreadable(RosterRow row) => ImportRow.Refused(row.Number, row.Faults[0].Code, row.Reasons);

    private static (ImportRow Row, Outcome Outcome) Refused(RosterDraft draft, RefusalCode rule, RosterColumn? column = null) =>
        (ImportRow.Refused(draft.Row, rule.Code, column is { } known ? $"{known.Heading()}：{rule.TitleZh}" : rule.TitleZh),
            Outcome.Refused);

    protected override AggregateState? Unstored(Guid stream) => inFlight.StateOf(stream);

    private ImportRow Row(RosterDraft draft, Decision decision, EnrolmentStarted started)
    {
        decision = Resting<Person>(decision, started.Member.Value);
        if (draft.Past!.Employer is { } code) decision = Resting<Employer>(decision, EmployerId.Of(code).Value);
        if (started.Previous is { } previous) decision = Resting<Enrolment>(decision, previous.Value);
        foreach (var (key, _) in decision.Keys)
            if (!key.Take) decision = Resting<Enrolment>(decision, key.Holder);

        var write = Pending(decision);
        foreach (var stream in write.Streams)
        {
            if (write.StateOf(stream.Stream) is not { } state) continue;   // the row only rests on it
            inFlight.Remember(state, draft.Row);
            Remember(state);
        }
        inFlight.Remember(write.Keys, draft.Row);
        return Numbered(ImportRow.Of(draft.Row, write), started, Now.Date());
    }

    private PendingWrite Pending(Decision decision)
    {
        var write = new PendingWrite();
        write.Add(decision, Stamp.Of);
        return write;
    }

    /// <summary>
    /// A person that an earlier row registers, a cover that it begins: the row is stored only if that is, since the earlier row may yet be
    /// rejected.
    /// </summary>
    private Decision Resting<T>(Decision decision, Guid on) where T : AggregateState, IAggregate<T> =>
        inFlight.StateOf(on) is T state ? decision.RestingOn(state) : decision;

    /// <summary>
    /// The row takes another certificate number if its own is taken: 35 bits drawn by lot are not enough for a province and day.
    /// </summary>
    private static ImportRow Numbered(ImportRow row, EnrolmentStarted started, LocalDate day) =>
        row with { Otherwise = taken => taken.Scope == Enrolment.NumberScope ? Renumbered(row, started, day) : null };

    private static ImportRow Renumbered(ImportRow row, EnrolmentStarted started, LocalDate day)
    {
        var number = ReferenceNumber.For('E', started.Region, day, Guid.CreateVersion7());
        return Numbered(row with
        {
            Streams = [.. row.Streams.Select(stream => stream.Stream != started.Enrolment.Value ? stream : stream with
            {
                Events = [.. stream.Events.Select(e =>
                    e.Data is EnrolmentStarted s ? e with { Data = s with { CertificateNumber = number } } : e)],
            })],
            Keys = [.. row.Keys.Select(key =>
                key.Key.Scope == Enrolment.NumberScope ? key with { Key = new UniqueKey(Enrolment.NumberScope, number) } : key)],
        }, started, day);
    }

    /// <summary>The very certificate that the row asks for, if the person holds it.</summary>
    private async Task<Enrolment?> Held(RosterDraft draft)
    {
        var past = draft.Past!;
        return await PlanOf(past) is { } plan && await CertificateOf(draft, plan.Code, past.Programme) is { } held
            && held.Employer == past.Employer
            && held.Units == plan.Version(held.PlanVersion)!.Card.Eligibility.UnitsHeld(draft.Units)
            && (past.CoverFrom ?? held.CoverFrom) == held.CoverFrom && (past.CoverTo ?? held.CoverTo) == held.CoverTo
            && (past.Programme is not null || held.CoverFrom == Now.Date().PlusDays(1)) ? held : null;
    }

    private async Task<Plan?> PlanOf(PastCover past)
    {
        var code = past.Plan;
        if (past.Programme is { } programme) code ??= (await FindAnywhere<Programme>(ProgrammeId.Of(programme).Value))?.Plan;
        return code is null ? null : await FindAnywhere<Plan>(PlanId.Of(code).Value);
    }

    protected override Guid? Known(UniqueKey key) => inFlight.TryOwner(key, out var owner) ? owner : base.Known(key);

    /// <summary>What many rows name: programmes, plans and employers.</summary>
    private async Task ReadShared(IReadOnlyList<PastCover> covers)
    {
        var named = new HashSet<Guid>();
        foreach (var past in covers)
        {
            if (past.Programme is { } programme) named.Add(ProgrammeId.Of(programme).Value);
            if (past.Plan is { } plan) named.Add(PlanId.Of(plan).Value);
            if (past.Employer is { } employer) named.Add(EmployerId.Of(employer).Value);
        }
        await Look([.. named]);
        var plans = new HashSet<Guid>();
        foreach (var programme in covers.Select(past => past.Programme).OfType<string>().Distinct())
            if (await FindAnywhere<Programme>(ProgrammeId.Of(programme).Value) is { } found) plans.Add(PlanId.Of(found.Plan).Value);
        await Look([.. plans]);
    }

    /// <summary>The people of the rows, and their certificates.</summary>
    private async Task ReadPeople(IReadOnlyList<RosterDraft> rows)
    {
        var people = rows.Select(KeyOf).ToArray();
        await ReadOwners(people.Where(IsStored));
        var covers = new HashSet<UniqueKey>();
        foreach (var row in rows)
            if (Known(KeyOf(row)) is { } person && await PlanOf(row.Past!) is { } plan)
                covers.UnionWith(CoversOf(new PersonId(person), plan.Code, row.Past!.Programme));
        await ReadOwners(covers.Where(IsStored));
        await Look([.. people.Concat(covers).Select(Known).OfType<Guid>().Distinct()]);
    }

    private bool IsStored(UniqueKey key) => !inFlight.TryOwner(key, out _);
}

/// <summary>What became of a row.</summary>
internal enum Outcome
{
    Enrolled,

    /// <summary>It is recorded already.</summary>
    Unchanged,

    Refused,
}

using ClaimsEngine.Enrolments;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>Rows of a roster that are decided together. All that they decide is one write.</summary>
internal sealed class RosterBatch : RowRecords
{
    private readonly RosterJob job;

    private RosterBatch(RecordRoom room, RosterJob job, Instant now, CancellationToken cancellation)
        : base(room, job.Sender.By, job.Sender.Request, job.Sender.Trace, cancellation) => (this.job, Now) = (job, now);

    /// <summary>What the accepted rows decide, together.</summary>
    public PendingWrite Write { get; } = new();

    /// <summary>What each accepted row asks of the pools, in the order of the rows.</summary>
    public List<(RosterDraft Draft, IReadOnlyList<Guarded<PlaceChange>> Places)> Draws { get; } = [];

    /// <summary>The pools that rows draw on.</summary>
    public IEnumerable<string> Pools => Write.Places.Select(place => place.Pool);

    /// <summary>Accepted rows whose part in the employer is measured.</summary>
    public int Counted => Draws.Count(draw => job.Terms.Counts(draw.Draft.Person.IdNumber.Sex));

    private RosterTerms Terms => job.Terms;

    /// <param name="rows">no two of one identity number</param>
    public static async Task<RosterBatch> Prepare(
        RecordRoom room, RosterJob job, IReadOnlyList<RosterDraft> rows, Instant now, CancellationToken cancellation)
    {
        var (batch, terms) = (new RosterBatch(room, job, now, cancellation), job.Terms);
        await batch.ReadOwners(rows.Select(batch.KeyOf));
        Guid[] people = [.. rows.Select(batch.KeyOf).Select(batch.Known).OfType<Guid>()];
        UniqueKey[] covers = [.. people.SelectMany(person => CoversOf(new PersonId(person), terms.Plan, terms.Programme))];
        await batch.ReadOwners(covers);

        var shared = new List<Guid> { PlanId.Of(terms.Plan).Value };
        if (terms.Programme is { } programme) shared.Add(ProgrammeId.Of(programme).Value);
        if (terms.Employer is { } employer) shared.Add(employer.StreamId);
        await batch.Look([.. shared, .. people, .. covers.Select(batch.Known).OfType<Guid>()]);
        return batch;
    }

    /// <summary>Not asked row by row: the roster is measured as a whole before any of it is stored.</summary>
    public override Task<MemberCount?> MembersOf(ListedCover cover) => Task.FromResult<MemberCount?>(null);

    /// <summary>Whether the person holds this very certificate, so that the row asks for nothing.</summary>
    public async Task<bool> Holds(RosterDraft draft) =>
        await CertificateOf(draft, Terms.Plan, Terms.Programme) is { Status: EnrolmentStatus.InForce or EnrolmentStatus.Pending } held
        && By.Sees(held) && held.Employer == job.Order.Employer && held.Units == Terms.Eligibility.UnitsHeld(draft.Units)
        && (Terms.Programme is not null || held.CoverTo > Now.Date());

    /// <summary>Decides a row. If it is accepted, what it decides is part of <see cref="Write"/>.</summary>
    /// <returns>why it is not</returns>
    public async Task<Refusal?> Decide(RosterDraft draft)
    {
        var command = job.Order.For(draft);
        Decision decision;
        do
        {
            decision = await Decide(command);
            if (decision.Refusal is { } refusal) return refusal;
        }
        // Two certificate numbers of a batch may be the same by chance: another id makes another number.
        while (decision.Keys.Any(key => key.Change.Take && Write.Takes(key.Change.Key)));

        foreach (var state in Write.Add(decision, Stamp.Of)) Remember(state);
        Draws.Add((draft, decision.Places));
        return null;
    }

    /// <summary>The employer as this batch leaves it, for the next one when nothing is written.</summary>
    public void Foresee(RosterBatch before)
    {
        if (Terms.Employer?.StreamId is { } employer && before.StateOf(employer) is { } state) Remember(state);
    }
}

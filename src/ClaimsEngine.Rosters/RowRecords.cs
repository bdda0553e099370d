using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Rosters;

/// <summary>
/// What is on record for rows that are decided one after another, each by the rule of a single enrolment. All that the rule may ask for is
/// read beforehand, in a handful of questions; what one row decides the next one sees.
/// </summary>
internal abstract class RowRecords(RecordRoom room, Actor by, string request, string trace, CancellationToken cancellation)
    : Records(room, by, cancellation), IUseCaseContext
{
    private readonly Dictionary<UniqueKey, Guid> owners = [];
    private readonly Dictionary<IdentityNumber, string> hashes = [];

    /// <summary>When the row at hand is enrolled.</summary>
    public Instant Now { get; protected set; }

    protected EventStamp Stamp { get; } = new(by, Role.Officer, nameof(Enrol), request, trace);

    public virtual LocalDate? RecordedOn => null;

    public Guid NewId() => Guid.CreateVersion7();

    public abstract Task<MemberCount?> MembersOf(ListedCover cover);

    public Task<Guid?> OwnerOf(UniqueKey key) => Task.FromResult(Known(key));

    public override string IdentityHash(IdentityNumber number)
    {
        if (!hashes.TryGetValue(number, out var hash)) hashes[number] = hash = base.IdentityHash(number);
        return hash;
    }

    /// <summary>Every key that a row may ask for was asked for before; any other belongs to somebody who is registered only now.</summary>
    protected virtual Guid? Known(UniqueKey key) => owners.TryGetValue(key, out var owner) ? owner : null;

    protected async Task ReadOwners(IEnumerable<UniqueKey> keys)
    {
        foreach (var (key, owner) in await Room.Keys.OwnersOf([.. keys.Distinct()], Cancellation)) owners[key] = owner;
    }

    protected UniqueKey KeyOf(RosterDraft draft) => Person.Key(IdentityHash(draft.Person.IdNumber));

    protected static UniqueKey[] CoversOf(PersonId person, string plan, string? programme) =>
        [Enrolment.Key(plan, programme, person), Standing.Key(plan, person)];

    /// <summary>The certificate of this plan and programme that the person holds, if the row names the person rightly.</summary>
    protected async Task<Enrolment?> CertificateOf(RosterDraft draft, string plan, string? programme) =>
        Known(KeyOf(draft)) is { } person && (await FindAnywhere<Person>(person))?.Name == draft.Person.Name
        && Known(Enrolment.Key(plan, programme, new PersonId(person))) is { } stream ? await FindAnywhere<Enrolment>(stream) : null;

    protected async Task<Decision> Decide(Enrol command)
    {
        try
        {
            return EnrolHandler.Handle(command, await EnrolHandler.LoadAsync(command, this), By, Now.Date());
        }
        catch (OverflowException)   // Money is checked
        {
            return new Refusal(Refuse.InvalidRequest, Refuse.TooMuch);
        }
    }
}

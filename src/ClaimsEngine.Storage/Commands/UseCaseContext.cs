using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Storage.Commands;

/// <summary>Records, and what only a command may ask for.</summary>
public sealed class UseCaseContext(
    RecordRoom room, EmployerMembers members, PlanFigures books, Actor by, Instant now, LocalDate? recordedOn,
    CancellationToken cancellation)
    : Records(room, by, cancellation), IUseCaseContext
{
    /// <summary>A gap in the sequence holds the register up for three seconds. Whoever waits longer is told to try again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Instant Now => now;

    public LocalDate? RecordedOn => recordedOn;

    public Guid NewId() => Guid.CreateVersion7();

    public async Task<MemberCount?> MembersOf(ListedCover cover) =>
        recordedOn is null ? await members.Count(cover, Patience, Cancellation) : null;   // of a past day no list is at hand

    public Task<BookFigures?> BooksOf(string plan, BookMonth? through) => books.Of(plan, through, Patience, Cancellation);

    public Task<ClaimId?> ClaimOfNotice(NoticeId notice) => Room.Keys.ClaimOfNotice(notice, Cancellation);

    public Task<Guid?> OwnerOf(UniqueKey key) => Room.Keys.OwnerOf(key, Cancellation);
}

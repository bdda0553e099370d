namespace ClaimsEngine.Kernel;

/// <summary>What a use case may ask for when it loads: what is on record, when the command arrived, and fresh ids. Its decision is then a
/// pure function of the answers.</summary>
public interface IUseCaseContext : IRecords
{
    /// <summary>When the command arrived.</summary>
    Instant Now { get; }

    /// <summary>
    /// The day on which what is decided is recorded, where that is not the day of <see cref="Now"/>: entries of the past (imports, the
    /// seeded cases of past years) are decided by the rules of their own day. Null for everything else.
    /// </summary>
    LocalDate? RecordedOn => null;

    /// <summary>A fresh id, rising with time.</summary>
    Guid NewId();

    /// <summary>How many people of an employer hold a cover. Null where that is no question of one entry: a roster measures all its rows
    /// together before any is stored, and of the day of an import's row no list is at hand.</summary>
    Task<MemberCount?> MembersOf(ListedCover cover);

    /// <summary>The stream that holds a unique key now, or null.</summary>
    Task<Guid?> OwnerOf(UniqueKey key);

    /// <summary>The books of a plan or a relief fund as they are now; null where no entry stands in them.</summary>
    /// <param name="through">covers are counted as far as they were posted up to this month; null for all months</param>
    Task<BookFigures?> BooksOf(string plan, BookMonth? through) => Task.FromResult<BookFigures?>(null);

    /// <summary>The streams that hold these keys now; a key that nobody holds is absent.</summary>
    async Task<IReadOnlyDictionary<UniqueKey, Guid>> OwnersOf(IReadOnlyList<UniqueKey> keys)
    {
        var owners = new Dictionary<UniqueKey, Guid>();
        foreach (var key in keys)
            if (await OwnerOf(key) is { } owner) owners[key] = owner;
        return owners;
    }

    /// <summary>Streams of a read model, in one question each for the ids and their number. The read model holds all that is recorded
    /// before it is asked. Only commands of HTTP and of the engine's own watches may ask: not rows of rosters and imports.</summary>
    Task<ListedStreams> Listed(ListedQuestion asked) => throw new NotSupportedException("no list is asked here");

    /// <summary>The claim that a notice is about; null when there is no such notice.</summary>
    Task<ClaimId?> ClaimOfNotice(NoticeId notice) => Task.FromResult<ClaimId?>(null);
}

/// <summary>Which streams of a read model are asked for.</summary>
/// <param name="Narrowed">filters and their values; a row fits all of them</param>
/// <param name="Region">the property by which the actor's own region narrows it too</param>
/// <param name="OrderBy">properties, those without a value last; then the id</param>
/// <param name="Most">ids at most; 0 asks for the number alone</param>
public sealed record ListedQuestion(
    IReadModel Model, IReadOnlyList<(ListFilter Filter, object Value)> Narrowed, string Region, IReadOnlyList<string> OrderBy, int Most);

/// <param name="All">how many fit, whether or not they are among the ids</param>
public sealed record ListedStreams(IReadOnlyList<Guid> Ids, long All);

/// <summary>A cover of an employer's people.</summary>
/// <param name="Employer">its code</param>
/// <param name="Programme">null for cover directly under the plan</param>
/// <param name="From">certificates that end before this day do not count</param>
/// <param name="Women">whether only women count</param>
public sealed record ListedCover(string Employer, string Plan, string? Programme, LocalDate From, bool Women);

/// <param name="All">who hold it, pending certificates included</param>
/// <param name="InForce">of them, those whose certificates are in force</param>
public sealed record MemberCount(long All, long InForce);

/// <summary>What is on record.</summary>
public interface IRecords
{
    /// <summary>Who asks.</summary>
    Actor By { get; }

    /// <summary>Reads several streams in one question. It only saves time: what is then found or got is not asked for again.</summary>
    Task Look(params IReadOnlyList<Guid> streams);

    /// <summary>The folded state, or null if there is no such stream or it lies outside the actor's region.</summary>
    /// <param name="toVersion">the state at that version; null for the newest</param>
    Task<T?> Find<T>(Guid stream, long? toVersion = null) where T : AggregateState, IAggregate<T>;

    /// <summary>The same whatever the actor's region, for what a rule needs and the actor is not shown.</summary>
    Task<T?> FindAnywhere<T>(Guid stream) where T : AggregateState, IAggregate<T>;

    /// <summary>A keyed hash of an identity number, by which a person is found. Without the key nobody can guess it.</summary>
    string IdentityHash(IdentityNumber number);

    /// <summary>A keyed hash of a content that holds account numbers, by which it is known again: hexadecimal SHA-256. Without the key
    /// nobody can guess what it was made of.</summary>
    string Seal(ReadOnlySpan<byte> content);
}

public static class RecordsExtensions
{
    /// <summary>The state of a stream that must be there: the one that the command is addressed to, which was looked for before, or one
    /// that a recorded fact names.</summary>
    /// <exception cref="InvalidOperationException">It is not there: the records contradict themselves.</exception>
    public static async Task<T> Get<T>(this IRecords records, Guid stream) where T : AggregateState, IAggregate<T> =>
        await records.FindAnywhere<T>(stream)
            ?? throw new InvalidOperationException($"{T.StreamType} {stream} is named on record and not there");
}

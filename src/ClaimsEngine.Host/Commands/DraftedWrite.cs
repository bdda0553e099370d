using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Host.Commands;

/// <summary>
/// Commands that are decided one after another, each on what the ones before have decided, and stored in one transaction. They are decided
/// by the handlers that decide them over HTTP, so that no rule is asked in another way.
/// </summary>
/// <param name="reader">whose records are read: of this region, whoever gives a command</param>
/// <param name="trace">of the request that they come of</param>
internal class DraftedWrite(CommandRoom room, Actor reader, string trace, CancellationToken cancellation)
{
    private readonly Instant now = room.Clock.GetCurrentInstant();
    private UseCaseContext? context;

    /// <summary>What is on record, and what was decided since.</summary>
    public UseCaseContext Context => context ??= new UseCaseContext(
        room.Records, room.Members, room.Books, room.Lists, reader, now, null, cancellation);

    public LocalDate Today => now.Date();

    /// <summary>All that was decided.</summary>
    public PendingWrite Write { get; } = new();

    /// <summary>Whether two commands take the same key, of which one alone can have it: each is then to be stored by itself.</summary>
    public bool Contradicts { get; private set; }

    /// <param name="request">under which the events are found again</param>
    /// <param name="decide">the command's handler</param>
    /// <returns>why it was not decided so; null if it was, now or before</returns>
    protected Refusal? Add(Command command, Actor by, string request, Func<Decision> decide)
    {
        var useCase = room.UseCaseOf(command);
        if (useCase.Validate(command) is [var (field, message), ..]) return new Refusal(Refuse.InvalidRequest, $"{field} {message}");
        var decision = decide();
        if (decision.Refusal is { } refusal) return new Refusal(refusal.Rule, refusal.Detail);
        Contradicts |= decision.Keys.Any(key => key.Change.Take && Write.Takes(key.Change.Key));
        var stamp = new EventStamp(by, useCase.RoleOf(by)!.Value, useCase.CommandType.Name, request, trace);
        foreach (var state in Write.Add(decision, stamp.Of)) Context.Remember(state);
        return null;
    }
}

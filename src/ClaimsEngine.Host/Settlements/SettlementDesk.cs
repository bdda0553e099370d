using ClaimsEngine.Claims;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Writing;
using Marten;

namespace ClaimsEngine.Host.Settlements;

/// <summary>A feed while it is carried out.</summary>
/// <param name="Work">its id</param>
/// <param name="Trace">of the request that sent it</param>
/// <param name="Sender">submits the claims; nothing outside this region is seen or touched</param>
/// <param name="Plan">only certificates of this plan; null for any</param>
public sealed record SettlementJob(Guid Work, string Trace, Actor Sender, string? Plan, CancellationToken Cancellation)
{
    public Actor Assessor { get; } = Sender with { Id = StraightThrough.Assessor, Roles = [Role.Officer] };

    /// <summary>With the approval limit of the sender's union level.</summary>
    public Actor Approver { get; } = Sender with { Id = StraightThrough.Approver, Roles = [Role.Approver] };

    /// <summary>Of one command of one line: a feed that is gone on with after a kill does nothing twice.</summary>
    public string KeyOf(int line, string step) => $"settlements/{Work:N}/{line}/{step}";
}

/// <summary>The storage is full: the feed stops here.</summary>
internal sealed class StorageFullException() : Exception("the storage is full");

/// <summary>One line of a feed and its place in the file.</summary>
public sealed record NumberedLine(int Number, SettlementLine Line);

/// <summary>
/// Carries lines of a feed as far as they go without a person. Every step is one of the commands that people give, decided by the same
/// handler, so that no rule is asked in another way. All steps of a line are stored in one transaction, together with those of the lines
/// carried with it. If others were quicker, each line is carried alone.
/// </summary>
public sealed class SettlementDesk(CommandRoom room, ClaimsStorage storage, IDocumentStore store)
{
    /// <summary>How often a line is decided again when others change the same things at that moment.</summary>
    private const int Tries = 5;

    /// <returns>in the order of the lines</returns>
    public async Task<IReadOnlyList<SettlementLineResult>> Carry(SettlementJob job, IReadOnlyList<NumberedLine> lines)
    {
        if (lines.Count > 1 && await Together(job, lines) is { } results) return results;
        var alone = new List<SettlementLineResult>(lines.Count);
        foreach (var line in lines) alone.Add(await Alone(job, line));
        return alone;
    }

    /// <returns>null where nothing was stored, and each line is to be carried alone</returns>
    private async Task<IReadOnlyList<SettlementLineResult>?> Together(SettlementJob job, IReadOnlyList<NumberedLine> lines)
    {
        try
        {
            var draft = await SettlementDraft.Begin(job, lines, room, storage);
            var results = new List<SettlementLineResult>(lines.Count);
            foreach (var line in lines) results.Add(await draft.Decide(line));
            return !draft.Contradicts && await Store(draft, job) is Stored ? results : null;
        }
        catch (OverflowException)   // amounts of one line that nobody can reckon with hold no other line up
        {
            return null;
        }
    }

    private async Task<SettlementLineResult> Alone(SettlementJob job, NumberedLine line)
    {
        for (var tried = 1; ; tried++)
        {
            var draft = await SettlementDraft.Begin(job, [line], room, storage);
            SettlementLineResult result;
            try
            {
                result = await draft.Decide(line);
            }
            catch (OverflowException)
            {
                return SettlementLineResult.Routed(line, null, new Refusal(Refuse.InvalidRequest, Refuse.TooMuch));
            }
            switch (await Store(draft, job))
            {
                case Stored:
                    return result;
                case KeyTaken taken when draft.Write.RefusalFor(taken.Key) is { } refusal:
                    return SettlementLineResult.Routed(line, null, refusal);
            }
            if (tried == Tries)
                return SettlementLineResult.Routed(line, null, new Refusal(Refuse.Busy, "others changed the same things; try again"));
            await Task.Delay(TimeSpan.FromMilliseconds(50 * tried), job.Cancellation);
        }
    }

    private async Task<WriteOutcome> Store(SettlementDraft draft, SettlementJob job)
    {
        if (draft.Write.IsEmpty) return new Stored(0);
        try
        {
            await using var session = store.LightweightSession();
            return await room.Writer.Write(draft.Write, session, job.Cancellation);
        }
        catch (Exception exception) when (Postgres.IsFull(exception))
        {
            throw new StorageFullException();
        }
    }
}

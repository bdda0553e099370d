using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;

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

/// <summary>One line of a feed and its place in the file.</summary>
public sealed record NumberedLine(int Number, SettlementLine Line);

/// <summary>Carries lines of a feed as far as they go without a person. All steps of a line are stored in one transaction, with those of
/// the lines carried beside it.</summary>
internal sealed class SettlementDesk(GroupedWrites writes, CommandRoom room, ClaimsStorage storage)
{
    /// <summary>Transactions at once. Most of their time is the database's, so more than there are processors.</summary>
    private const int AtOnce = 4;

    /// <summary>People whose lines are stored in one transaction.</summary>
    private const int PeopleTogether = 16;

    /// <summary>Carries some lines at once, but those of one person one after another: each finds the caps as the one before left
    /// them.</summary>
    /// <returns>in the order of the lines; null for a line that found the storage full, and for those carried with it</returns>
    public async Task<SettlementLineResult?[]> CarryWindow(SettlementJob job, IReadOnlyList<SettlementRow> window)
    {
        var results = new SettlementLineResult?[window.Count];
        for (var place = 0; place < window.Count; place++)
            if (window[place].Read is null) results[place] = SettlementLineResult.Rejected(window[place]);
        var people = window.Select((row, place) => (Row: row, Place: place)).Where(line => line.Row.Read is not null)
            .GroupBy(line => line.Row.Read!.IdNumber.Value);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = job.Cancellation };
        await Parallel.ForEachAsync(people.Chunk(PeopleTogether), options, async (some, _) =>
        {
            var lines = some.SelectMany(person => person).ToArray();
            try
            {
                var carried = await Carry(job, [.. lines.Select(line => new NumberedLine(line.Row.Line, line.Row.Read!))]);
                for (var i = 0; i < lines.Length; i++) results[lines[i].Place] = carried[i];
            }
            catch (StorageFullException)
            {
                // the results stay null: the feed stops after this window
            }
        });
        return results;
    }

    /// <returns>in the order of the lines</returns>
    private Task<IReadOnlyList<SettlementLineResult>> Carry(SettlementJob job, IReadOnlyList<NumberedLine> lines) => writes.Carry(
        lines, some => SettlementDraft.Begin(job, some, room, storage), (draft, line) => draft.Decide(line),
        (line, refusal) => SettlementLineResult.Routed(line, null, refusal), job.Cancellation);
}

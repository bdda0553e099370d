using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
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
    /// <returns>in the order of the lines</returns>
    public Task<IReadOnlyList<SettlementLineResult>> Carry(SettlementJob job, IReadOnlyList<NumberedLine> lines) => writes.Carry(
        lines, some => SettlementDraft.Begin(job, some, room, storage), (draft, line) => draft.Decide(line),
        (line, refusal) => SettlementLineResult.Routed(line, null, refusal), job.Cancellation);
}

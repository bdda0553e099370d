using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Storage.Commands;

namespace ClaimsEngine.Host.Contributions;

/// <summary>One transfer of a payer, for shares of several certificates.</summary>
/// <param name="Trace">of the request that tells it</param>
internal sealed record Transfer(
    string Payer, string Reference, LocalDate PaidOn, Actor By, string Trace, CancellationToken Cancellation);

/// <param name="Enrolment">the certificate</param>
internal sealed record TransferPart(EnrolmentId Enrolment, Money Amount);

/// <param name="No">why it was not recorded; null where it was, now or before</param>
internal sealed record TransferResult(TransferPart Part, bool Recorded, Refusal? No);

/// <summary>Records a transfer for many certificates, each by the rules of a single payment (<see cref="RecordContribution"/>).</summary>
internal sealed class ContributionDesk(GroupedWrites writes, CommandRoom room)
{
    /// <summary>Certificates of one transaction.</summary>
    private const int Together = 200;

    /// <returns>in the order of the parts</returns>
    /// <exception cref="StorageFullException">Some may be recorded.</exception>
    public async Task<IReadOnlyList<TransferResult>> Record(Transfer transfer, IEnumerable<TransferPart> parts)
    {
        var results = new List<TransferResult>();
        foreach (var some in parts.Chunk(Together))
            results.AddRange(await writes.Carry(
                some, group => ContributionDraft.Begin(transfer, group, room), (draft, part) => draft.Decide(part),
                (part, no) => new TransferResult(part, false, no), transfer.Cancellation));
        return results;
    }
}

/// <summary>Parts of a transfer that are being recorded together.</summary>
internal sealed class ContributionDraft : DraftedWrite
{
    private readonly Transfer transfer;

    private ContributionDraft(Transfer transfer, CommandRoom room)
        : base(room, transfer.By, transfer.Trace, transfer.Cancellation) => this.transfer = transfer;

    public static async Task<ContributionDraft> Begin(Transfer transfer, IReadOnlyList<TransferPart> parts, CommandRoom room)
    {
        var draft = new ContributionDraft(transfer, room);
        await draft.Context.Look([.. parts.Select(part => part.Enrolment.Value)]);
        var others = new HashSet<Guid>();
        foreach (var part in parts)
            if (await draft.Context.Find<Enrolment>(part.Enrolment.Value) is { } enrolment)
            {
                others.UnionWith([enrolment.Member.Value, PlanId.Of(enrolment.Plan).Value]);
                if (enrolment.Programme is { } programme) others.Add(ProgrammeId.Of(programme).Value);
            }
        await draft.Context.Look([.. others]);
        return draft;
    }

    public async Task<TransferResult> Decide(TransferPart part)
    {
        if (await Context.Find<Enrolment>(part.Enrolment.Value) is not { } before)
            return new TransferResult(part, false, Refuse.NotFound("enrolment"));
        var command = new RecordContribution(part.Enrolment, transfer.Payer, part.Amount, transfer.Reference, transfer.PaidOn);
        var found = await RecordContributionHandler.LoadAsync(command, Context);
        var no = Add(command, transfer.By, $"{transfer.Trace}/{part.Enrolment}",
            () => RecordContributionHandler.Handle(command, found, transfer.By, Today));
        return new TransferResult(
            part, no is null && Context.StateOf(before.StreamId)!.StreamVersion > before.StreamVersion, no);
    }
}

using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Projections;
using System.Text.Json;

namespace ClaimsEngine.Host.Settlements;

/// <summary>What a feed was sent with.</summary>
/// <param name="Limit">the approval limit of the sender's union level; null is without limit</param>
public sealed record SettlementOrder(string? Plan, SettlementForm Form, RosterSenderName By, Money? Limit);

/// <summary>
/// Carries a feed of settlements, from the file that was stored with the work: some lines at once, those of one person in their order.
/// After a kill it reads the file again: what became of a line that was reached before is read from its claim, and the others go on.
/// </summary>
internal sealed class SettlementWork(SettlementDesk desk, ReadModelUpkeep readModels) : ILongWork
{
    public const string Name = "settlement-feed";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string Kind => Name;

    public async Task<WorkEnd> Run(JsonElement instruction, WorkContext context)
    {
        var order = instruction.Deserialize<SettlementOrder>(ClaimsJson.Options)!;
        var sender = order.By.ToActor() with { ApprovalLimit = order.Limit };
        var job = new SettlementJob(context.Id, context.Trace, sender, order.Plan, context.Cancellation);
        await using var file = Spool.Create();
        await context.CopyInput(file);
        try
        {
            // A feed that breaks off is refused before its first line is carried out.
            context.Report(0, SettlementFeed.Read(file, order.Form, context.Cancellation).Count());
        }
        catch (UnreadableException unreadable)
        {
            return new Refusal(Refuse.SettlementsUnreadable, unreadable.Fault.Text);
        }
        if (!await readModels.WaitForNewest(Patience, context.Cancellation))
            return new Refusal(Refuse.Busy, "it is not known yet who holds which certificate; send the same feed again");

        var tally = new SettlementTally(order.Plan);
        await using var sheet = SheetWriter.To(context.Output, SheetFormat.Csv);
        await sheet.Write(SettlementLineResult.Headings, context.Cancellation);
        Refusal? full = null;
        foreach (var window in SettlementWindows.Of(SettlementFeed.Read(file, order.Form, context.Cancellation)))
        {
            var results = await desk.CarryWindow(job, window);
            foreach (var result in results.OfType<SettlementLineResult>())
            {
                tally.Add(result);
                await sheet.Write(result.Cells(), context.Cancellation);
            }
            context.Report(tally.Lines);
            if (!results.Contains(null)) continue;
            full = new Refusal(Refuse.StorageFull,
                "the storage is full; what was stored stays, and the same feed may be sent again once there is room");
            break;
        }
        await sheet.Finish(context.Cancellation);
        return full is null ? WorkEnd.Done(tally.Result()) : WorkEnd.Refused(NotDone.For(full), tally.Result());
    }
}

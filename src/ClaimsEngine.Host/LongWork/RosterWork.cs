using System.Text.Json;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Enrolling;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.LongWork;

/// <summary>What a roster was sent with.</summary>
/// <param name="By">who sent it</param>
public sealed record RosterInstruction(RosterOrder Order, RosterSenderName By);

/// <summary>The sender as JSON keeps it.</summary>
public sealed record RosterSenderName(string Id, IReadOnlyList<Role> Roles, RegionCode Region)
{
    public static RosterSenderName Of(Actor actor) => new(actor.Id, [.. actor.Roles], actor.Region);

    public Actor ToActor() => new(Id, Roles, Region);
}

/// <summary>Enrols the people of a roster, from the file that was stored with the work. After a kill it goes on behind the last batch that
/// was stored.</summary>
public sealed class RosterWork(RosterRun run, RecordRoom records, IClock clock) : ILongWork
{
    public const string Name = "roster";

    public string Kind => Name;

    public async Task<WorkEnd> Run(JsonElement instruction, WorkContext context)
    {
        var told = instruction.Deserialize<RosterInstruction>(ClaimsJson.Options)!;
        var (order, by) = (told.Order, told.By.ToActor());
        await using var file = Spool.Create();
        await context.CopyInput(file);
        file.Position = 0;
        var (terms, refusal) = await order.Terms(records.For(by, cancellation: context.Cancellation), clock.GetCurrentInstant().Date());
        if (terms is null) return refusal!;
        var job = new RosterJob(order, terms, new RosterSender(by, context.Id.ToString(), context.Trace));
        var end = await run.Over(job, file, () => context.Output, context, context.Cancellation);
        return end.No is { } no ? WorkEnd.Refused(no, end.Result) : WorkEnd.Done(end.Result);
    }
}

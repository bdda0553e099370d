using System.Text.Json;
using ClaimsEngine.Host.LongWork;

namespace ClaimsEngine.Host.AuditPacks;

/// <summary>What is to be packed.</summary>
/// <param name="Position">up to which the log is packed; null is everything that is recorded when the work begins</param>
/// <param name="Seed">of the draw; null is plan and year</param>
public sealed record AuditPackInstruction(string Plan, int Year, long? Position, string? Seed);

/// <summary>Makes an audit pack in the background. It stores nothing but the pack, so after a kill it begins anew.</summary>
public sealed class AuditPackWork(AuditPackRun run) : ILongWork
{
    public const string Name = "audit-pack";

    public string Kind => Name;

    public async Task<WorkEnd> Run(JsonElement instruction, WorkContext context)
    {
        var order = instruction.Deserialize<AuditPackInstruction>(ClaimsJson.Options)!;
        var (made, refusal) = await run.Write(
            order.Plan, order.Year, order.Position, order.Seed, context.Output, events => context.Report(events), context.Cancellation);
        return made is null ? refusal! : WorkEnd.Done(made);
    }
}

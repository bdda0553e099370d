using System.Text.Json;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.LongWork;

/// <summary>What a what-if is to try.</summary>
/// <param name="From">first day of decision</param>
/// <param name="To">last day of decision, inclusive</param>
/// <param name="Card">the draft</param>
public sealed record WhatIfOrder(string Plan, LocalDate From, LocalDate To, RegionCode Region, JsonElement Card, string RuleHash);

/// <summary>Runs every decided claim of a plan and period under a draft card. It stores nothing but its own answer, so after a kill it
/// begins anew.</summary>
public sealed class WhatIfWork(ClaimsStorage storage, EventReader events) : ILongWork
{
    public const string Name = "what-if";

    public string Kind => Name;

    public async Task<WorkEnd> Run(JsonElement instruction, WorkContext context)
    {
        var order = instruction.Deserialize<WhatIfOrder>(ClaimsJson.Options)!;
        var (card, faults) = CardReading.Read(order.Card);
        if (card is null) throw new InvalidOperationException($"the stored card has {faults.Count} faults");
        var stored = await events.ReadStream(PlanId.Of(order.Plan).Value, cancellation: context.Cancellation);
        var plan = Fold.Of<Plan>(stored.Select(recorded => recorded.Data));
        var differences = plan?.Latest is { } latest ? FieldDifference.Between(latest.Json, order.Card) : [];
        var claims = new DecidedClaims(order.Plan, order.From, order.To, order.Region);
        return WorkEnd.Done(await WhatIfRun.Over(
            claims, card, order.RuleHash, differences, storage, context.Output, context.Report, context.Cancellation));
    }
}

using ClaimsEngine.Host.Problems;
using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>A what-if as it is asked for.</summary>
/// <param name="Card">the draft; or, instead, <paramref name="Version"/></param>
/// <param name="Version">a version of the plan, published or proposed</param>
/// <param name="From">first day of decision</param>
/// <param name="To">last day of decision, inclusive</param>
/// <param name="Region">only claims in it; the caller's own if not told</param>
public sealed record AskWhatIf(
    string Plan, LocalDate From, LocalDate To, JsonElement? Card = null, int? Version = null, RegionCode? Region = null);

/// <summary>Every decided claim of a plan and period under a draft card: totals, regions, and claim by claim as CSV. Stores nothing but its
/// own answer.</summary>
public static class WhatIfEndpoints
{
    public static void MapWhatIfs(this IEndpointRouteBuilder routes)
    {
        routes.MapLongWorkStart("/api/audit/what-ifs", Read, Role.Auditor, Role.PlanAdmin).Accepts<AskWhatIf>("application/json")
            .WithTags("audit").WithName("StartWhatIf")
            .WithSummary("Run every decided claim of a plan and period under a draft card, without side effects");
        routes.MapLongWork<WhatIfResult>("/api/audit/what-ifs/{whatIf}", WhatIfWork.Name, hasOutput: true, Role.Auditor, Role.PlanAdmin)
            .WithTags("audit").WithName("GetWhatIf").WithSummary("A what-if: its progress, its totals, and claim by claim as CSV");
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, ReadOnlyMemory<byte> body, QueryText query)
    {
        var (asked, fault) = RequestBody.Read<AskWhatIf>(body);
        if (asked is null) return (null, fault);
        if (asked.To < asked.From) return (null, Answers.Invalid("to", "lies before from"));
        if (asked.Card is null == asked.Version is null) return (null, Answers.Invalid("card", "or version is given, and not both"));

        var actor = http.Actor()!;
        var region = asked.Region ?? actor.Region;
        if (!actor.Sees(region))
            return (null, Answers.Problem(new Refusal(Refuse.OutsideRegion, $"{actor.Id} acts for {actor.Region.Name} only", "region")));
        var records = http.RequestServices.GetRequiredService<RecordRoom>().For(actor, cancellation: http.RequestAborted);
        if (await records.Find<Plan>(PlanId.Of(asked.Plan).Value) is not { } plan)
            return (null, Answers.Problem(new Refusal(Refuse.UnknownPlan, $"there is no plan {asked.Plan}", "plan")));

        var (draft, refusal) = WhatIfDraft.Of(plan, asked.Version, asked.Card);
        if (draft is null) return (null, Answers.Problem(refusal!));
        var order = new WhatIfOrder(plan.Code, asked.From, asked.To, region, draft.Json, draft.RuleHash);
        return (new NewWork(WhatIfWork.Name, region, order), null);
    }
}

using System.Text.Json;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Http;

/// <summary>A what-if as it is asked for.</summary>
/// <param name="Card">the draft; or, instead, <paramref name="Version"/></param>
/// <param name="Version">a version of the plan, published or proposed</param>
/// <param name="From">first day of decision</param>
/// <param name="To">last day of decision, inclusive</param>
/// <param name="Region">only claims in it; the caller's own if not told</param>
public sealed record AskWhatIf(string Plan, LocalDate From, LocalDate To, JsonElement? Card = null, int? Version = null, RegionCode? Region = null);

/// <summary>Every decided claim of a plan and period under a draft card: totals, regions, and claim by claim as CSV. Stores nothing but its own answer.</summary>
public static class WhatIfEndpoints
{
    private const string Kind = "what-if";

    public static void MapWhatIfs(this IEndpointRouteBuilder routes)
    {
        routes.MapLongWorkStart("/api/audit/what-ifs", Read, Role.Auditor, Role.PlanAdmin).Accepts<AskWhatIf>("application/json")
            .WithTags("audit").WithSummary("Run every decided claim of a plan and period under a draft card, without side effects");
        routes.MapLongWork<WhatIfResult>("/api/audit/what-ifs/{whatIf}", Kind, hasOutput: true, Role.Auditor, Role.PlanAdmin)
            .WithTags("audit").WithSummary("A what-if: its progress, its totals, and claim by claim as CSV");
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, ReadOnlyMemory<byte> body, QueryText query)
    {
        var (json, faults) = JsonBody.Read(body);
        AskWhatIf? asked = null;
        if (json is not null) (asked, faults) = StrictJson.Read<AskWhatIf>(JsonSerializer.SerializeToElement(json));
        if (asked is null) return (null, Answers.Problem(Refusal.Of(Refuse.InvalidRequest, faults)));
        if (asked.To < asked.From) return (null, Answers.Invalid("to", "lies before from"));
        if (asked.Card is null == asked.Version is null) return (null, Answers.Invalid("card", "or version is given, and not both"));

        var actor = http.Actor()!;
        var region = asked.Region ?? actor.Region;
        if (!actor.Sees(region)) return (null, Answers.Problem(new Refusal(Refuse.OutsideRegion, $"{actor.Id} acts for {actor.Region.Name} only", "region")));
        var records = new Records(http.RequestServices.GetRequiredService<IEventStore>(), http.RequestServices.GetRequiredService<IdentityKey>(), actor, http.RequestAborted);
        if (await records.Find<Plan>(PlanId.Of(asked.Plan).Value) is not { } plan)
            return (null, Answers.Problem(new Refusal(Refuse.UnknownPlan, $"there is no plan {asked.Plan}", "plan")));

        var (draft, fault) = DraftOf(plan, asked);
        if (draft is null) return (null, fault);
        var database = http.RequestServices.GetRequiredService<ClaimsDatabase>();
        var claims = new DecidedClaims(plan.Code, asked.From, asked.To, region);
        var differences = plan.Latest is { } latest ? CardDifference.Between(latest.Json, draft.Json) : [];
        return (new NewWork(Kind, region, async work => WorkEnd.Done(
            await WhatIfRun.Over(claims, draft.Card, draft.RuleHash, differences, database, work.Output, work.Report, work.Cancellation))), null);
    }

    private sealed record Draft(PlanCard Card, JsonElement Json, string RuleHash);

    private static (Draft? Draft, ProblemDocument? Fault) DraftOf(Plan plan, AskWhatIf asked)
    {
        if (asked.Version is { } number)
        {
            if (plan.Version(number) is { } published) return (new Draft(published.Card, published.Json, published.RuleHash), null);
            return plan.Proposal is { } proposal && proposal.Number == number
                ? (new Draft(proposal.Card, proposal.Json, proposal.RuleHash), null)
                : (null, Answers.Invalid("version", $"{plan.Code} has no version {number}"));
        }
        var json = asked.Card!.Value;
        var (card, faults) = CardReading.Read(json);
        return card is null
            ? (null, Answers.Problem(Refusal.Of(Refuse.InvalidCard, [.. faults.Select(broken => (broken.Path.Length == 0 ? "card" : "card." + broken.Path, broken.Reason))])))
            : (new Draft(card, json, CardReading.Hash(json)), null);
    }
}

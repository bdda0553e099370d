using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.Projections;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Queries;

namespace ClaimsEngine.Host.Http;

/// <summary>The lists, and finance's totals: answered from read models, with read-your-writes on request. An answer that could not wait long
/// enough says <c>Position-Reached: false</c>.</summary>
public static class ListEndpoints
{
    /// <summary>How long an answer waits for the projection to reach <c>Min-Position</c> before it answers from what there is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static void MapLists(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules, EventStoreOptions options)
    {
        foreach (var module in modules)
        foreach (var list in module.Lists)
        {
            var query = new ListQuery(list, options);
            routes.MapGet(list.Route, async (HttpContext http, ClaimsDatabase database, Projector projector) =>
                {
                    var (command, limit, fault) = query.Read(http.Request, http.Actor()!);
                    if (fault is not null) return fault;
                    if (await Waited(http, projector, list.Model.Table) is { } invalid) return invalid;
                    await using (command) return Answers.Text((await query.Run(command!, limit, database.Listing, http.RequestAborted)).ToJsonString(ClaimsJson.Options));
                })
                .For(list.Roles)
                .WithTags(module.Name).WithSummary(list.Summary)
                .WithMetadata(list);
        }

        routes.MapGet("/api/finance/payouts", async (HttpContext http, ClaimsDatabase database, Projector projector, IClock clock) =>
            {
                if (await Waited(http, projector, Payouts.PayoutLedger.Model.Table) is { } invalid) return invalid;
                var (totals, fault) = await PayoutTotals.Ask(http.Request, http.Actor()!, database, clock.GetCurrentInstant(), http.RequestAborted);
                return fault ?? Answers.Text(totals!.ToJsonString(ClaimsJson.Options));
            })
            .For(Role.Finance, Role.Auditor)
            .WithTags("finance").WithSummary("Payouts counted and summed by plan, programme, region, benefit, month and status, as of any moment");
    }

    /// <summary>Waits for what <c>Min-Position</c> asks for, a while; what is wrong with it, or null.</summary>
    internal static async Task<ProblemDocument?> Waited(HttpContext http, Projector projector, string readModel)
    {
        if (!http.Request.Headers.TryGetValue("Min-Position", out var text) || text.Count == 0) return null;
        if (!FeedPosition.TryParse(text.ToString(), out var position, out var error)) return Answers.Invalid("Min-Position", error);
        if (!await projector.WaitFor(readModel, position, Patience)) http.Response.Headers["Position-Reached"] = "false";
        return null;
    }
}

using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Settlements;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters.Settlements;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>Feeds of hospital insurance over HTTP: each settlement becomes a claim in the background, and is decided where the organiser's
/// rules let it be.</summary>
public static class SettlementEndpoints
{
    private const string JsonLines = "application/x-ndjson", Csv = "text/csv";

    public static void MapSettlements(this IEndpointRouteBuilder routes)
    {
        routes.MapLongWorkStart("/api/settlements", RosterLimits.Default.FileBytes, [Csv, JsonLines], Read, Role.Officer)
            .WithTags("claims").WithName("SendSettlements")
            .WithSummary("Take in settlements of hospital insurance: CSV (UTF-8 or GB18030) or JSON Lines. Each becomes a claim that is "
                + "decided straight through below the organiser's limit, or goes to a person with the reason")
            .WithMetadata(new QueryValue("plan", "Code of a plan: only its certificates count; needed where members hold several"));
        routes.MapLongWork<SettlementResult>(
                "/api/settlements/{settlements}", SettlementWork.Name, hasOutput: true, Role.Officer, Role.Approver, Role.Auditor)
            .WithTags("claims").WithName("GetSettlements")
            .WithSummary("A feed of settlements: its progress, counts, and what became of its lines, all of them as CSV");
    }

    private static async Task<(NewWork? Work, ProblemDocument? Fault)> Read(HttpContext http, Stream file, QueryText query)
    {
        var plan = query.Text("plan");
        if (query.Finish() is { } wrong) return (null, wrong);
        var actor = http.Actor()!;
        var records = http.RequestServices.GetRequiredService<RecordRoom>().For(actor, cancellation: http.RequestAborted);
        if (plan is not null && await records.Find<Plan>(PlanId.Of(plan).Value) is null)
            return (null, Answers.Problem(new Refusal(Refuse.UnknownPlan, "there is no such plan", "plan")));
        var form = http.Request.ContentType!.StartsWith(JsonLines, StringComparison.OrdinalIgnoreCase)
            ? SettlementForm.JsonLines : SettlementForm.Csv;
        var order = new SettlementOrder(plan, form, RosterSenderName.Of(actor), actor.ApprovalLimit);
        return (new NewWork(SettlementWork.Name, actor.Region, order, file), null);
    }
}

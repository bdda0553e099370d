using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Http;

/// <summary>One version of a plan: its card as published, and what it assumes.</summary>
public static class PlanVersionEndpoint
{
    public static void MapPlanVersion(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/plans/{plan}/versions/{version:int}", async (HttpContext http, IEventStore store, IdentityKey key, string plan, int version) =>
        {
            var query = new QueryText(http.Request);
            var asOf = query.Moment("asOf");
            if (query.Finish() is { } fault) return fault;
            var records = new Records(store, key, http.Actor()!, http.RequestAborted, asOf);
            if (await records.Find<Plan>(PlanId.Of(plan).Value) is not { } found || found.Version(version) is not { } published)
                return Answers.Problem(Refuse.NotFound("plan version"));
            http.Response.SetETag(version);
            return Answers.Json(PlanVersionView.Of(found, published));
        })
        .For().WithTags("plans").WithSummary("One version of a plan, as published");
}

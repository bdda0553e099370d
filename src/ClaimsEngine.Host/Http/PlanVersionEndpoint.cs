using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Http;

/// <summary>One version of a plan, published or proposed: its card as it was sent, what it assumes, and what it changes.</summary>
public static class PlanVersionEndpoint
{
    public static void MapPlanVersion(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/plans/{plan}/versions/{version:int}", async (HttpContext http, IEventStore store, IdentityKey key, string plan, int version) =>
        {
            var query = new QueryText(http.Request);
            var asOf = query.Moment("asOf");
            if (query.Finish() is { } fault) return fault;
            var records = new Records(store, key, http.Actor()!, http.RequestAborted, asOf);
            if (await records.Find<Plan>(PlanId.Of(plan).Value) is not { } found) return Answers.Problem(Refuse.NotFound("plan version"));
            var view = found.Version(version) is { } published ? PlanVersionView.Of(found, published)
                : found.Proposal is { } proposal && proposal.Number == version ? PlanVersionView.Of(found, proposal) : null;
            if (view is null) return Answers.Problem(Refuse.NotFound("plan version"));
            http.Response.SetETag(records.VersionOf(found.StreamId));   // what a confirmation sends as If-Match
            return Answers.Json(view);
        })
        .For().WithTags("plans").WithSummary("One version of a plan with its card and what it changes, published or proposed");
}

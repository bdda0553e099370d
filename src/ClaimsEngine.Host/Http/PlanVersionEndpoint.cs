using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>One version of a plan, published or proposed: its card as it was sent, what it assumes, and what it changes.</summary>
public static class PlanVersionEndpoint
{
    public static void MapPlanVersion(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/plans/{plan}/versions/{version:int}", async (HttpContext http, RecordRoom room, string plan, int version) =>
        {
            var query = new QueryText(http.Request);
            var asOf = query.Moment("asOf");
            if (query.Finish() is { } fault) return fault;
            var records = room.For(http.Actor()!, asOf, http.RequestAborted);
            if (await records.Find<Plan>(PlanId.Of(plan).Value) is not { } found) return Answers.Problem(Refuse.NotFound("plan version"));
            var view = found.Version(version) is { } published ? PlanVersionView.Of(found, published)
                : found.Proposal is { } proposal && proposal.Number == version ? PlanVersionView.Of(found, proposal) : null;
            if (view is null) return Answers.Problem(Refuse.NotFound("plan version"));
            http.Response.SetETag(found.StreamVersion);   // what a confirmation sends as If-Match
            return Answers.Json(view);
        })
        .For().WithTags("plans").WithName("GetPlanVersion")
        .WithSummary("One version of a plan with its card and what it changes, published or proposed")
        .WithMetadata(QueryValue.AsOf)
        .Produces<PlanVersionView>();
}

using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Storage;

namespace ClaimsEngine.Host.Http;

/// <summary>The first question of a working day.</summary>
public static class WorklistsEndpoint
{
    public static void MapWorklists(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/worklists", Show)
        .For(Module.Readers).WithTags("claims").WithName("GetWorklists")
        .WithSummary("What is to be done in one's region: claims by the step that they wait for, how many are late, returned payouts, "
            + "applications for relief; as known at asOf")
        .WithMetadata(QueryValue.AsOf, new WaitsForPosition())
        .Produces<WorklistsView>();

    private static async Task<IResult> Show(HttpContext http, ClaimsStorage storage, IClock clock)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        return Answers.Json(await Worklists.Of(http.Actor()!, asOf, storage, clock.GetCurrentInstant(), http.RequestAborted));
    }
}

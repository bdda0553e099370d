using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>Everything of a claim in one answer, for whoever has it on the desk.</summary>
public static class ClaimCaseEndpoint
{
    public static void MapClaimCase(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/claims/{claim}/case", Show)
        .For(Module.Readers).WithTags("claims").WithName("GetClaimCase")
        .WithSummary("Everything of a claim: facts, certificate, papers, clock, steps, history, public notice and money, as known at asOf")
        .WithMetadata(QueryValue.AsOf, new WaitsForPosition())
        .Produces<ClaimCaseView>();

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, ClaimsStorage storage, string claim)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;

        var records = room.For(http.Actor()!, asOf, http.RequestAborted);
        if (Module.ById(claim) is not { } id || await records.Find<Claim>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("claim"));
        http.Response.SetETag(found.StreamVersion);
        return Answers.Json(await ClaimCases.Of(found, records, room, storage, asOf, http.RequestAborted));
    }
}

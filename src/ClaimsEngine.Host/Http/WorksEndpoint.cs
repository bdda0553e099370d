using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Storage.LongWork;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ClaimsEngine.Host.Http;

/// <summary>Which long works there are: for everybody the own ones, for operators all of their region.</summary>
public static class WorksEndpoint
{
    /// <summary>The newest so many are listed.</summary>
    private const int Most = 200;

    public static void MapWorks(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/works", List)
        .For().WithTags("works").WithName("ListWorks")
        .WithSummary("The newest long works: rosters, settlement feeds, what-ifs, audit packs. One's own; an operator sees all")
        .WithMetadata(new QueryValue("kind", "Only works of this kind", Type: typeof(string)))
        .Produces<All<WorkRow>>();

    private static async Task<IResult> List(HttpContext http, LongWorks works, EndpointDataSource endpoints)
    {
        var query = new QueryText(http.Request);
        var kind = query.Text("kind");
        if (query.Finish() is { } fault) return fault;
        var by = http.Actor()!;
        var found = await works.Newest(by.Is(Role.Operator) ? null : by.Id, by.Region.Value, kind, Most, http.RequestAborted);
        return Answers.Json(new All<WorkRow>([.. found.Select(work => new WorkRow(
            work.Id, work.Kind, work.Caller, RegionCode.Of(work.Region), work.Status, work.Done, work.Total, work.StartedAt,
            work.FinishedAt, AddressOf(work, endpoints)))]));
    }

    /// <summary>Where the work is shown; null where its address holds more than its own id.</summary>
    private static string? AddressOf(StoredWork work, EndpointDataSource endpoints) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ShowsWork>()?.Kind == work.Kind && endpoint.RoutePattern.Parameters.Count == 1)
        .Select(endpoint => Filled(endpoint.RoutePattern, work.Id)).FirstOrDefault();

    private static string Filled(RoutePattern pattern, Guid id) =>
        pattern.RawText!.Replace($"{{{pattern.Parameters[0].Name}}}", id.ToString(), StringComparison.Ordinal);
}

/// <param name="Kind">what it is, <c>roster</c></param>
/// <param name="Caller">who started it</param>
/// <param name="Done">steps done</param>
/// <param name="Total">steps in all; null while nobody knows</param>
/// <param name="Address">of the work itself; null where it belongs to another resource</param>
public sealed record WorkRow(
    Guid Id, string Kind, string Caller, RegionCode Region, WorkStatus Status, long Done, long? Total, Instant StartedAt,
    Instant? FinishedAt, string? Address);

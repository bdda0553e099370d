using System.Text.Json;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>One resource at a time, folded from its stream: always current, or as it was at a version or a moment.</summary>
public static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules)
    {
        foreach (var module in modules)
        foreach (var resource in module.Resources)
        {
            routes.MapGet(resource.Route, (HttpContext http, RecordRoom room) => Show(http, room, resource))
                .For(resource.Roles)
                .WithTags(module.Name).WithSummary(resource.Summary)
                .WithName($"Get{resource.AggregateType.Name}").WithMetadata(resource)
                .Produces(StatusCodes.Status200OK, resource.ViewType);
        }
    }

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, IResource resource)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        var version = query.Value<int>("version");
        if (version < 1) query.Fault("version", "is 1 or more");
        if (asOf is not null && version is not null) query.Fault("version", "and asOf exclude each other");
        if (query.Finish() is { } fault) return fault;

        var notFound = Answers.Problem(Refuse.NotFound(Named(resource)));
        if (resource.Identify((string)http.Request.RouteValues.Values.Last()!) is not { } stream) return notFound;
        var records = room.For(http.Actor()!, asOf, http.RequestAborted);
        AggregateState? state;
        if (version is null) state = await resource.Load(stream, null, records) as AggregateState;
        else (state, records) = await room.At(http.Actor()!, resource, stream, version.Value, http.RequestAborted);
        if (state is null) return notFound;
        var view = await resource.View(state, records);
        http.Response.SetETag(state.StreamVersion);
        return Answers.Json(view);
    }

    /// <summary>What it is called in a sentence: <c>relief fund</c>.</summary>
    private static string Named(IResource resource) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(resource.AggregateType.Name).Replace('_', ' ');
}

using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;

namespace ClaimsEngine.Host.Http;

/// <summary>One resource at a time, folded from its stream: always current, or as it was at a version or a moment.</summary>
public static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules)
    {
        foreach (var module in modules)
        foreach (var resource in module.Resources)
        {
            routes.MapGet(resource.Route, (HttpContext http, IEventStore store, IdentityKey key) => Show(http, store, key, resource))
                .For(resource.Roles)
                .WithTags(module.Name).WithSummary(resource.Summary)
                .WithMetadata(resource);
        }
    }

    private static async Task<IResult> Show(HttpContext http, IEventStore store, IdentityKey key, IResource resource)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        var version = query.Value<int>("version");
        if (version < 1) query.Blame("version", "is 1 or more");
        if (asOf is not null && version is not null) query.Blame("version", "and asOf exclude each other");
        if (query.Finish() is { } fault) return fault;

        var notFound = Answers.Problem(Refuse.NotFound(resource.AggregateType.Name.ToLowerInvariant()));
        if (resource.Identify((string)http.Request.RouteValues.Values.Last()!) is not { } stream) return notFound;
        var records = new Records(store, key, http.Actor()!, http.RequestAborted, asOf);
        IAggregate? state;
        if (version is null) state = await resource.Load(stream, null, records);
        else (state, records) = await Records.At(store, key, http.Actor()!, resource, stream, version.Value, http.RequestAborted);
        if (state is null) return notFound;
        var view = await resource.View(state, records);
        http.Response.SetETag(records.VersionOf(stream));
        return Answers.Json(view);
    }
}

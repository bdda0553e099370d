using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Http;

/// <summary>The auditor's view: the log itself as CloudEvents 1.0, one stream's history, and a decision computed again.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/audit/events", Events).For(Role.Auditor).WithTags("audit").WithSummary("The log in feed order, as CloudEvents");
        routes.MapGet("/api/audit/streams/{stream}", Stream).For(Role.Auditor).WithTags("audit").WithSummary("Every event of one stream: who, when, why");
        routes.MapGet("/api/audit/claims/{claim}/replay", Replay).For(Role.Auditor).WithTags("audit").WithSummary("The recorded assessment computed again, under the rules then in force");
    }

    private static async Task<IResult> Events(HttpContext http, IEventStore store)
    {
        var query = new QueryText(http.Request);
        var limit = query.Limit();
        var after = query.Value<FeedPosition>("after") ?? FeedPosition.Start;
        var filter = new FeedFilter(query.Value<Guid>("stream"), query.Text("type"), query.Text("user"), query.Moment("from"), query.Moment("to"), http.Actor()!.Region);
        if (query.Finish() is { } fault) return fault;

        var events = await store.ReadFeed(after, limit, filter, http.RequestAborted);
        var answer = new JsonObject { ["events"] = new JsonArray([.. events.Select(CloudEvent)]) };
        if (events.Count == limit) answer["next"] = events[^1].Position.ToString();
        return Answers.Text(answer.ToJsonString(ClaimsJson.Options));
    }

    private static async Task<IResult> Stream(HttpContext http, IEventStore store, string stream)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } fault) return fault;
        var events = Guid.TryParse(stream, out var id) ? await store.ReadStream(id, asOf: asOf, cancellation: http.RequestAborted) : [];
        // a person's events belong to the regions of the cases they came from
        events = [.. events.Where(recorded => Sees(http.Actor()!, recorded))];
        if (events.Count == 0) return Answers.Problem(Refuse.NotFound("stream"));
        http.Response.SetETag(events[^1].Version);
        return Answers.Text(new JsonObject
        {
            ["id"] = id, ["streamType"] = events[0].StreamType, ["version"] = events[^1].Version,
            ["events"] = new JsonArray([.. events.Select(CloudEvent)]),
        }.ToJsonString(ClaimsJson.Options));
    }

    private static async Task<IResult> Replay(HttpContext http, IEventStore store, IdentityKey key, string claim)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var records = new Records(store, key, http.Actor()!, http.RequestAborted);
        if (!Guid.TryParse(claim, out var id) || await records.Find<Claim>(id) is not { } found) return Answers.Problem(Refuse.NotFound("claim"));
        var plan = await records.Find<Plan>(PlanId.Of(found.Plan).Value);
        return Answers.Json(DecisionReplay.Of(found, plan!));
    }

    private static bool Sees(Actor actor, RecordedEvent recorded) =>
        !recorded.Metadata.Headers.TryGetValue(EventMetadata.RegionHeader, out var region) || region.StartsWith(actor.Region.Value, StringComparison.Ordinal);

    private static JsonNode CloudEvent(RecordedEvent recorded)
    {
        var node = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = recorded.Id,
            ["source"] = $"/streams/{recorded.StreamType}",
            ["type"] = recorded.Type,
            ["subject"] = recorded.Stream.ToString(),
            ["time"] = ClaimsJson.Text(recorded.RecordedAt),
            ["datacontenttype"] = "application/json",
            ["version"] = recorded.Version,
            ["position"] = recorded.Position.ToString(),
            ["user"] = recorded.Metadata.User,
            ["causation"] = recorded.Metadata.Causation,
            ["correlation"] = recorded.Metadata.Correlation,
        };
        foreach (var (name, value) in recorded.Metadata.Headers) node[name.ToLowerInvariant()] = value;
        node["data"] = JsonSerializer.SerializeToNode(recorded.Data, recorded.Data.GetType(), ClaimsJson.Options);
        return node;
    }
}

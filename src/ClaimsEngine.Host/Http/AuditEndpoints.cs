using ClaimsEngine.Host.Problems;
using System.Buffers;
using System.Text;
using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>Which end of the log is shown first.</summary>
public enum LogOrder { Oldest, Newest }

/// <summary>The auditor's view: the log itself as CloudEvents 1.0, one stream's history, and a decision computed again.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").WithTags("audit");
        audit.MapGet("/events", Events).For(Role.Auditor).WithName("ListEvents")
            .WithSummary("The log in feed order or newest first, as CloudEvents")
            .WithMetadata(
                new QueryValue("after", "next of the page before; from the beginning if not told", Type: typeof(long)),
                new QueryValue("order", "oldest (if not told) or newest first", Type: typeof(LogOrder)),
                new QueryValue("before", "With order=newest: next of the page before; from the newest if not told", Type: typeof(long)),
                new QueryValue("limit", "1 to 200, 50 if not given", Type: typeof(int)),
                new QueryValue("stream", "Events of this stream", Type: typeof(Guid)),
                new QueryValue("type", "Events of this type, like claim_approved"), new QueryValue("user", "Events that this user made"),
                new QueryValue("from", "Recorded at this instant or later", Type: typeof(Instant)),
                new QueryValue("to", "Recorded before this instant", Type: typeof(Instant)), new WaitsForPosition())
            .Produces<LogPage>();
        audit.MapGet("/streams/{stream}", Stream).For(Role.Auditor).WithName("GetStream")
            .WithSummary("Every event of one stream: who, when, why")
            .WithMetadata(QueryValue.AsOf)
            .Produces<StreamHistory>();
        audit.MapGet("/claims/{claim}/replay", Replay).For(Role.Auditor).WithName("ReplayAssessment")
            .WithSummary("The recorded assessment computed again, under the rules then in force")
            .Produces<DecisionReplay>();
        audit.MapGet("/claims/{claim}/draw", Drawn).For(Role.Auditor).WithName("RepeatDraw")
            .WithSummary("Whether the approved claim was drawn for a second look: the draw repeated from its inputs, and what is recorded")
            .Produces<DrawView>();
    }

    private static async Task<IResult> Events(HttpContext http, EventReader store, ReadModelUpkeep upkeep)
    {
        var query = new QueryText(http.Request);
        var limit = query.Limit();
        var (after, before) = (query.Value<long>("after"), query.Value<long>("before"));
        var newest = query.Value<LogOrder>("order") == LogOrder.Newest;
        if (newest && after is not null) query.Fault("after", "goes with order=oldest; newest first goes on with before");
        if (!newest && before is not null) query.Fault("before", "goes with order=newest");
        var filter = new FeedFilter(query.Value<Guid>("stream"), query.Text("type"), query.Text("user"), query.Moment("from"),
            query.Moment("to"), http.Actor()!.Region);
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, upkeep) is { } invalid) return invalid;

        var events = newest ? await store.ReadNewest(before, limit, filter, http.RequestAborted)
            : await store.ReadFeed(after ?? 0, limit, filter, http.RequestAborted);
        return Answers.Text(Json(json =>
        {
            Write(json, events);
            if (events.Count == limit) json.WriteNumber("next", events[^1].Position);
        }));
    }

    private static async Task<IResult> Stream(HttpContext http, EventReader store, string stream)
    {
        var query = new QueryText(http.Request);
        var asOf = query.Moment("asOf");
        if (query.Finish() is { } fault) return fault;
        var events = Guid.TryParse(stream, out var id) ? await store.ReadStream(id, asOf: asOf, cancellation: http.RequestAborted) : [];
        // a person's events belong to the regions of the cases they came from
        events = [.. events.Where(recorded => Sees(http.Actor()!, recorded))];
        if (events.Count == 0) return Answers.Problem(Refuse.NotFound("stream"));
        http.Response.SetETag(events[^1].Version);
        return Answers.Text(Json(json =>
        {
            json.WriteString("id", id);
            json.WriteString("streamType", events[0].StreamType);
            json.WriteNumber("version", events[^1].Version);
            Write(json, events);
        }));
    }

    private static async Task<IResult> Replay(HttpContext http, RecordRoom room, string claim)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        if (!Guid.TryParse(claim, out var id) || await records.Find<Claim>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("claim"));
        var plan = await records.Find<Plan>(PlanId.Of(found.Plan).Value);
        return DecisionReplay.Of(found, plan!) is { } replay ? Answers.Json(replay)
            : Answers.Problem(Refuse.NotFound("assessment: the claim has not been assessed"));
    }

    private static async Task<IResult> Drawn(HttpContext http, RecordRoom room, EventReader store, string claim)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        if (!Guid.TryParse(claim, out var id) || await records.Find<Claim>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("claim"));
        var events = await store.ReadStream(id, cancellation: http.RequestAborted);
        return DrawView.Of(found, events) is { } draw ? Answers.Json(draw)
            : Answers.Problem(Refuse.NotFound("draw: the claim has not been approved"));
    }

    private static bool Sees(Actor actor, RecordedEvent recorded) =>
        !recorded.Metadata.Headers.TryGetValue(EventMetadata.RegionHeader, out var region)
        || region.StartsWith(actor.Region.Value, StringComparison.Ordinal);

    private static void Write(Utf8JsonWriter json, IReadOnlyList<RecordedEvent> events)
    {
        json.WriteStartArray("events");
        foreach (var recorded in events) CloudEvents.Write(json, recorded);
        json.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ClaimsJson.Options.Encoder }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

using System.Buffers.Text;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Notifications;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Outbox;
using ClaimsEngine.Storage.Reading;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Http;

/// <summary>What was told outside: the deliveries of a webhook, the notices of a claim and of a region.</summary>
public static class OutboxEndpoints
{
    private static readonly Role[] Clerks = [Role.Officer, Role.Approver, Role.Auditor];

    private static readonly QueryValue Status = new("status", "Only those of this status", Type: typeof(DeliveryStatus));

    private static readonly QueryValue[] Paging =
        [new("limit", "1 to 200, 50 if not given", Type: typeof(int)), new("cursor", "next of the page before")];

    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        var outbox = routes.MapGroup("").WithTags("notifications");
        outbox.MapGet("/api/webhooks/{webhook}/deliveries", ListDeliveries).For(Role.Operator, Role.Auditor).WithName("ListDeliveries")
            .WithSummary("What a webhook was told and is to be told, in the order of the events")
            .WithMetadata([Status, .. Paging, new WaitsForPosition()]).Produces<Page<DeliveryView>>();
        outbox.MapPost("/api/webhooks/{webhook}/deliveries/{delivery}/replay", (HttpContext http, RecordRoom room, Deliveries deliveries,
                string webhook, string delivery) => Replay(http, room, deliveries, webhook, delivery))
            .For(Role.Operator).WithName("ReplayDelivery").WithSummary("Try a dead delivery again")
            .Produces<ReplayForm>().ProducesProblem(StatusCodes.Status409Conflict);
        outbox.MapPost("/api/webhooks/{webhook}/replays", (HttpContext http, RecordRoom room, Deliveries deliveries, string webhook) =>
                Replay(http, room, deliveries, webhook, null))
            .For(Role.Operator).WithName("ReplayDeliveries").WithSummary("Try all dead deliveries of a webhook again")
            .Produces<ReplayForm>().ProducesProblem(StatusCodes.Status409Conflict);
        outbox.MapGet("/api/notices", ListNotices).For(Clerks).WithName("ListNotices")
            .WithSummary("What people were told and are to be told, in the order of the events; without the texts")
            .WithMetadata([Status, new QueryValue("region", "GB/T 2260 code or its prefix: the notices in that place",
                Type: typeof(RegionCode)), .. Paging, new WaitsForPosition()]).Produces<Page<NoticeRow>>();
        outbox.MapGet("/api/claims/{claim}/notices", ShowNotices).For(Clerks).WithName("GetClaimNotices")
            .WithSummary("The notices of a claim, with their texts as they read now")
            .WithMetadata(new QueryValue("language", "zh or en; the organiser's if not given", Values: ["zh", "en"]),
                new WaitsForPosition())
            .Produces<All<NoticeView>>();
        outbox.MapPost("/api/claims/{claim}/notices/{notice}/replay", ReplayNotice).For(Role.Officer).WithName("ReplayNotice")
            .WithSummary("Try a dead notice again").Produces<ReplayForm>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListDeliveries(
        HttpContext http, RecordRoom room, Deliveries deliveries, ClaimsStorage storage, string webhook)
    {
        var (page, fault) = PageOf(new QueryText(http.Request));
        if (page is null) return fault!;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        if (await Found<Webhook>(http, room, webhook) is not { } found) return Answers.Problem(Refuse.NotFound("webhook"));
        var rows = await deliveries.Of(found.StreamId, page.Status, page.After, page.Limit, http.RequestAborted);
        return PageAnswer(rows, page, DeliveryView.Of);
    }

    private static async Task<IResult> Replay(HttpContext http, RecordRoom room, Deliveries deliveries, string webhook, string? delivery)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        if (await Found<Webhook>(http, room, webhook) is not { } found) return Answers.Problem(Refuse.NotFound("webhook"));
        if (found.Gone() is { } gone) return Answers.Problem(gone);
        if (delivery is null) return Answers.Json(new ReplayForm(await deliveries.Replay(found.StreamId, null, http.RequestAborted)));
        return await One(deliveries, found.StreamId, delivery, "delivery", http.RequestAborted);
    }

    private static async Task<IResult> ReplayNotice(HttpContext http, RecordRoom room, Deliveries deliveries, string claim, string notice)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        return await Found<Claim>(http, room, claim) is { } found
            ? await One(deliveries, found.StreamId, notice, "notice", http.RequestAborted) : Answers.Problem(Refuse.NotFound("claim"));
    }

    private static async Task<IResult> One(Deliveries deliveries, Guid target, string which, string what, CancellationToken cancellation)
    {
        if (Module.ById(which) is not { } id || !await deliveries.Has(target, id, cancellation))
            return Answers.Problem(Refuse.NotFound(what));
        return await deliveries.Replay(target, id, cancellation) is > 0 and var count ? Answers.Json(new ReplayForm(count))
            : Answers.Problem(new Refusal(Refuse.WrongState, $"the {what} is not dead"));
    }

    private static async Task<IResult> ListNotices(HttpContext http, Deliveries deliveries, ClaimsStorage storage)
    {
        var query = new QueryText(http.Request);
        var region = query.Value<RegionCode>("region") ?? RegionCode.National;
        var (page, fault) = PageOf(query);
        if (page is null) return fault!;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        // of two places one lies in the other, or they have nothing in common
        var own = http.Actor()!.Region;
        var place = own.Contains(region) ? region : region.Contains(own) ? own : (RegionCode?)null;
        var rows = place is { } within
            ? await deliveries.Notices(within, page.Status, page.After, page.Limit, http.RequestAborted) : [];
        return PageAnswer(rows, page, NoticeRow.Of);
    }

    private static async Task<IResult> ShowNotices(
        HttpContext http, RecordRoom room, Deliveries deliveries, ToldEvents told, IOptions<NoticeSettings> settings, ClaimsStorage storage,
        string claim)
    {
        var query = new QueryText(http.Request);
        var language = query.Text("language") ?? settings.Value.Language;
        if (language is not ("zh" or "en")) query.Fault("language", "is zh or en");
        if (query.Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        if (await Found<Claim>(http, room, claim) is not { } found) return Answers.Problem(Refuse.NotFound("claim"));
        http.Response.SetETag(found.StreamVersion);
        var rows = await deliveries.Of(found.StreamId, null, null, 200, http.RequestAborted);
        return Answers.Json(new All<NoticeView>([.. (await told.Notices(rows, language, http.RequestAborted)).Select(NoticeView.Of)]));
    }

    private static async Task<T?> Found<T>(HttpContext http, RecordRoom room, string text) where T : AggregateState, IAggregate<T> =>
        Module.ById(text) is { } id ? await room.For(http.Actor()!, cancellation: http.RequestAborted).Find<T>(id) : null;

    private sealed record Asked(DeliveryStatus? Status, Guid? After, int Limit);

    private static (Asked? Page, ProblemDocument? Fault) PageOf(QueryText query)
    {
        var (status, limit) = (query.Value<DeliveryStatus>("status"), query.Limit());
        Guid? after = null;
        if (query.Text("cursor") is { } cursor)
        {
            after = ListQuery.Decode(cursor);
            if (after is null) query.Fault("cursor", "is none that this list gave");
        }
        return query.Finish() is { } fault ? (null, fault) : (new Asked(status, after, limit), null);
    }

    private static IResult PageAnswer<T>(IReadOnlyList<Delivery> rows, Asked page, Func<Delivery, T> view) => Answers.Json(new Page<T>(
        [.. rows.Select(view)], rows.Count == page.Limit ? Base64Url.EncodeToString(rows[^1].Id.ToByteArray()) : null));
}

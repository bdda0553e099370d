using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Notifications;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Outbox;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <param name="Batch">its id is the <c>Idempotency-Key</c> of every try</param>
/// <param name="Number">of the batch: the <c>Message-Id</c> of every try, and the message id of ISO 20022</param>
/// <param name="Bank">code of the bank's data</param>
/// <param name="Attempts">tries so far</param>
/// <param name="Answer">HTTP status of the last answer; absent where none came</param>
/// <param name="Note">why the last try failed: refused, timeout, no-connection, forbidden-address, no-gateway; why nothing is sent: code
/// of a refusal, has-results, or too-late where the release was a day old before it could be sent</param>
/// <param name="NextAt">when it is tried next; absent when it is not</param>
internal sealed record BankDeliveryView(
    PaymentBatchId Batch, string Number, string Bank, RegionCode Region, DeliveryStatus Status, int Attempts, int? Answer, string? Note,
    Instant? NextAt, Instant RecordedAt, Instant? EndedAt);

/// <summary>Whether the bank was told of a released batch, where it is told over a gateway.</summary>
public static class BankDeliveryEndpoints
{
    public static void MapBankDeliveries(this IEndpointRouteBuilder routes)
    {
        var payouts = routes.MapGroup("").WithTags("payouts");
        payouts.MapGet("/api/payment-batches/{batch}/delivery", Show).For(Role.Finance, Role.Operator, Role.Auditor)
            .WithName("GetBankDelivery")
            .WithSummary("Whether the bank has a released batch; not found where its file is handed over by finance")
            .WithMetadata(new WaitsForPosition()).Produces<BankDeliveryView>();
        payouts.MapPost("/api/payment-batches/{batch}/delivery/replay", Replay).For(Role.Finance, Role.Operator)
            .WithName("ReplayBankDelivery")
            .WithSummary("Try again to tell the bank of a batch, where no try was left; under the same key, so that it is taken once")
            .Produces<ReplayForm>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Show(HttpContext http, RecordRoom room, Deliveries deliveries, ClaimsStorage storage, string batch)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        if (await ListEndpoints.Waited(http, storage.Upkeep) is { } invalid) return invalid;
        var (found, delivery) = await Found(http, room, deliveries, batch);
        return found is null ? Answers.Problem(Refuse.NotFound("payment batch"))
            : delivery is null ? Answers.Problem(Refuse.NotFound("delivery"))
            : Answers.Json(new BankDeliveryView(
                found.Id, found.Number, BankProfile.Of(found).Code, delivery.Region, delivery.Status, delivery.Attempts, delivery.Answer,
                delivery.Note, delivery.NextAt, delivery.RecordedAt, delivery.EndedAt));
    }

    private static async Task<IResult> Replay(HttpContext http, RecordRoom room, Deliveries deliveries, string batch)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        var (found, delivery) = await Found(http, room, deliveries, batch);
        if (found is null) return Answers.Problem(Refuse.NotFound("payment batch"));
        if (delivery is null) return Answers.Problem(Refuse.NotFound("delivery"));
        return await deliveries.Replay(found.StreamId, delivery.Id, http.RequestAborted) is > 0 and var count
            ? Answers.Json(new ReplayForm(count)) : Answers.Problem(new Refusal(Refuse.WrongState, "the delivery is not dead"));
    }

    private static async Task<(PaymentBatch? Batch, Delivery? Delivery)> Found(
        HttpContext http, RecordRoom room, Deliveries deliveries, string batch)
    {
        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        if (Module.ById(batch) is not { } id || await records.Find<PaymentBatch>(id) is not { } found) return (null, null);
        return (found, (await deliveries.Of(id, null, null, 1, http.RequestAborted)).SingleOrDefault());
    }
}

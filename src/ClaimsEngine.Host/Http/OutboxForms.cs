using ClaimsEngine.Notifications;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.Storage.Outbox;

namespace ClaimsEngine.Host.Http;

/// <param name="Id">of the delivery</param>
/// <param name="Event">the <c>webhook-id</c>, the same at every try</param>
/// <param name="Attempts">tries so far</param>
/// <param name="Answer">HTTP status of the last answer; absent where none came</param>
/// <param name="Note">why the last try failed: refused, timeout, no-connection, forbidden-address</param>
/// <param name="NextAt">when it is tried next; absent when it is not</param>
internal sealed record DeliveryView(
    Guid Id, Guid Event, string Type, Guid Subject, RegionCode Region, DeliveryStatus Status, int Attempts, int? Answer, string? Note,
    Instant? NextAt, Instant RecordedAt, Instant? EndedAt)
{
    public static DeliveryView Of(Delivery delivery) => new(
        delivery.Id, delivery.Event, delivery.Type, delivery.Stream, delivery.Region, delivery.Status, delivery.Attempts, delivery.Answer,
        delivery.Note, delivery.NextAt, delivery.RecordedAt, delivery.EndedAt);
}

/// <param name="Note">why the last try failed, or how the person was told by hand</param>
internal sealed record NoticeRow(
    NoticeId Id, ClaimId Claim, string Event, RegionCode Region, DeliveryStatus Status, int Attempts, int? Answer, string? Note,
    Instant? NextAt, Instant RecordedAt, Instant? EndedAt)
{
    public static NoticeRow Of(Delivery delivery) => new(
        new NoticeId(delivery.Id), new ClaimId(delivery.Target), delivery.Type, delivery.Region, delivery.Status, delivery.Attempts,
        delivery.Answer, delivery.Note, delivery.NextAt, delivery.RecordedAt, delivery.EndedAt);
}

/// <param name="To">the claimant, or the payee of a payout</param>
/// <param name="HasPhone">whether a number is on record now</param>
/// <param name="Text">as it reads now, with the name that is on record</param>
internal sealed record NoticeView(
    NoticeId Id, NoticeKind Kind, PersonId To, bool HasPhone, string Text, string Event, DeliveryStatus Status, int Attempts, int? Answer,
    string? Note, Instant? NextAt, Instant RecordedAt, Instant? EndedAt)
{
    public static NoticeView Of(ToldNotice told)
    {
        var delivery = told.Delivery;
        return new NoticeView(
            new NoticeId(delivery.Id), told.Notice.Kind, told.Notice.To, told.Phone is not null, told.Text, delivery.Type,
            delivery.Status, delivery.Attempts, delivery.Answer, delivery.Note, delivery.NextAt, delivery.RecordedAt, delivery.EndedAt);
    }
}

/// <param name="Count">so many are tried again</param>
internal sealed record ReplayForm(int Count);

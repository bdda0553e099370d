using ClaimsEngine.Notifications;

namespace ClaimsEngine.Storage.Outbox;

/// <summary>Something that is told outside.</summary>
/// <param name="Id">for a bank the batch's own id, so that there is one at most</param>
/// <param name="Target">the webhook, the claim that a notice is about, or the batch that a bank is told of</param>
/// <param name="Event">id of the event: the <c>webhook-id</c>, and the id of a notice</param>
/// <param name="Stream">the claim, the payout or the batch whose event it is</param>
/// <param name="Version">of that stream with the event</param>
/// <param name="Type">public name of the event</param>
/// <param name="NextAt">when it is tried next, at the latest; null when it is not tried, or not before its webhook is resumed</param>
/// <param name="Answer">HTTP status of the last answer; null where none came</param>
/// <param name="Note">why the last try failed, or how a person was told by hand</param>
public sealed record Delivery(
    Guid Id, DeliveryChannel Channel, Guid Target, Guid Event, Guid Stream, long Version, long Position, string Type, RegionCode Region,
    Instant RecordedAt, DeliveryStatus Status, int Attempts, Instant? NextAt, int? Answer, string? Note, Instant? EndedAt);

/// <summary>Where a webhook's events go and what signs them.</summary>
/// <param name="Secret">number of the secret</param>
/// <param name="OldUntil">until then the secret before signs as well</param>
public sealed record WebhookAddress(string Url, int Secret, Instant? OldUntil);

using ClaimsEngine.Notifications;

namespace ClaimsEngine.Console.Pages.Claims.Told;

/// <summary>What a person was told or is to be told of a claim or a payout, as the API lists it: without the text.</summary>
/// <param name="Event">that they are told of: <c>claim_approved</c></param>
/// <param name="Answer">the gateway's last status; null where it gave none</param>
public sealed record NoticeLine(
    Guid Id, ClaimId Claim, string Event, RegionCode Region, DeliveryStatus Status, int Attempts, int? Answer, string? Note,
    Instant? NextAt, Instant RecordedAt, Instant? EndedAt);

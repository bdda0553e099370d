namespace ClaimsEngine.Notifications;

/// <summary>All webhooks. Holds no secret.</summary>
public sealed record WebhookRow(
    string Url,
    [property: Column("public names of events, or patterns such as claim.*"), JsonColumn] IReadOnlyList<string> Events,
    [property: Column("GB/T 2260 code or prefix: events of this region and of all below it")] RegionCode Region,
    [property: Column("active, paused or removed")] WebhookStatus Status,
    [property: Column("place in the feed after which its events begin")] long Since,
    [property: Column("number of the secret that signs, from 1")] int Secret,
    [property: Column("until then the secret before signs as well")] Instant? OldSecretUntil);

public static class WebhookList
{
    public static readonly ReadModel<WebhookRow> Model = new(
        "webhooks", "Platforms that are told of events; no secrets", Webhook.StreamType, Evolve, "status, region, id");

    public static WebhookRow? Evolve(WebhookRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        WebhookRegistered e => new WebhookRow(e.Url, e.Events, e.Region, WebhookStatus.Active, recorded.Position, 1, null),
        _ when row is null => null,
        WebhookSecretRotated e => row with { Secret = e.Secret, OldSecretUntil = e.OldUntil },
        WebhookPaused => row with { Status = WebhookStatus.Paused },
        WebhookResumed => row with { Status = WebhookStatus.Active },
        WebhookRemoved => row with { Status = WebhookStatus.Removed },
        _ => row,
    };
}

namespace ClaimsEngine.Notifications;

/// <summary>A platform is told of events from now on. The secret that signs them stands nowhere: it follows from the engine's own key, the
/// webhook's id and the number of the secret.</summary>
/// <param name="Url">where events are posted to</param>
/// <param name="Events">public names, or patterns such as <c>claim.*</c></param>
/// <param name="Region">events of this region and of all below it</param>
public sealed record WebhookRegistered(WebhookId Webhook, string Url, IReadOnlyList<string> Events, RegionCode Region, string By);

/// <param name="Secret">number of the new secret, from 2</param>
/// <param name="OldUntil">until then the secret before it signs as well</param>
public sealed record WebhookSecretRotated(int Secret, Instant OldUntil, string By);

/// <summary>Nothing is sent until it is resumed; what happens meanwhile is kept for it.</summary>
public sealed record WebhookPaused(string Reason, string By);

public sealed record WebhookResumed(string By);

/// <summary>Nothing is sent any more, not even what was waiting.</summary>
public sealed record WebhookRemoved(string By);

namespace ClaimsEngine.Notifications;

public enum WebhookStatus { Active, Paused, Removed }

/// <summary>A platform that is told of events: active ⇄ paused → removed.</summary>
/// <param name="Secret">number of the secret that signs, from 1</param>
/// <param name="OldSecretUntil">until then the secret before signs as well; null when it was never changed</param>
/// <param name="Reason">why it is paused; null when it is not</param>
public sealed record Webhook(
    WebhookId Id, string Url, IReadOnlyList<string> Events, RegionCode Region, WebhookStatus Status, int Secret, Instant? OldSecretUntil,
    string? Reason, string RegisteredBy) : AggregateState, IAggregate<Webhook>
{
    public static string StreamType => "webhook";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>An address is told once of what happens in a region, however it is written.</summary>
    public static UniqueKey AddressKey(string url, RegionCode region) =>
        new("webhook-address", NamedGuid.Of("webhook-address", $"{region}/{new Uri(url).AbsoluteUri}").ToString());

    /// <summary>Nothing can be done with one that was removed.</summary>
    public Refusal? Gone() => Status == WebhookStatus.Removed ? Refuse.WrongStateOf("webhook", Status, "active", "paused") : null;

    public static Webhook? Evolve(Webhook? state, object @event) => @event switch
    {
        WebhookRegistered e => new Webhook(e.Webhook, e.Url, e.Events, e.Region, WebhookStatus.Active, 1, null, null, e.By),
        _ when state is null => null,
        WebhookSecretRotated e => state with { Secret = e.Secret, OldSecretUntil = e.OldUntil },
        WebhookPaused e => state with { Status = WebhookStatus.Paused, Reason = e.Reason },
        WebhookResumed => state with { Status = WebhookStatus.Active, Reason = null },
        WebhookRemoved => state with { Status = WebhookStatus.Removed, Reason = null },
        _ => state,
    };
}

/// <param name="SecretNumber">of the secret that signs, from 1</param>
/// <param name="OldSecretUntil">until then the secret before signs as well</param>
/// <param name="Reason">why it is paused</param>
/// <param name="Secret">shown once, by the answer that made it: <c>whsec_</c> and 32 bytes in base64</param>
public sealed record WebhookView(
    WebhookId Id, string Url, IReadOnlyList<string> Events, RegionCode Region, WebhookStatus Status, int SecretNumber,
    Instant? OldSecretUntil, string? Reason, string RegisteredBy, string? Secret = null)
{
    public static Task<WebhookView> Of(Webhook webhook, IRecords records) => Task.FromResult(new WebhookView(
        webhook.Id, webhook.Url, webhook.Events, webhook.Region, webhook.Status, webhook.Secret, webhook.OldSecretUntil, webhook.Reason,
        webhook.RegisteredBy));
}

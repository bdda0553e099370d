namespace ClaimsEngine.Notifications;

/// <summary>Another secret signs from now on. The one before signs as well for a day, so that the platform can change over.</summary>
public sealed record RotateWebhookSecret(WebhookId Webhook) : Command;

public static class RotateWebhookSecretHandler
{
    public static Task<Webhook> LoadAsync(RotateWebhookSecret command, IUseCaseContext context) =>
        context.Get<Webhook>(command.Webhook.Value);

    public static Decision Handle(RotateWebhookSecret command, Webhook webhook, Actor by, Instant now) =>
        webhook.Gone() is { } gone ? gone
        : Decision.On(webhook, new WebhookSecretRotated(webhook.Secret + 1, now + Duration.FromDays(1), by.Id));
}

namespace ClaimsEngine.Notifications;

/// <summary>Sends nothing any more, not even what is waiting. Its address may be registered again.</summary>
public sealed record RemoveWebhook(WebhookId Webhook) : Command;

public static class RemoveWebhookHandler
{
    public static Task<Webhook> LoadAsync(RemoveWebhook command, IUseCaseContext context) => context.Get<Webhook>(command.Webhook.Value);

    public static Decision Handle(RemoveWebhook command, Webhook webhook, Actor by) =>
        webhook.Status == WebhookStatus.Removed ? Decision.Nothing
        : Decision.On(webhook, new WebhookRemoved(by.Id)).Releasing(Webhook.AddressKey(webhook.Url, webhook.Region), webhook.StreamId);
}

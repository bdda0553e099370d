namespace ClaimsEngine.Notifications;

/// <summary>Sends again, what was kept while it was paused first.</summary>
public sealed record ResumeWebhook(WebhookId Webhook) : Command;

public static class ResumeWebhookHandler
{
    public static Task<Webhook> LoadAsync(ResumeWebhook command, IUseCaseContext context) => context.Get<Webhook>(command.Webhook.Value);

    public static Decision Handle(ResumeWebhook command, Webhook webhook, Actor by) =>
        webhook.Gone() is { } gone ? gone
        : webhook.Status == WebhookStatus.Active ? Decision.Nothing
        : Decision.On(webhook, new WebhookResumed(by.Id));
}

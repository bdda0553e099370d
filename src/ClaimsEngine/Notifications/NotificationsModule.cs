namespace ClaimsEngine.Notifications;

public static class NotificationsModule
{
    public static Module Create() => new Module("notifications")
        .Stores<Webhook>(
            typeof(WebhookRegistered), typeof(WebhookSecretRotated), typeof(WebhookPaused), typeof(WebhookResumed), typeof(WebhookRemoved))
        .Creates<RegisterWebhook, Webhook>("/api/webhooks", Role.Operator, "Tell a platform of events from now on")
        .On<RotateWebhookSecret, Webhook>("/api/webhooks/{webhook}/secret", Role.Operator, c => c.Webhook.Value,
            "Sign with another secret; the one before signs as well for a day")
        .On<PauseWebhook, Webhook>("/api/webhooks/{webhook}/pause", Role.Operator, c => c.Webhook.Value,
            "Send nothing until it is resumed, and keep what happens meanwhile")
        .On<ResumeWebhook, Webhook>("/api/webhooks/{webhook}/resumption", Role.Operator, c => c.Webhook.Value, "Send again")
        .On<RemoveWebhook, Webhook>("/api/webhooks/{webhook}/removal", Role.Operator, c => c.Webhook.Value, "Send nothing any more")
        .Shows<Webhook, WebhookView>("/api/webhooks/{webhook}", Module.ById, webhook => $"/api/webhooks/{webhook.Id}", WebhookView.Of,
            "A webhook, without its secret", Role.Operator, Role.Auditor)
        .Projects(WebhookList.Model)
        .Offers(new ListRoute("/api/webhooks", WebhookList.Model, nameof(WebhookRow.Region), "The webhooks", [Role.Operator, Role.Auditor],
            new ListFilter("status", nameof(WebhookRow.Status)),
            new ListFilter("region", nameof(WebhookRow.Region), ListMatch.RegionPrefix)));
}

using FluentValidation;

namespace ClaimsEngine.Notifications;

/// <summary>Sends nothing until it is resumed. What happens meanwhile is kept for it, for as many days as the
/// outbox keeps deliveries (<c>Outbox:KeepDays</c>).</summary>
public sealed record PauseWebhook(WebhookId Webhook, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<PauseWebhook>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
    }
}

public static class PauseWebhookHandler
{
    public static Task<Webhook> LoadAsync(PauseWebhook command, IUseCaseContext context) => context.Get<Webhook>(command.Webhook.Value);

    public static Decision Handle(PauseWebhook command, Webhook webhook, Actor by) =>
        webhook.Gone() is { } gone ? gone
        : webhook.Status == WebhookStatus.Paused ? Decision.Nothing
        : Decision.On(webhook, new WebhookPaused(command.Reason, by.Id));
}

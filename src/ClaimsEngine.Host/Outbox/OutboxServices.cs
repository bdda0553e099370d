using ClaimsEngine.Notifications;
using ClaimsEngine.Storage;

namespace ClaimsEngine.Host.Outbox;

public static class OutboxServices
{
    /// <summary>What sends webhooks, notices and batches. Processes that serve do so; one that runs a verb leaves it to them.</summary>
    public static async Task AddOutbox(this IHostApplicationBuilder builder, ClaimsStorage storage, CancellationToken cancellation)
    {
        _ = NoticeTexts.All;   // a text that cannot be told stops the start, not the notice
        var services = builder.Services;
        services.AddOptions<OutboxSettings>().BindConfiguration("Outbox")
            .Validate(settings => settings.IsValid, "Outbox: every value is above 0, and LeaseSeconds above both timeouts.")
            .ValidateOnStart();
        services.AddOptions<WebhookSettings>().BindConfiguration("Webhooks");
        services.AddOptions<NoticeSettings>().BindConfiguration("Notices")
            .Validate(settings => settings.IsValid, "Notices: Language is zh or en, and GatewayUrl an address of http or https.")
            .ValidateOnStart();
        services.AddSingleton(new WebhookSecrets(WebhookSecrets.KeyOf(builder.Configuration["Webhooks:Key"])
            ?? await storage.Keys.Secret("webhooks", cancellation)));
        services.AddSingleton<ToldEvents>();
        services.AddSingleton<INoticeGateway, HttpNoticeGateway>();
        services.AddSingleton<IOutlet, WebhookOutlet>();
        services.AddSingleton<IOutlet, NoticeOutlet>();
        services.AddSingleton(BankGateways.Of(builder.Configuration));
        services.AddSingleton<IOutlet, BankOutlet>();
        services.AddHostedService<DeliverySender>();
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Notifications;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Outbox;
using Microsoft.Extensions.Options;
using StandardWebhooks;

namespace ClaimsEngine.Host.Outbox;

/// <summary>Posts events to platforms as Standard Webhooks says. Several are sent at once and some are tried again, so they may come in
/// another order: <c>version</c> and <c>position</c> of the body tell the right one.</summary>
public sealed class WebhookOutlet(
    Deliveries deliveries, ToldEvents told, WebhookSecrets secrets, CommandDesk desk, IClock clock, IOptions<WebhookSettings> settings,
    IHostEnvironment environment) : IOutlet, IDisposable
{
    private static readonly Actor Engine = new(EngineActors.Webhooks, [Role.Operator], RegionCode.National);

    private static readonly IUseCase Pause = ClaimsEngine.Engine.Modules.SelectMany(module => module.UseCases)
        .Single(useCase => useCase.CommandType == typeof(PauseWebhook));

    private readonly HttpMessageInvoker http =
        new(GuardedHttp.Handler(environment.IsDevelopment(), settings.Value.InternalHosts));

    public DeliveryChannel Channel => DeliveryChannel.Webhook;

    public async Task<Attempt> Try(Delivery delivery, CancellationToken cancellation)
    {
        if (await deliveries.AddressOf(delivery.Target, cancellation) is not { } address) return new Attempt(null, null, "not-active");
        var body = await told.Body(delivery, cancellation);
        var (id, now) = (delivery.Event.ToString(), clock.GetCurrentInstant());
        var signatures = Numbers(address, now).Select(number =>
            new StandardWebhook(secrets.Of(delivery.Target, number)).Sign(id, now.ToDateTimeOffset(), body));
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Url);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', signatures));
        var attempt = await GuardedHttp.Send(http, request, cancellation);
        if (attempt.Answer == (int)HttpStatusCode.Gone) await PauseIt(delivery.Target, cancellation);
        return attempt;
    }

    public void Dispose() => http.Dispose();

    /// <summary>Numbers of the secrets that sign now.</summary>
    private static int[] Numbers(WebhookAddress address, Instant now) =>
        address.OldUntil > now ? [address.Secret, address.Secret - 1] : [address.Secret];

    /// <summary>Standard Webhooks: who answers 410 Gone is not to be asked again.</summary>
    private async Task PauseIt(Guid webhook, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string> { ["webhook"] = webhook.ToString() };
        var path = Pause.Route.Replace("{webhook}", webhook.ToString(), StringComparison.Ordinal);
        await desk.Execute(new CommandRequest(Pause, path, values, """{"reason":"the address answered 410 Gone"}"""u8.ToArray(), Engine,
            VersionMatch.Any, null, $"webhook/{webhook}"), cancellation);
    }
}

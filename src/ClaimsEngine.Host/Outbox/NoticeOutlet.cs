using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClaimsEngine.Notifications;
using ClaimsEngine.Storage.Outbox;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Outbox;

/// <summary>Sends text messages.</summary>
public interface INoticeGateway
{
    /// <param name="id">the same at every try, so that the gateway can drop a repetition</param>
    Task<Attempt> Send(Guid id, string phone, string text, CancellationToken cancellation);
}

/// <summary>Posts <c>{id, phone, text}</c> to the organiser's gateway. Its address is configured, so it may lie in the own
/// network.</summary>
public sealed class HttpNoticeGateway(IOptions<NoticeSettings> settings) : INoticeGateway, IDisposable
{
    private readonly HttpMessageInvoker http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) });

    public async Task<Attempt> Send(Guid id, string phone, string text, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Value.GatewayUrl);
        if (settings.Value.GatewayToken is { Length: > 0 } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { id, phone, text }, ClaimsJson.Options), Encoding.UTF8, "application/json");
        return await GuardedHttp.Send(http, request, cancellation);
    }

    public void Dispose() => http.Dispose();
}

/// <summary>Tells people by text message what became of their claims.</summary>
public sealed class NoticeOutlet(ToldEvents told, INoticeGateway gateway, IOptions<NoticeSettings> settings) : IOutlet
{
    public DeliveryChannel Channel => DeliveryChannel.Notice;

    public async Task<Attempt> Try(Delivery delivery, CancellationToken cancellation)
    {
        // Rows from a time when there was a gateway: without one a person of the office tells them.
        if (string.IsNullOrWhiteSpace(settings.Value.GatewayUrl)) return new Attempt(DeliveryStatus.Unsent);
        return await told.Notices([delivery], settings.Value.Language, cancellation) is [{ Phone: { } phone } notice]
            ? await gateway.Send(delivery.Event, phone, notice.Text, cancellation)
            : new Attempt(DeliveryStatus.NoAddress);
    }
}

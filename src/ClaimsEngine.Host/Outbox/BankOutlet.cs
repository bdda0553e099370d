using System.Net.Http.Headers;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Notifications;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Outbox;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Outbox;

/// <summary>
/// Tells a bank of a released batch: posts its file, made at the moment of sending, so that no account stands in the outbox. Every try has
/// the same <c>Idempotency-Key</c> (the batch's id), the same <c>Message-Id</c> (its number) and the same bytes: the bank takes it once,
/// however often a sender is killed before it has noted the answer.
/// </summary>
public sealed class BankOutlet(RecordRoom room, BankGateways gateways, IHostEnvironment environment) : IOutlet, IDisposable
{
    /// <summary>The bank has answered line by line already, so it has the file.</summary>
    public const string HasResults = "has-results";

    /// <summary>No gateway of the batch's bank is set in this process any more.</summary>
    public const string NoGateway = "no-gateway";

    private static readonly Actor Engine = new(EngineActors.BankGateway, [Role.Finance], RegionCode.National);

    private readonly HttpMessageInvoker http = new(GuardedHttp.Handler(environment.IsDevelopment(), gateways.InternalHosts));

    public DeliveryChannel Channel => DeliveryChannel.Bank;

    public async Task<Attempt> Try(Delivery delivery, CancellationToken cancellation)
    {
        var records = room.For(Engine, cancellation: cancellation);
        var batch = await records.Get<PaymentBatch>(delivery.Stream);
        if (batch.Results.Count > 0) return new Attempt(DeliveryStatus.Cancelled, Note: HasResults);
        var bank = BankProfile.Of(batch);
        if (gateways.Find(bank.Code) is not { } gateway) return new Attempt(null, Note: NoGateway);
        var (file, refusal) = await ReleasedFile.Of(batch, bank, bank.SentAs, records);
        // What differs from the release is never sent, however often it is tried: a person looks at it.
        if (file is null) return new Attempt(DeliveryStatus.Dead, Note: refusal!.Rule.Code);

        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url);
        request.Content = new ByteArrayContent(file.Bytes);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(file.MediaType);
        request.Content.Headers.Add("Content-Digest", file.Digest);
        request.Headers.Add("Idempotency-Key", batch.Id.ToString());
        request.Headers.Add("Message-Id", batch.Number);
        if (gateway.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await GuardedHttp.Send(http, request, cancellation);
    }

    public void Dispose() => http.Dispose();
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClaimsEngine.Host.Tests.Outbox;

/// <summary>What the engine sent to a platform or a gateway.</summary>
/// <param name="Nth">of the requests of this id, from 1</param>
internal sealed record Sent(string Id, int Nth, IHeaderDictionary Headers, string Body);

/// <summary>Somebody outside who is told: writes down every request and answers as the test says. The system chooses the
/// port.</summary>
internal sealed class FakePlatform : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, int> tries = new();
    private int open;

    private FakePlatform(WebApplication app) => this.app = app;

    /// <summary>The status of the answer to a request. It may wait as long as it likes.</summary>
    public Func<Sent, CancellationToken, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(200);

    /// <summary>How a request is identified.</summary>
    public Func<IHeaderDictionary, string, string> IdOf { get; init; } = (headers, _) => headers["webhook-id"].ToString();

    public ConcurrentQueue<Sent> Requests { get; } = new();

    /// <summary>The requests that were answered with 2xx.</summary>
    public ConcurrentQueue<Sent> Taken { get; } = new();

    /// <summary>Requests that wait for their answer now.</summary>
    public int Open => Volatile.Read(ref open);

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/told";

    public static async Task<FakePlatform> Start(Func<IHeaderDictionary, string, string>? idOf = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = idOf is null ? new FakePlatform(app) : new FakePlatform(app) { IdOf = idOf };
        app.MapPost("/told", platform.Take);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return platform;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        Interlocked.Increment(ref open);
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            // The headers go back to a pool after the request.
            var headers = new HeaderDictionary(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value));
            var id = IdOf(headers, body);
            var sent = new Sent(id, tries.AddOrUpdate(id, 1, (_, before) => before + 1), headers, body);
            Requests.Enqueue(sent);
            var status = await Answer(sent, http.RequestAborted);
            http.Response.StatusCode = status;
            if (status == 302) http.Response.Headers.Location = Url;
            if (status is >= 200 and < 300) Taken.Enqueue(sent);
        }
        catch (OperationCanceledException)
        {
            // the engine, or its process, did not wait for the answer
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}

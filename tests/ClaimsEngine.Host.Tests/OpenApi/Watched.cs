using ClaimsEngine.Host.Tests.Api;

namespace ClaimsEngine.Host.Tests.OpenApi;

/// <summary>The generated client's way to the host: requests of one person, and the last answer.</summary>
internal sealed class Watched : IDisposable
{
    private readonly Handler handler;

    public Watched(Caller by)
    {
        handler = new Handler(by);
        Http = new HttpClient(handler) { BaseAddress = new Uri("http://the-host/") };
    }

    public HttpClient Http { get; }

    public Reply? Answer => handler.Answer;

    /// <summary>The body of the last request.</summary>
    public string Sent => handler.Sent;

    public void Dispose() => Http.Dispose();

    private sealed class Handler(Caller by) : HttpMessageHandler
    {
        public Reply? Answer { get; private set; }

        public string Sent { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpContent? content = null;
            if (request.Content is not null)
            {
                content = new ByteArrayContent(await request.Content.ReadAsByteArrayAsync(cancellationToken));
                content.Headers.ContentType = request.Content.Headers.ContentType;
                Sent = await content.ReadAsStringAsync(cancellationToken);
            }
            Answer = await by.Send(by.Request(request.Method, request.RequestUri!.PathAndQuery, content, message =>
            {
                foreach (var (name, values) in request.Headers) message.Headers.TryAddWithoutValidation(name, values);
            }));
            var answer = new HttpResponseMessage((System.Net.HttpStatusCode)Answer.Status)
            {
                Content = new ByteArrayContent(Answer.Bytes), RequestMessage = request,
            };
            if (Answer.MediaType is { } type) answer.Content.Headers.ContentType = new(type);
            return answer;
        }
    }
}

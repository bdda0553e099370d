using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Sends requests as one person. A body is JSON text as it stands, or anything that serialises to JSON.</summary>
public sealed class Caller(ApiFixture api, HttpClient http, string? token, string user)
{
    public string User => user;

    /// <summary>The same person over other connections.</summary>
    /// <param name="under">a token of that other host, where it is on another database</param>
    public Caller Through(HttpClient other, string? under = null) => new(api, other, under ?? token, user);

    /// <summary>Reads. Where a position is given, asks again until the answer has reached it: how soon that is says nothing of the
    /// engine's correctness.</summary>
    public Task<Reply> Get(string path, string? minPosition = null, string? accept = null) =>
        Reached(minPosition, () => GetOnce(path, minPosition, accept));

    /// <summary>Reads once. The answer may have missed the position.</summary>
    public Task<Reply> GetOnce(string path, string? minPosition = null, string? accept = null) =>
        Send(Request(HttpMethod.Get, path, null, message =>
        {
            if (minPosition is not null) message.Headers.Add("Min-Position", minPosition);
            if (accept is not null) message.Headers.Accept.ParseAdd(accept);
        }));

    /// <summary>The first answer that has not missed its position.</summary>
    /// <param name="ask">sends the same request every time</param>
    public static async Task<Reply> Reached(string? minPosition, Func<Task<Reply>> ask)
    {
        for (var waiting = Wait.Begin(); ; )
        {
            var reply = await ask();
            if (!reply.PositionMissed) return reply;
            waiting.GoesOn($"the read models did not reach position {minPosition}, which was asked for: {reply.Request}");
        }
    }

    /// <summary>What a long work shows once it has ended.</summary>
    /// <param name="location">its address</param>
    public Task<Reply> Ended(string location) =>
        Wait.For(() => Get(location), reply => reply.Is(200).Text("status") != "running", "the work has not ended");

    /// <inheritdoc cref="Ended(string)"/>
    /// <param name="accepted">the answer to the request that started it</param>
    public Task<Reply> Ended(Reply accepted) => Ended(accepted.Is(202).Location!);

    public Task<Reply> Post(string path, object? body = null, string? ifMatch = null, string? key = null) =>
        Send(Command(HttpMethod.Post, path, body, ifMatch, key));

    public Task<Reply> Put(string path, object? body = null, string? ifMatch = null, string? key = null) =>
        Send(Command(HttpMethod.Put, path, body, ifMatch, key));

    /// <summary>A command on an existing resource, made on whatever version it has.</summary>
    public Task<Reply> Do(string path, object? body = null, string? key = null) => Post(path, body, "*", key);

    public HttpRequestMessage Command(HttpMethod method, string path, object? body, string? ifMatch, string? key) => Request(method, path,
        body, message =>
    {
        if (ifMatch is not null) message.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
    });

    public HttpRequestMessage Request(HttpMethod method, string path, object? body, Action<HttpRequestMessage>? more = null)
    {
        var message = new HttpRequestMessage(method, path);
        if (token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            byte[] bytes => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            _ => new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
        };
        more?.Invoke(message);
        return message;
    }

    public async Task<Reply> Send(HttpRequestMessage message)
    {
        using (message)
        using (var response = await http.SendAsync(message, TestContext.Current.CancellationToken))
        {
            var reply = new Reply(response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
                $"{message.Method} {message.RequestUri}");
            if (reply.Code is { } code) api.CodesSeen.TryAdd(code, reply.Request);
            return reply;
        }
    }
}

/// <summary>An answer, as a test looks at it.</summary>
public sealed class Reply
{
    public Reply(HttpResponseMessage response, byte[] content, string request)
    {
        Request = request;
        Status = (int)response.StatusCode;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        Bytes = content;
        ETag = response.Headers.ETag?.ToString();
        Digest = response.Headers.TryGetValues("Repr-Digest", out var digests) ? digests.Single() : null;
        Location = response.Headers.Location?.ToString();
        Position = response.Headers.TryGetValues("Event-Position", out var positions) ? positions.Single() : null;
        Replayed = response.Headers.Contains("Idempotency-Replayed");
        PositionMissed = response.Headers.TryGetValues("Position-Reached", out var reached) && reached.Single() == "false";
        AsOf = response.Headers.TryGetValues("As-Of", out var moments) ? moments.Single() : null;
        FileName = response.Content.Headers.ContentDisposition?.FileName;
        Body = Encoding.UTF8.GetString(content);
        if (content.Length > 0 && MediaType is ("application/json" or "application/problem+json")) Json = JsonNode.Parse(Body);
    }

    public string Request { get; }
    public int Status { get; }
    public string? MediaType { get; }
    public byte[] Bytes { get; }
    public string Body { get; }
    public string? ETag { get; }
    public string? Digest { get; }
    public string? Location { get; }
    public string? Position { get; }
    public string? AsOf { get; }
    public string? FileName { get; }
    public bool Replayed { get; }

    /// <summary>The answer could not wait long enough for the position that was asked for.</summary>
    public bool PositionMissed { get; }
    public JsonNode? Json { get; }

    public bool IsProblem => MediaType == "application/problem+json";

    /// <summary>The problem's code, null for an answer that is no problem, or to HEAD.</summary>
    public string? Code => IsProblem ? (string?)Json?["code"] : null;

    public IReadOnlyList<string> Fields => IsProblem && Json!["errors"] is JsonObject errors ? [.. errors.Select(pair => pair.Key)] : [];

    public JsonNode? this[string member] => Json![member];

    public string Text(string member) => Json?[member]?.GetValue<string>()
        ?? throw new InvalidOperationException($"no '{member}' in: {this}");

    public JsonArray Items => Json!["items"]!.AsArray();

    /// <summary>Fails with the whole answer if it is not the expected one.</summary>
    public Reply Is(int status)
    {
        Assert.True(status == Status, $"expected {status}: {this}");
        return this;
    }

    /// <summary>An answer to a request that has made something: 201 with its address, version and position.</summary>
    /// <param name="path">what the address begins with</param>
    public Reply IsCreated(string path)
    {
        Is(201);
        Assert.StartsWith(path, Location);
        Assert.Matches("^\"[1-9][0-9]*\"$", ETag);
        Assert.Matches("^[1-9][0-9]*$", Position);
        return this;
    }

    /// <summary>A problem document with all of its documented members.</summary>
    public Reply IsProblemOf(int status, string code, string? field = null)
    {
        Assert.True(Status == status && Code == code && (field is null || Fields.Contains(field)),
            $"expected {status} {code} {field}: {this}");
        Assert.Equal($"/problems/{code}", Text("type"));
        Assert.Equal(status, (int)Json!["status"]!);
        Assert.NotEmpty(Text("title"));
        Assert.NotEmpty(Text("traceId"));
        return this;
    }

    public override string ToString() => $"{Request} → {Status} {Body}";
}

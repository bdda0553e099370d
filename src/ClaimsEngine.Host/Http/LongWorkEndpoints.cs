using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Problems;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Rosters;
using ClaimsEngine.Storage.LongWork;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.Http;

/// <summary>Long work over HTTP: 202 with the address of the work; progress there, also as server-sent events; its output there as
/// CSV.</summary>
public static class LongWorkEndpoints
{
    /// <summary>Server-sent events come this often.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private enum Form { Json, Events, Csv }

    /// <summary>
    /// <c>POST</c> that starts a work and answers 202 with its address: that of the request, and the work's id. With an Idempotency-Key
    /// that the caller has used for the same request the answer is the same again and nothing starts, whatever has become of the work.
    /// </summary>
    public static RouteHandlerBuilder MapLongWorkStart(
        this IEndpointRouteBuilder routes, string route, ReadWork read, params IReadOnlyList<Role> roles) => routes
        .MapPost(route, (HttpContext http, [AsParameters] WorkRoom room) => Start(http, room, read))
        .For(roles)
        .WithMetadata(new StartsWork());

    /// <summary>The same with a body that is too large for memory: it is spooled to a file without a name, up to <paramref name="most"/>
    /// bytes (413 beyond).</summary>
    /// <param name="types">media types that are taken, others are 415</param>
    public static RouteHandlerBuilder MapLongWorkStart(
        this IEndpointRouteBuilder routes, string route, long most, IReadOnlyList<string> types, ReadFileWork read,
        params IReadOnlyList<Role> roles) => routes
        .MapPost(route, (HttpContext http, [AsParameters] WorkRoom room) => StartOfFile(http, room, types, read))
        .For(roles)
        .WithMetadata(new StartsWork(), new TakesFile(types), new RequestSizeLimitAttribute(most));

    /// <summary><c>GET</c> of what a work wrote, as a file of its own form; 404 if it wrote nothing, 409 until it has ended.</summary>
    /// <param name="form">media type and file extension</param>
    public static RouteHandlerBuilder MapLongWorkOutput(
        this IEndpointRouteBuilder routes, string pattern, string kind, string what,
        Func<StoredWork, (string MediaType, string Extension)> form, params IReadOnlyList<Role> roles) => routes
        .MapGet(pattern, async Task<IResult> (HttpContext http, LongWorks works) =>
        {
            if (new QueryText(http.Request).Finish() is { } fault) return fault;
            if (await Find(http, works, kind) is not { } work) return Answers.Problem(Refuse.NotFound(kind));
            var ended = work.Status is WorkStatus.Done or WorkStatus.Refused;
            return ended && await works.OutputLength(work.Id, http.RequestAborted) == 0
                ? Answers.Problem(Refuse.NotFound(what))
                : await Output(http, works, work, form(work));
        })
        .For(roles);

    /// <summary>
    /// <c>GET</c> of one work, for who has one of the roles and sees its region: JSON; its progress as server-sent events (<c>Accept:
    /// text/event-stream</c>); its output, where it writes one, as a file (<c>Accept: text/csv</c>), once it is done or refused.
    /// </summary>
    /// <typeparam name="TResult">what it ends with</typeparam>
    /// <param name="pattern">where such works are started, with the id as its last value: <c>/api/audit/what-ifs/{whatIf}</c></param>
    /// <param name="kind">a work of another kind is not found there</param>
    public static RouteHandlerBuilder MapLongWork<TResult>(
        this IEndpointRouteBuilder routes, string pattern, string kind, bool hasOutput, params IReadOnlyList<Role> roles) => routes
        .MapGet(pattern, (HttpContext http, [AsParameters] WorkRoom room) => Show(http, room, kind, hasOutput))
        .For(roles)
        .WithMetadata(new ShowsWork(kind, typeof(TResult), hasOutput));

    private static async Task<IResult> Start(HttpContext http, WorkRoom room, ReadWork read)
    {
        var body = await RequestBody.Read(http);
        return await Start(http, room, new MemoryStream(body.ToArray(), writable: false), query => read(http, body, query));
    }

    private static async Task<IResult> StartOfFile(HttpContext http, WorkRoom room, IReadOnlyList<string> types, ReadFileWork read)
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var parsed) ? parsed.MediaType.Value : null;
        if (!types.Contains(type, StringComparer.OrdinalIgnoreCase))
            return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);
        await using var file = Spool.Create();
        await RequestBody.CopyTo(file, http);
        return await Start(http, room, file, query => read(http, file, query));
    }

    /// <param name="body">can seek; at its beginning when <paramref name="read"/> is asked</param>
    private static async Task<IResult> Start(
        HttpContext http, WorkRoom room, Stream body, Func<QueryText, Task<(NewWork? Work, ProblemDocument? Fault)>> read)
    {
        var (request, by) = (http.Request, http.Actor()!.Id);
        var key = request.Headers.TryGetValue(IdempotencyKeys.Header, out var keys) ? keys.ToString() : null;
        var bodyHash = "";
        if (key is not null)
        {
            if (IdempotencyKeys.FaultOf(key) is { } refused) return Answers.Problem(refused);
            body.Position = 0;
            bodyHash = IdempotencyKeys.HashOf(room.Records.IdentityKey, request.Method, $"{request.Path}{request.QueryString}", body);
            if (await room.Records.Keys.FindReply(by, key, http.RequestAborted) is { } before)
                return await Repeat(http, room.Works, before, bodyHash);
        }

        body.Position = 0;
        var query = new QueryText(request);
        var (work, fault) = await read(query);
        await using var input = work?.Input;
        if ((fault ?? query.Finish()) is { } wrong) return wrong;

        var id = Guid.CreateVersion7();
        var reply = key is null ? null : new StoredReply(by, key, bodyHash, StatusCodes.Status202Accepted, id, Version: 0);
        if (await room.Runner.Start(id, work!, by, http.TraceId(), reply)) return Accepted(http, id, work!.Kind);
        // the same key was quicker elsewhere
        return await Repeat(http, room.Works, (await room.Records.Keys.FindReply(by, key!, http.RequestAborted))!, bodyHash);
    }

    private static async Task<IResult> Repeat(HttpContext http, LongWorks works, StoredReply before, string hash)
    {
        if (before.BodyHash != hash) return Answers.Problem(IdempotencyKeys.Reused);
        if (await works.Find(before.Resource, http.RequestAborted) is not { } work)
            return Answers.Problem(Refuse.NotFound("work"));   // deleted this very moment
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return Accepted(http, work.Id, work.Kind);
    }

    private static IResult Accepted(HttpContext http, Guid id, string kind)
    {
        http.Response.Headers.Location = $"{http.Request.Path}/{id}";
        return Answers.Text(JsonSerializer.Serialize(new WorkStarted(id, kind), ClaimsJson.Options), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Show(HttpContext http, WorkRoom room, string kind, bool hasOutput)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        if (await Find(http, room.Works, kind) is not { } work) return Answers.Problem(Refuse.NotFound(kind));
        return FormOf(http.Request, hasOutput) switch
        {
            Form.Json => Answers.Text(WorkView.Json(work)),
            Form.Events => TypedResults.ServerSentEvents(Follow(room, work)),
            Form.Csv => await Output(http, room.Works, work, ("text/csv; charset=utf-8", "csv")),
            _ => ProblemDocument.ForStatus(StatusCodes.Status406NotAcceptable),
        };
    }

    private static async Task<StoredWork?> Find(HttpContext http, LongWorks works, string kind) =>
        Guid.TryParse((string)http.Request.RouteValues.Values.Last()!, out var id)
        && await works.Find(id, http.RequestAborted) is { } work
        && work.Kind == kind && http.Actor()!.Sees(RegionCode.Of(work.Region)) ? work : null;

    /// <summary>The form that the caller would like best among those there are; null if it would like none of them.</summary>
    private static Form? FormOf(HttpRequest request, bool hasOutput)
    {
        if (request.GetTypedHeaders().Accept is not { Count: > 0 } accepted) return Form.Json;
        return accepted
            .Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value?.ToLowerInvariant() switch
            {
                "*/*" or "application/*" or "application/json" => Form.Json,
                "text/event-stream" => Form.Events,
                "text/csv" when hasOutput => (Form?)Form.Csv,
                _ => null,
            })
            .FirstOrDefault(form => form is not null);
    }

    private static async IAsyncEnumerable<SseItem<string>> Follow(
        WorkRoom room, StoredWork first, [EnumeratorCancellation] CancellationToken gone = default)
    {
        var last = false;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, room.Runner.Stopping);
        for (var work = first; work is not null; work = await room.Works.Find(first.Id, gone))
        {
            var ended = work.Status != WorkStatus.Running;
            yield return new SseItem<string>(WorkView.Json(work), ended ? "end" : "progress");
            if (ended || last) yield break;
            await Task.Delay(Pace, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!room.Runner.Stopping.IsCancellationRequested) continue;
            // the server waits for its watchers: they see a work of this process end, and do not wait for one of another process
            await room.Runner.Ending(first.Id).WaitAsync(gone);
            last = true;
        }
    }

    private static async Task<IResult> Output(HttpContext http, LongWorks works, StoredWork work, (string MediaType, string Extension) form)
    {
        if (work.Status is not (WorkStatus.Done or WorkStatus.Refused))
            return Answers.Problem(Refuse.WrongStateOf(work.Kind, work.Status, "done", "refused"));
        // said beforehand, so that a download that broke off is not taken for a whole one
        http.Response.ContentLength = await works.OutputLength(work.Id, http.RequestAborted);
        return Results.Stream(
            to => works.CopyOutput(work.Id, to, http.RequestAborted), form.MediaType, $"{work.Kind}-{work.Id}.{form.Extension}");
    }

    /// <summary>What the routes of long work need of the engine.</summary>
    private sealed record WorkRoom(LongWorkRunner Runner, LongWorks Works, RecordRoom Records);
}

/// <summary>
/// The work that a request asks for, or what is wrong with the request. Reads every query parameter that it knows before it finds fault
/// with anything else; the others are refused. Not asked again for a request that is repeated.
/// </summary>
/// <param name="body">as it was sent; with address and query it is what an Idempotency-Key stands for</param>
public delegate Task<(NewWork? Work, ProblemDocument? Fault)> ReadWork(HttpContext http, ReadOnlyMemory<byte> body, QueryText query);

/// <summary>As <see cref="ReadWork"/>, of a body in a file.</summary>
/// <param name="file">at its beginning; closed after the answer</param>
public delegate Task<(NewWork? Work, ProblemDocument? Fault)> ReadFileWork(HttpContext http, Stream file, QueryText query);

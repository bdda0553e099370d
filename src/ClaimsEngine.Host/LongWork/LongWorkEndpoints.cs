using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.OpenApi;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Rosters;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ClaimsEngine.Host.LongWork;

/// <summary>Marks a route that starts a work, for the API's description.</summary>
internal sealed record StartsWork;

/// <summary>A route that shows a work, for the API's description.</summary>
/// <param name="ResultType">its properties stand beside those of <see cref="WorkView"/></param>
internal sealed record ShowsWork(string Kind, Type ResultType, bool HasOutput);

/// <summary>Long work over HTTP: 202 with the address of the work; progress there, also as server-sent events; its output there as CSV.</summary>
public static class LongWorkEndpoints
{
    /// <summary>Server-sent events come this often.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private enum Form { Json, Events, Csv }

    public static void AddLongWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LongWorkOptions>().BindConfiguration("LongWork")
            .Validate(options => options is { AtOnce: > 0, KeepDays: > 0 }, "LongWork:AtOnce and LongWork:KeepDays are whole numbers above 0.")
            .ValidateOnStart();
        builder.Services.AddSingleton<LongWorkRunner>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LongWorkRunner>());
    }

    /// <summary>
    /// <c>POST</c> that starts a work and answers 202 with its address: that of the request, and the work's id. With an Idempotency-Key that the caller has
    /// used for the same request the answer is the same again and nothing starts, whatever has become of the work.
    /// </summary>
    public static RouteHandlerBuilder MapLongWorkStart(this IEndpointRouteBuilder routes, string route, ReadWork read, params IReadOnlyList<Role> roles) => routes
        .MapPost(route, (HttpContext http, LongWorkRunner runner, ClaimsDatabase database, IdentityKey secret) => Start(http, runner, database, secret, read))
        .For(roles)
        .WithMetadata(new StartsWork());

    /// <summary>The same with a body that is too large for memory: it is spooled to a file without a name, up to <paramref name="most"/> bytes (413 beyond).</summary>
    /// <param name="types">media types that are taken, others are 415</param>
    public static RouteHandlerBuilder MapLongWorkStart(
        this IEndpointRouteBuilder routes, string route, long most, IReadOnlyList<string> types, ReadFileWork read, params IReadOnlyList<Role> roles) => routes
        .MapPost(route, (HttpContext http, LongWorkRunner runner, ClaimsDatabase database, IdentityKey secret) => StartOfFile(http, runner, database, secret, types, read))
        .For(roles)
        .WithMetadata(new StartsWork(), new TakesFile(types), new RequestSizeLimitAttribute(most));

    /// <summary><c>GET</c> of what a work wrote, as a file of its own form; 404 if it wrote nothing, 409 until it has ended.</summary>
    /// <param name="form">media type and file extension</param>
    public static RouteHandlerBuilder MapLongWorkOutput(
        this IEndpointRouteBuilder routes, string pattern, string kind, string what, Func<StoredWork, (string MediaType, string Extension)> form, params IReadOnlyList<Role> roles) => routes
        .MapGet(pattern, async Task<IResult> (HttpContext http, ClaimsDatabase database) =>
        {
            if (new QueryText(http.Request).Finish() is { } fault) return fault;
            if (await Find(http, database.LongWorks, kind) is not { } work) return Answers.Problem(Refuse.NotFound(kind));
            var ended = work.Status is WorkStatus.Done or WorkStatus.Refused;
            return ended && await database.LongWorks.OutputLength(work.Id, http.RequestAborted) == 0
                ? Answers.Problem(Refuse.NotFound(what))
                : await Output(http, database.LongWorks, work, form(work));
        })
        .For(roles);

    /// <summary>
    /// <c>GET</c> of one work, for who has one of the roles and sees its region: JSON; its progress as server-sent events (<c>Accept: text/event-stream</c>);
    /// its output, where it writes one, as a file (<c>Accept: text/csv</c>), once it is done or refused.
    /// </summary>
    /// <typeparam name="TResult">what it ends with</typeparam>
    /// <param name="pattern">the address at which works of this kind are started, with the id as its last value: <c>/api/audit/what-ifs/{whatIf}</c></param>
    /// <param name="kind">a work of another kind is not found there</param>
    public static RouteHandlerBuilder MapLongWork<TResult>(
        this IEndpointRouteBuilder routes, string pattern, string kind, bool hasOutput, params IReadOnlyList<Role> roles) => routes
        .MapGet(pattern, (HttpContext http, ClaimsDatabase database, LongWorkRunner runner) => Show(http, database.LongWorks, runner, kind, hasOutput))
        .For(roles)
        .WithMetadata(new ShowsWork(kind, typeof(TResult), hasOutput));

    private static async Task<IResult> Start(HttpContext http, LongWorkRunner runner, ClaimsDatabase database, IdentityKey secret, ReadWork read)
    {
        var body = await CommandEndpoints.ReadBody(http);
        var (_, answer) = await Start(http, runner, database, address => IdempotencyKeys.HashOf(secret, http.Request.Method, address, body.Span),
            query => read(http, body, query));
        return answer;
    }

    private static async Task<IResult> StartOfFile(
        HttpContext http, LongWorkRunner runner, ClaimsDatabase database, IdentityKey secret, IReadOnlyList<string> types, ReadFileWork read)
    {
        var type = http.Request.ContentType is { } text && MediaTypeHeaderValue.TryParse(text, out var parsed) ? parsed.MediaType.Value : null;
        if (!types.Contains(type, StringComparer.OrdinalIgnoreCase)) return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);
        var file = Spool.Create();
        var started = false;
        try
        {
            await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            file.Position = 0;
            (started, var answer) = await Start(http, runner, database, address => IdempotencyKeys.HashOf(secret, http.Request.Method, address, file), query =>
            {
                file.Position = 0;
                return read(http, file, query);
            });
            return answer;
        }
        finally
        {
            if (!started) await file.DisposeAsync();   // else it is the work's
        }
    }

    /// <param name="hash">of the body under an address</param>
    private static async Task<(bool Started, IResult Answer)> Start(
        HttpContext http, LongWorkRunner runner, ClaimsDatabase database, Func<string, string> hash, Func<QueryText, Task<(NewWork? Work, ProblemDocument? Fault)>> read)
    {
        var (request, by) = (http.Request, http.Actor()!.Id);
        var key = request.Headers.TryGetValue(IdempotencyKeys.Header, out var keys) ? keys.ToString() : null;
        var bodyHash = "";
        if (key is not null)
        {
            if (IdempotencyKeys.FaultOf(key) is { } refused) return (false, Answers.Problem(refused));
            bodyHash = hash($"{request.Path}{request.QueryString}");
            if (await database.Events.FindReply(by, key, http.RequestAborted) is { } before) return (false, await Repeat(http, database, before, bodyHash));
        }

        var query = new QueryText(request);
        var (work, fault) = await read(query);
        if ((fault ?? query.Finish()) is { } wrong) return (false, wrong);

        var id = Guid.CreateVersion7();
        var reply = key is null ? null : new StoredReply(by, key, bodyHash, StatusCodes.Status202Accepted, id, Version: 0);
        return await runner.Start(id, work!, by, http.TraceId(), reply)
            ? (true, Accepted(http, id, work!.Kind))
            : (false, await Repeat(http, database, (await database.Events.FindReply(by, key!, http.RequestAborted))!, bodyHash));   // the same key was quicker elsewhere
    }

    private static async Task<IResult> Repeat(HttpContext http, ClaimsDatabase database, StoredReply before, string hash)
    {
        if (before.BodyHash != hash) return Answers.Problem(IdempotencyKeys.Reused);
        if (await database.LongWorks.Find(before.Resource, http.RequestAborted) is not { } work) return Answers.Problem(Refuse.NotFound("work"));   // deleted this very moment
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return Accepted(http, work.Id, work.Kind);
    }

    private static IResult Accepted(HttpContext http, Guid id, string kind)
    {
        http.Response.Headers.Location = $"{http.Request.Path}/{id}";
        return Answers.Text(JsonSerializer.Serialize(new WorkStarted(id, kind), ClaimsJson.Options), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Show(HttpContext http, LongWorks works, LongWorkRunner runner, string kind, bool hasOutput)
    {
        if (new QueryText(http.Request).Finish() is { } fault) return fault;
        if (await Find(http, works, kind) is not { } work) return Answers.Problem(Refuse.NotFound(kind));
        return FormOf(http.Request, hasOutput) switch
        {
            Form.Json => Answers.Text(WorkView.Json(work)),
            Form.Events => TypedResults.ServerSentEvents(Follow(works, work, runner)),
            Form.Csv => await Output(http, works, work, ("text/csv; charset=utf-8", "csv")),
            _ => ProblemDocument.ForStatus(StatusCodes.Status406NotAcceptable),
        };
    }

    private static async Task<StoredWork?> Find(HttpContext http, LongWorks works, string kind) =>
        Guid.TryParse((string)http.Request.RouteValues.Values.Last()!, out var id) && await works.Find(id, http.RequestAborted) is { } work
            && work.Kind == kind && http.Actor()!.Sees(RegionCode.Of(work.Region)) ? work : null;

    /// <summary>The form that the caller would like best among those there are; null if it would like none of them.</summary>
    private static Form? FormOf(HttpRequest request, bool hasOutput) => request.GetTypedHeaders().Accept is not { Count: > 0 } accepted ? Form.Json : accepted
        .Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
        .Select(type => type.MediaType.Value?.ToLowerInvariant() switch
        {
            "*/*" or "application/*" or "application/json" => Form.Json,
            "text/event-stream" => Form.Events,
            "text/csv" when hasOutput => (Form?)Form.Csv,
            _ => null,
        })
        .FirstOrDefault(form => form is not null);

    private static async IAsyncEnumerable<SseItem<string>> Follow(
        LongWorks works, StoredWork first, LongWorkRunner runner, [EnumeratorCancellation] CancellationToken gone = default)
    {
        var last = false;
        for (var work = first; work is not null; work = await works.Find(first.Id, gone))
        {
            var ended = work.Status != WorkStatus.Running;
            yield return new SseItem<string>(WorkView.Json(work), ended ? "end" : "progress");
            if (ended || last) yield break;
            await Task.Delay(Pace, gone);
            if (!runner.IsStopping) continue;
            // the server waits for its watchers: they see a work of this process end, and leave one of another process alone
            await runner.Ending(first.Id).WaitAsync(gone);
            last = true;
        }
    }

    private static async Task<IResult> Output(HttpContext http, LongWorks works, StoredWork work, (string MediaType, string Extension) form)
    {
        if (work.Status is not (WorkStatus.Done or WorkStatus.Refused)) return Answers.Problem(Refuse.WrongStateOf(work.Kind, work.Status, "done", "refused"));
        // said beforehand, so that a download that broke off is not taken for a whole one
        http.Response.ContentLength = await works.OutputLength(work.Id, http.RequestAborted);
        return Results.Stream(to => works.CopyOutput(work.Id, to, http.RequestAborted), form.MediaType, $"{work.Kind}-{work.Id}.{form.Extension}");
    }
}

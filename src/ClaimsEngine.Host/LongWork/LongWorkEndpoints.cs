using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.Pipeline;

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
        var (request, by, body) = (http.Request, http.Actor()!.Id, await CommandEndpoints.ReadBody(http));
        var key = request.Headers.TryGetValue(IdempotencyKeys.Header, out var keys) ? keys.ToString() : null;
        var hash = IdempotencyKeys.HashOf(secret, request.Method, $"{request.Path}{request.QueryString}", body.Span);
        if (key is not null)
        {
            if (IdempotencyKeys.FaultOf(key) is { } refused) return Answers.Problem(refused);
            if (await database.Events.FindReply(by, key, http.RequestAborted) is { } before) return await Repeat(http, database, before, hash);
        }

        var query = new QueryText(request);
        var (work, fault) = await read(http, body, query);
        if ((fault ?? query.Finish()) is { } wrong) return wrong;

        var id = Guid.CreateVersion7();
        var reply = key is null ? null : new StoredReply(by, key, hash, StatusCodes.Status202Accepted, id, Version: 0);
        return await runner.Start(id, work!, by, http.TraceId(), reply)
            ? Accepted(http, id, work!.Kind)
            : await Repeat(http, database, (await database.Events.FindReply(by, key!, http.RequestAborted))!, hash);   // the same key was quicker elsewhere
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
        if (!Guid.TryParse((string)http.Request.RouteValues.Values.Last()!, out var id) || await works.Find(id, http.RequestAborted) is not { } work
            || work.Kind != kind || !http.Actor()!.Sees(RegionCode.Of(work.Region)))
            return Answers.Problem(Refuse.NotFound(kind));
        return FormOf(http.Request, hasOutput) switch
        {
            Form.Json => Answers.Text(WorkView.Json(work)),
            Form.Events => TypedResults.ServerSentEvents(Follow(works, work, runner)),
            Form.Csv => await Output(http, works, work),
            _ => ProblemDocument.ForStatus(StatusCodes.Status406NotAcceptable),
        };
    }

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

    private static async Task<IResult> Output(HttpContext http, LongWorks works, StoredWork work)
    {
        if (work.Status is not (WorkStatus.Done or WorkStatus.Refused)) return Answers.Problem(Refuse.WrongStateOf(work.Kind, work.Status, "done", "refused"));
        // said beforehand, so that a download that broke off is not taken for a whole one
        http.Response.ContentLength = await works.OutputLength(work.Id, http.RequestAborted);
        return Results.Stream(to => works.CopyOutput(work.Id, to, http.RequestAborted), "text/csv; charset=utf-8", $"{work.Kind}-{work.Id}.csv");
    }
}

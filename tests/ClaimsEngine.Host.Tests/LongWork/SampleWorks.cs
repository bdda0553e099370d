using System.Collections.Concurrent;
using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Tests.Api;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>
/// Hosts with routes of the tests' own that start and show works of the tests' own. What a work does is said by the test that names it.
/// </summary>
public sealed class SampleWorks(ApiFixture api) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Func<WorkContext, Task<WorkEnd>>> works = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> watched = new();
    private string connection = "";
    private ClaimsHost? host;
    private Database? database;

    public sealed record Asked(string Work);

    /// <summary>What a sample ends with.</summary>
    public sealed record Found(int Lines, Money Sum, IReadOnlyList<string>? Errors = null);

    /// <summary>What another kind of work ends with.</summary>
    public sealed record Told(string Word);

    public ClaimsHost Host => host!;
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        connection = await api.NewDatabase();
        database = new Database(connection);
        host = await NewHost();
        Http = api.NewClient(host);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host!.DisposeAsync();
        await database!.DisposeAsync();
    }

    /// <summary>Another process on the same database, as far as the database can tell.</summary>
    public Task<ClaimsHost> NewHost(params string[] arguments) => api.StartHost(
        connection, arguments: arguments, map: Map,
        extend: builder =>
        {
            builder.Services.AddSingleton<ILongWork>(new SampleKind(works));
            builder.Services.AddSingleton<ILongWork>(new OtherKind());
        });

    /// <summary>The connections of a process that is not there: nobody beats for its works.</summary>
    public Sessions OpenSessions() => new(Options);

    public StorageOptions Options => new(connection);

    /// <summary>One person at the first host, or at another one.</summary>
    public async Task<Caller> As(string user, string roles = "officer", string region = "6206", HttpClient? at = null)
    {
        var nobody = new Caller(api, at ?? Http, null, "nobody");
        var token = (await nobody.Post("/api/dev/tokens", new { user, roles = roles.Split(','), region })).Is(200).Text("token");
        return new Caller(api, at ?? Http, token, user);
    }

    public Caller Nobody => new(api, Http, null, "nobody");

    public HttpClient NewClient(ClaimsHost to) => api.NewClient(to);

    /// <summary>Says what a work does. The name is what a request asks for.</summary>
    public object Does(Func<WorkContext, Task<WorkEnd>> run)
    {
        var name = $"work-{Guid.NewGuid():N}";
        works[name] = run;
        return new { work = name };
    }

    /// <summary>Completes when a request that was sent with this header has been left by the host.</summary>
    public Task Left(string watch) =>
        watched.GetOrAdd(watch, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <inheritdoc cref="Database.Ask"/>
    public Task<object?> Ask(string sql, params object[] parameters) => database!.Ask(sql, parameters);

    private void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                if (context.Request.Headers.TryGetValue("Watch", out var watch) && watched.TryGetValue(watch.ToString(), out var left))
                    left.TrySetResult();
            }
        });
        app.MapLongWorkStart("/api/samples", (http, body, query) =>
            {
                query.Text("note");
                return Task.FromResult(Read(body, http.Actor()!));
            }, Role.Officer)
            .Accepts<Asked>("application/json").WithTags("samples").WithSummary("Starts a sample");
        app.MapLongWork<Found>("/api/samples/{sample}", "sample", hasOutput: true, Role.Officer, Role.Auditor)
            .WithTags("samples").WithSummary("A sample");

        app.MapLongWorkStart("/api/others", (http, _, _) => Task.FromResult<(NewWork?, ProblemDocument?)>(
                (new NewWork("other", http.Actor()!.Region, new Asked("other")), null)), Role.Officer)
            .WithTags("samples").WithSummary("Starts another kind of work");
        app.MapLongWork<Told>("/api/others/{other}", "other", hasOutput: false, Role.Officer)
            .WithTags("samples").WithSummary("Another kind of work");
    }

    private (NewWork? Work, ProblemDocument? Fault) Read(ReadOnlyMemory<byte> body, Actor by)
    {
        var (json, faults) = JsonBody.Read(body);
        Asked? asked = null;
        if (json is not null) (asked, faults) = StrictJson.Read<Asked>(JsonSerializer.SerializeToElement(json));
        if (asked is null) return (null, Answers.Problem(new NotDone(Refuse.InvalidRequest, faults[0].Item2, faults)));
        return works.ContainsKey(asked.Work)
            ? (new NewWork("sample", by.Region, asked), null)
            : (null, Answers.Problem(Refuse.NotFound("work of that name") with { Field = "work" }));
    }

    /// <summary>
    /// Does what the test says under the name that stands in the instruction, in whichever host it is that goes on with the work.
    /// </summary>
    private sealed class SampleKind(ConcurrentDictionary<string, Func<WorkContext, Task<WorkEnd>>> works) : ILongWork
    {
        public string Kind => "sample";

        public Task<WorkEnd> Run(JsonElement instruction, WorkContext context) =>
            works[instruction.Deserialize<Asked>(ClaimsJson.Options)!.Work](context);
    }

    private sealed class OtherKind : ILongWork
    {
        public string Kind => "other";

        public Task<WorkEnd> Run(JsonElement instruction, WorkContext context) => Task.FromResult(WorkEnd.Done(new Told("other")));
    }
}

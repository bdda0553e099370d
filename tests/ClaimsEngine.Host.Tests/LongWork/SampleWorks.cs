using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.EventStore;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ClaimsEngine.Host.Tests.LongWork;

/// <summary>Hosts with routes of the tests' own that start and show works of the tests' own. What a work does is said by the test that names it.</summary>
public sealed class SampleWorks(ApiFixture api) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Func<WorkContext, Task<WorkEnd>>> works = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> watched = new();
    private string connection = "";
    private ClaimsHost? host;
    private NpgsqlDataSource? owner;

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
        owner = NpgsqlDataSource.Create(connection);
        host = await NewHost();
        Http = api.NewClient(host);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host!.DisposeAsync();
        await owner!.DisposeAsync();
    }

    /// <summary>Another process on the same database, as far as the database can tell.</summary>
    public async Task<ClaimsHost> NewHost(params string[] arguments)
    {
        var made = await ClaimsHost.Create([.. ApiFixture.ArgumentsFor(connection), .. arguments], SeedLevel.None, CancellationToken.None);
        Map(made.App);
        await made.App.StartAsync();
        return made;
    }

    /// <summary>A database of a process that is not there: nobody beats for its works.</summary>
    public Task<ClaimsDatabase> OpenDatabase() => ClaimsDatabase.Open(new EventStoreOptions(connection), Engine.EventTypes, []);

    /// <summary>One person at the first host, or at another one.</summary>
    public async Task<Caller> As(string user, string roles = "officer", string region = "6206", HttpClient? at = null)
    {
        var nobody = new Caller(api, at ?? Http, null, "nobody");
        var body = new JsonObject { ["user"] = user, ["roles"] = new JsonArray([.. roles.Split(',').Select(role => JsonValue.Create(role))]), ["region"] = region };
        return new Caller(api, at ?? Http, (await nobody.Post("/api/dev/tokens", body)).Is(200).Text("token"), user);
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
    public Task Left(string watch) => watched.GetOrAdd(watch, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>One value, with the owner's rights.</summary>
    public async Task<object?> Ask(string sql, params object[] parameters)
    {
        await using var command = owner!.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync();
    }

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
                if (context.Request.Headers.TryGetValue("Watch", out var watch) && watched.TryGetValue(watch.ToString(), out var left)) left.TrySetResult();
            }
        });
        app.MapLongWorkStart("/api/samples", (http, body, query) =>
            {
                query.Text("note");
                return Task.FromResult(Read(body, http.Actor()!));
            }, Role.Officer)
            .Accepts<Asked>("application/json").WithTags("samples").WithSummary("Starts a sample");
        app.MapLongWork<Found>("/api/samples/{sample}", "sample", hasOutput: true, Role.Officer, Role.Auditor).WithTags("samples").WithSummary("A sample");

        app.MapLongWorkStart("/api/others", (http, _, _) => Task.FromResult<(NewWork?, ProblemDocument?)>(
                (new NewWork("other", http.Actor()!.Region, _ => Task.FromResult(WorkEnd.Done(new Told("other")))), null)), Role.Officer)
            .WithTags("samples").WithSummary("Starts another kind of work");
        app.MapLongWork<Told>("/api/others/{other}", "other", hasOutput: false, Role.Officer).WithTags("samples").WithSummary("Another kind of work");
    }

    private (NewWork? Work, ProblemDocument? Fault) Read(ReadOnlyMemory<byte> body, Actor by)
    {
        var (json, faults) = JsonBody.Read(body);
        Asked? asked = null;
        if (json is not null) (asked, faults) = StrictJson.Read<Asked>(JsonSerializer.SerializeToElement(json));
        if (asked is null) return (null, Answers.Problem(new NotDone(Refuse.InvalidRequest, faults[0].Reason, faults)));
        return works.TryGetValue(asked.Work, out var run)
            ? (new NewWork("sample", by.Region, run), null)
            : (null, Answers.Problem(Refuse.NotFound("work of that name") with { Field = "work" }));
    }
}

using System.Diagnostics;
using ClaimsEngine.Host;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace ClaimsEngine.Benchmarks;

/// <summary>Our engine without a web server, on a database of its own.</summary>
internal sealed class BenchEngine : IAsyncDisposable
{
    private readonly IHost host;
    private readonly IAsyncDisposable opened;
    private bool started;

    private BenchEngine(BenchDatabase database, ClaimsStorage storage, IAsyncDisposable opened, IHost host) =>
        (Database, Storage, this.opened, this.host) = (database, storage, opened, host);

    public BenchDatabase Database { get; }

    public ClaimsStorage Storage { get; }

    /// <summary>The engine as it is published: all modules, all read models.</summary>
    public static async Task<BenchEngine> Open(Workbench bench)
    {
        var database = await bench.EmptyDatabase();
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Claims", database.ConnectionString)]);
        var opened = await HostDatabase.Open(builder.Configuration, System.Console.Error.WriteLine, mayMake: true, CancellationToken.None);
        builder.AddEngine(opened.Storage, await opened.IdentityKey(CancellationToken.None));
        return new BenchEngine(database, opened.Storage, opened, builder.Build());
    }

    /// <summary>The same storage with events and read models of the benchmarks.</summary>
    public static async Task<BenchEngine> Open(Workbench bench, EventTypes types, params IReadOnlyList<IReadModel> models)
    {
        var database = await bench.EmptyDatabase();
        var builder = Builder();
        var storage = await ClaimsStorage.Open(new StorageOptions(database.ConnectionString), types, models);
        storage.Register(builder.Services, new IdentityKey(await storage.Keys.Secret("identity-hash")));
        builder.Services.AddSingleton<IClock>(SystemClock.Instance).AddSingleton<IReadOnlyList<Module>>([]).AddSingleton<CommandRoom>();
        builder.UseWolverine(wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(ClaimsHost).Assembly;   // not this one, where the peers' handlers are
            storage.Configure(wolverine);
        });
        return new BenchEngine(database, storage, storage, builder.Build());
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Runs Wolverine and the daemon, which brings the read models up to date.</summary>
    public async Task Start()
    {
        started = true;
        await host.StartAsync();
    }

    /// <summary>Stores streams that are there before anything is measured.</summary>
    /// <returns>the position of the last event</returns>
    public async Task<long> Fill(IEnumerable<ImportRow> rows)
    {
        var state = await Get<Importer>().Run("fill", rows.ToAsyncEnumerable(), new ImportOptions { MaxLag = null });
        if (state.Rejected > 0) throw new InvalidOperationException($"{state.Rejected} of {state.Rows} rows were rejected");
        return state.Position;
    }

    /// <summary>Stores one decision as a command would.</summary>
    public async Task<long> Append(Decision decision)
    {
        var write = new PendingWrite();
        write.Add(decision, _ => Samples.By);
        await using var session = Get<Marten.IDocumentStore>().LightweightSession();
        return await Get<SessionWriter>().Write(write, session, CancellationToken.None) is Stored stored
            ? stored.Position
            : throw new InvalidOperationException("the decision was not stored");
    }

    /// <summary>
    /// Waits until the read models have come to a position. Afterwards the statistics are as autovacuum would have made them by then.
    /// </summary>
    public async Task CatchUp(long position)
    {
        if (!await Storage.Upkeep.WaitFor(position, TimeSpan.FromHours(1))) throw new TimeoutException("the read models do not catch up");
        await Database.Execute("ANALYZE");
    }

    /// <summary>
    /// Events a second, from the first page that the daemon has committed until it has come to the end. Its start is not counted.
    /// </summary>
    public Task<double> Projected(long end) => Progress.Rate(
        Database, $"SELECT last_seq_id FROM {Storage.Options.Schema}.mt_event_progression WHERE name = 'read-models:All'", end);

    public async ValueTask DisposeAsync()
    {
        if (started) await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await opened.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static HostApplicationBuilder Builder()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error)
            .AddFilter("Wolverine.RDBMS.DurabilityAgent", LogLevel.None);   // it complains when it is stopped
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }
}

/// <summary>How fast a number in a table rises.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="sql">gives the number; null or nothing is 0</param>
    /// <returns>what it rises by in a second, from when it is first seen above 0 until it has come to <paramref name="end"/></returns>
    public static async Task<double> Rate(BenchDatabase database, string sql, long end)
    {
        var waiting = Stopwatch.StartNew();
        var (first, clock) = (0L, new Stopwatch());
        while (true)
        {
            var now = await database.Number(sql);
            if (now >= end) return first == 0 ? end / waiting.Elapsed.TotalSeconds : (end - first) / clock.Elapsed.TotalSeconds;
            if (first == 0 && now > 0)
            {
                first = now;
                clock.Start();
            }
            if (waiting.Elapsed > Patience) throw new TimeoutException($"{now} of {end} after {Patience}");
            await Task.Delay(5);
        }
    }
}

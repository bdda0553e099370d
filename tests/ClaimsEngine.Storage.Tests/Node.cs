using System.Collections.Concurrent;
using ClaimsEngine.Storage.Bulk;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.LongWork;
using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Reading;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

namespace ClaimsEngine.Storage.Tests;

/// <summary>A process of the engine as the host builds it: the storage, and Marten and Wolverine on it. It reads and writes at once;
/// <see cref="Start"/> sets its daemon going.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost host;
    private bool started;

    private Node(ClaimsStorage storage)
    {
        Storage = storage;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IClock>(SystemClock.Instance)
            .AddSingleton<IReadOnlyList<Module>>([]).AddSingleton<CommandRoom>();
        storage.Register(builder.Services, new IdentityKey(new byte[32]));
        builder.UseWolverine(wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(Node).Assembly;
            storage.Configure(wolverine);
        });
        host = builder.Build();
    }

    public ClaimsStorage Storage { get; }
    public LogBook Log { get; } = new();
    public KeyReader Keys => Storage.Keys;
    public ReadModelUpkeep Upkeep => Storage.Upkeep;
    public IDocumentStore Store => Get<IDocumentStore>();
    public EventReader Events => Get<EventReader>();
    public BulkWriter Bulk => Get<BulkWriter>();
    public Importer Importer => Get<Importer>();
    public LongWorks Works => Get<LongWorks>();

    public static async Task<Node> Open(StorageOptions options, IReadOnlyList<IReadModel> readModels, EventTypes? types = null)
    {
        var storage = await ClaimsStorage.OpenMigrated(options, types ?? Samples.Types, readModels);
        try
        {
            return new Node(storage);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets Wolverine and Marten's daemon going.</summary>
    public async Task<Node> Start()
    {
        started = true;
        await host.StartAsync();
        return this;
    }

    public async Task Stop()
    {
        if (started) await host.StopAsync();
        started = false;
    }

    /// <summary>Through a session of Marten's, as a command is.</summary>
    public async Task<WriteOutcome> Write(PendingWrite write)
    {
        await using var session = Store.LightweightSession();
        return await Get<SessionWriter>().Write(write, session, CancellationToken.None);
    }

    public Task<WriteOutcome> WriteInBulk(PendingWrite write) => Bulk.Write(write, CancellationToken.None);

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stop();
        }
        finally
        {
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
            await Storage.DisposeAsync();
        }
    }
}

/// <summary>What was logged at warning or above.</summary>
internal sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.Text)];

    public bool HasErrors => lines.Any(line => line.Level >= LogLevel.Error);

    public ILogger CreateLogger(string category) => new Logger(category, lines);

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format)
        {
            if (IsEnabled(level))
                lines.Enqueue((level, $"{DateTime.UtcNow:mm:ss.fff} {level} {category}: {format(state, exception)} {exception}"));
        }
    }
}

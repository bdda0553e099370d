using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Schema;
using ClaimsEngine.Storage.Writing;
using System.Diagnostics;
using JasperFx.CodeGeneration;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten;

namespace ClaimsEngine.Storage;

/// <summary>The storage of one process: opened once, then registered in the host's container.</summary>
public sealed class ClaimsStorage : IAsyncDisposable
{
    private ClaimsStorage(StorageOptions options, EventTypes types, IReadOnlyList<IReadModel> readModels)
    {
        Options = options;
        Types = types;
        Sessions = new Sessions(options);
        Models = new ReadModelSet(readModels, Sessions, options, types);
        Keys = new KeyReader(Sessions, options);
        Upkeep = new ReadModelUpkeep(Models, Sessions, options, types, Wakeup);
    }

    public StorageOptions Options { get; }
    public EventTypes Types { get; }
    public Sessions Sessions { get; }
    public ReadModelSet Models { get; }
    public KeyReader Keys { get; }
    public ReadModelUpkeep Upkeep { get; }
    public DaemonWakeup Wakeup { get; } = new();

    /// <summary>The same without a look at the database: for what only describes the engine or writes its generated code.</summary>
    public static ClaimsStorage Unopened(StorageOptions options, EventTypes types, IReadOnlyList<IReadModel> readModels) =>
        new(options, types, readModels);

    /// <summary>Brings the schema up to date as the owner, then opens sessions in the application's role. A read model whose definition has
    /// changed is rebuilt.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL cannot be reached, or the owner lacks a privilege.</exception>
    public static async Task<ClaimsStorage> Open(
        StorageOptions options, EventTypes types, IReadOnlyList<IReadModel> readModels, CancellationToken cancellation = default)
    {
        // A session that is cut while the engine starts is no reason to give up: PostgreSQL may be starting too.
        for (var trying = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await OpenOnce(options, types, readModels, cancellation);
            }
            catch (Exception exception) when (Postgres.WasCut(exception) && trying.Elapsed < options.Reconnect)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
            }
        }
    }

    private static async Task<ClaimsStorage> OpenOnce(
        StorageOptions options, EventTypes types, IReadOnlyList<IReadModel> readModels, CancellationToken cancellation)
    {
        await Migration.Run(options, types, cancellation);
        return await OpenMigrated(options, types, readModels, cancellation);
    }

    /// <summary>Opens a database whose schema is known to be up to date.</summary>
    internal static async Task<ClaimsStorage> OpenMigrated(
        StorageOptions options, EventTypes types, IReadOnlyList<IReadModel> readModels, CancellationToken cancellation = default)
    {
        var storage = new ClaimsStorage(options, types, readModels);
        try
        {
            await storage.Upkeep.BringUpToDate(cancellation);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Marten, and what reads and writes beside it.</summary>
    public void Register(IServiceCollection services, IdentityKey identityKey)
    {
        services.AddSingleton(this).AddSingleton(Options).AddSingleton(Types).AddSingleton(Sessions).AddSingleton(Models)
            .AddSingleton(Keys).AddSingleton(Upkeep).AddSingleton(Wakeup).AddSingleton(identityKey)
            .AddSingleton<EventReader>().AddSingleton<RecordRoom>().AddSingleton<EmployerMembers>().AddSingleton<PlanFigures>()
            .AddSingleton<SessionWriter>().AddSingleton<Bulk.BulkWriter>()
            .AddSingleton<Bulk.Importer>().AddSingleton<LongWork.LongWorks>().AddSingleton<Outbox.Deliveries>()
            .AddSingleton<Papers.Uploads>().AddSingleton<Papers.PaperDrafts>()
            .AddSingleton<FactWriter>();
        services.AddHostedService<ReadModelWatch>();
        services.AddMarten(marten =>
            {
                marten.UseForClaims(Options, Types, Sessions.Application);
                marten.Projections.Wakeup = Wakeup;
                marten.Listeners.Add(Wakeup);
            })
            .UseLightweightSessions()
            .AddProjectionWithServices<ReadModelProjection>(ProjectionLifecycle.Async, ServiceLifetime.Singleton, projection =>
            {
                projection.Name = ReadModelProjection.Name;
                projection.Options.BatchSize = Options.ProjectionPage;
            })
            .IntegrateWithWolverine(integration => integration.UseWolverineManagedEventSubscriptionDistribution = true);
    }

    /// <summary>How Wolverine runs commands and pages of events, and shares the work of several processes.</summary>
    public void Configure(WolverineOptions wolverine)
    {
        // What is published was generated beforehand (Dockerfile); from a fresh clone the code of the handlers is made when it is first
        // needed.
        wolverine.CodeGeneration.TypeLoadMode = wolverine.ApplicationAssembly?.GetTypes().Any(type =>
            type.Namespace == "Internal.Generated.WolverineHandlers") == true
            ? TypeLoadMode.Static : TypeLoadMode.Dynamic;
        wolverine.AutoBuildMessageStorageOnStartup = JasperFx.AutoCreate.None;
        wolverine.Discovery.IncludeAssembly(typeof(Command).Assembly);
        wolverine.Discovery.IncludeType(typeof(PageHandler));
        wolverine.Policies.Add<DecisionPolicy>();
        wolverine.Policies.AddMiddleware(typeof(CommandMiddleware), chain => chain.MessageType.IsAssignableTo(typeof(Command)));
        wolverine.Policies.UseDurableLocalQueues();
        wolverine.OnException<ContendedException>().RetryWithCooldown(
            [.. new[] { 2, 5, 10, 20, 30, 40, 50, 60, 60, 60, 60 }.Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))]);

        wolverine.Durability.Mode = DurabilityMode.Balanced;
        wolverine.Durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(50);
        wolverine.Durability.FirstNodeReassignmentExecution = TimeSpan.FromMilliseconds(50);
        wolverine.Durability.HealthCheckPollingTime = wolverine.Durability.CheckAssignmentPeriod =
            wolverine.Durability.NodeReassignmentPollingTime = Options.NodeSilence / 5;
        wolverine.Durability.StaleNodeTimeout = Options.NodeSilence;
        // Read models that stopped on a failure that passes go on soon. By default each further try comes twice as late, up to five
        // minutes.
        wolverine.Durability.TransientFailureRestartMaxBackoff = Options.NodeSilence;
        wolverine.Durability.ScheduledJobFirstExecution = TimeSpan.FromSeconds(1);
        wolverine.Durability.ScheduledJobPollingTime = TimeSpan.FromSeconds(1);
        wolverine.Durability.DurabilityMetricsEnabled = true;
    }

    public async ValueTask DisposeAsync() => await Sessions.DisposeAsync();
}

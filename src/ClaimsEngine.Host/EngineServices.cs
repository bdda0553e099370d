using ClaimsEngine.Host.AuditPacks;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Contributions;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Host.Papers;
using ClaimsEngine.Host.Payments;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Settlements;
using ClaimsEngine.Rosters.Enrolling;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;
using Marten.Events.Daemon;
using Wolverine;

namespace ClaimsEngine.Host;

/// <summary>What runs the engine in a process, with a web server or without one: storage, Wolverine, commands, long work.</summary>
public static class EngineServices
{
    public static void AddEngine(this IHostApplicationBuilder builder, ClaimsStorage storage, IdentityKey identityKey)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IClock>(SystemClock.Instance);
        storage.Register(services, identityKey);
        services.AddSingleton<IReadOnlyList<Module>>(Engine.Modules);
        services.AddSingleton<CommandRoom>();
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<DeadlineWatch>();
        services.AddSingleton<PaymentScheduleWatch>();
        services.AddPapers();
        services.AddSingleton<SeedPlayer>().AddSingleton<YearPayments>().AddSingleton<SeededYear>().AddSingleton<SeedDesk>();
        services.AddSingleton<RosterRun>();
        services.AddSingleton<ILongWork, RosterWork>();
        services.AddSingleton<ILongWork, WhatIfWork>();
        services.AddSingleton<GroupedWrites>().AddSingleton<SettlementDesk>();
        services.AddSingleton<AuthorisationDesk>().AddSingleton<ContributionDesk>();
        services.AddSingleton<AuditPackRun>();
        services.AddSingleton<ILongWork, AuditPackWork>();
        services.AddSingleton<ILongWork, SettlementWork>();
        services.AddSingleton<ILongWork, ContributionPaymentsWork>();
        // For operators, not for readiness: an import may let the read models lag for a while.
        services.AddHealthChecks()
            .AddMartenAsyncDaemonHealthCheck(maxEventLag: 50_000, maxSameLagTime: TimeSpan.FromSeconds(30))
            .AddMartenHighWaterHealthCheck(staleThreshold: TimeSpan.FromSeconds(30), includeExternallyManaged: true);
        builder.UseWolverine(wolverine =>
        {
            wolverine.ApplicationAssembly = typeof(EngineServices).Assembly;
            storage.Configure(wolverine);
            LongWorkQueue.Configure(wolverine, builder.Configuration);
            CheckDeadlines.Configure(wolverine);
            CheckPaymentSchedules.Configure(wolverine);
            SweepPapers.Configure(wolverine);
        });
        builder.AddLongWork();   // after Wolverine: hosted services start in this order, and its first look puts works in line

        // Wolverine logs every try of a command that loses a race as an error, under the command's name. What fails for good is told by the
        // request's own log.
        foreach (var command in Engine.Modules.SelectMany(module => module.UseCases).Select(useCase => useCase.CommandType))
            builder.Logging.AddFilter(command.FullName, LogLevel.None);
    }
}

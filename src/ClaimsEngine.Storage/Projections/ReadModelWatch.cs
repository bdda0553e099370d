using JasperFx;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.Hosting;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace ClaimsEngine.Storage.Projections;

/// <summary>
/// Keeps the read models going where Marten and Wolverine give up. A shard that has stopped on a failure is tried again, since PostgreSQL
/// comes back and an event or a table may be healed; Wolverine does so for some failures only, and not for a server that was restarted. And
/// a leader that stands still loses its lock.
/// </summary>
internal sealed class ReadModelWatch(IProjectionCoordinator coordinator, Sessions sessions, StorageOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.NodeSilence);
        while (await Tick(timer, stoppingToken))
        {
            try
            {
                await EndSilentLeader(stoppingToken);
                await StartAgain(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // PostgreSQL is away, or Wolverine is just sharing the work out: the next look is soon
            }
        }
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task EndSilentLeader(CancellationToken cancellation)
    {
        await using var command = sessions.Application.CreateCommand(options.Fill("SELECT {schema}.end_silent_leader($1)"));
        command.Parameters.Add(new NpgsqlParameter { Value = options.NodeSilence * 2 });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Those that this process has been given. Where another process has gone on meanwhile, that one has them now.</summary>
    private async Task StartAgain(CancellationToken cancellation)
    {
        foreach (var daemon in await coordinator.AllDaemonsAsync())
            foreach (var agent in daemon.CurrentAgents().Where(agent => agent is { Status: AgentStatus.Paused,
                Failure.Category: not ShardFailureCategory.ProgressionOutOfOrder }))
                await daemon.StartAgentAsync(agent.Name, cancellation);
    }
}

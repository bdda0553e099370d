namespace ClaimsEngine.Host.Seeding;

/// <param name="Level">what is played when the host starts</param>
public sealed record SeedingOptions(SeedLevel Level);

/// <summary>Plays the seeds while the host starts, after the engine runs and before the web server listens.</summary>
internal sealed class SeedingService(SeedDesk player, SeedingOptions options, ILogger<SeedingService> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var told = new Progress<string>(text => log.LogDebug("Seed: {Text}", text));
        if (await player.Play(options.Level, told, cancellationToken) is var played and > 0)
            log.LogInformation("Seeded: {Level}. {Words}", options.Level, SeedPlayer.Words(played));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

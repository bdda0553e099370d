namespace ClaimsEngine.Host.Seeding;

/// <summary>Plays a level of the seeds.</summary>
internal sealed class SeedDesk(SeedPlayer player, SeededYear year)
{
    /// <inheritdoc cref="SeedPlayer.Play(SeedLevel, IProgress{string}, CancellationToken)"/>
    public async Task<int> Play(SeedLevel level, IProgress<string>? progress, CancellationToken cancellation)
    {
        var played = await player.Play(level, progress, cancellation);
        return level == SeedLevel.Year ? played + await year.Play(YearSize.Published, progress, cancellation) : played;
    }
}

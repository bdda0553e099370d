namespace ClaimsEngine.Rosters.Enrolling;

/// <summary>How often a batch is decided again when others change the same things.</summary>
internal static class Race
{
    public const int Attempts = 12;

    /// <summary>A random pause, longer from attempt to attempt, so that two who race do not meet again.</summary>
    public static Task Pause(int attempt, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1 << Math.Min(attempt + 2, 8))), cancellation);
}

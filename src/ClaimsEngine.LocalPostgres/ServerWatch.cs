namespace ClaimsEngine.LocalPostgres;

/// <summary>
/// Looks at the server again and again for as long as this process uses it. When the server has died, the watch has it started again.
/// Every failure and every early death makes the next pause longer, so a server that cannot live does not keep the machine busy.
/// </summary>
/// <param name="name">the server's name in the sentences that are told</param>
/// <param name="every">the time between two looks while all is well</param>
/// <param name="lives">tells whether the server's process runs; may throw if it cannot tell</param>
/// <param name="revive">starts the server and returns when it answers</param>
/// <param name="tell">is told every death, every failure and every return; must not throw</param>
internal sealed class ServerWatch(
    string name, TimeSpan every, Func<bool> lives, Func<CancellationToken, Task> revive, Action<string> tell, TimeProvider time)
{
    /// <summary>The longest pause that is added to the time between two looks.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A server that has lived this long after its revival counts as healthy again.</summary>
    public static readonly TimeSpan Healthy = TimeSpan.FromSeconds(10);

    /// <summary>Watches until it is cancelled. It never throws.</summary>
    public async Task Run(CancellationToken leaving)
    {
        var troubles = 0; // deaths and failures since the server was last healthy
        var dead = false;
        var since = time.GetTimestamp();

        while (await Wait(every + Pause(troubles), leaving))
        {
            try
            {
                if (lives())
                {
                    if (dead)
                    {
                        dead = false;
                        since = time.GetTimestamp();
                        Tell("runs again."); // another process started it, or its recovery took longer than the start was waited for
                    }
                    if (time.GetElapsedTime(since) >= Healthy) troubles = 0;
                    continue;
                }

                if (!dead)
                {
                    troubles++;
                    since = time.GetTimestamp();
                    Tell("has died. It is being started again.");
                }
                dead = true;
                await revive(leaving);
                dead = false;
                Tell($"answers again, {time.GetElapsedTime(since).TotalSeconds:0.0} s after its death was noticed.");
                since = time.GetTimestamp();
            }
            catch (Exception) when (leaving.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                troubles++;
                var next = (every + Pause(troubles)).TotalSeconds;
                var what = dead ? "could not be started again" : "could not be looked at";
                Tell($"{what}. The next try is in {next:0.#} s. {failure.Message}");
            }
        }
    }

    /// <summary>
    /// Nothing for the first trouble, 1 s for the second, twice as much for each further one, and never more than
    /// <see cref="LongestPause"/>.
    /// </summary>
    public static TimeSpan Pause(int troubles) =>
        troubles < 2 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, troubles - 2), LongestPause.TotalSeconds));

    /// <returns>false if the watch shall end</returns>
    private async Task<bool> Wait(TimeSpan pause, CancellationToken leaving)
    {
        await Task.Delay(pause, time, leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !leaving.IsCancellationRequested;
    }

    private void Tell(string what) => tell($"{name} {what}");
}

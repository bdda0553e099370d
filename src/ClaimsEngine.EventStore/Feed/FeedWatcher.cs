using Npgsql;

namespace ClaimsEngine.EventStore.Feed;

/// <summary>
/// Watches the head of the feed for all readers of this process: one poll instead of one per read model. A commit of this process wakes it at once;
/// commits of others are found by polling, from at once to every 25 ms while nothing happens.
/// </summary>
internal sealed class FeedWatcher(NpgsqlDataSource source, EventStoreOptions options)
{
    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(25), Sampling = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedPosition head;

    public FeedPosition Head
    {
        get { lock (gate) return head; }
    }

    /// <summary>A writer of this process has committed.</summary>
    public void Signal()
    {
        lock (gate)
            if (wake.CurrentCount == 0) wake.Release();
    }

    /// <summary>Completes when the head lies beyond <paramref name="position"/>.</summary>
    public Task Beyond(FeedPosition position)
    {
        lock (gate) return head > position ? Task.CompletedTask : moved.Task;
    }

    public async Task Run(CancellationToken stopping)
    {
        var pause = TimeSpan.Zero;
        var sampled = DateTime.MinValue;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stopping);
                await using var command = FeedQuery.Head(connection, options);
                await command.PrepareAsync(stopping);
                while (true)
                {
                    pause = await Look(command, stopping) ? TimeSpan.Zero
                        : TimeSpan.FromMilliseconds(Math.Clamp(pause.TotalMilliseconds * 2, 1, Slowest.TotalMilliseconds));
                    if (DateTime.UtcNow - sampled > Sampling)
                    {
                        sampled = DateTime.UtcNow;
                        await Sample(connection, stopping);
                    }
                    if (pause > TimeSpan.Zero && await wake.WaitAsync(pause, stopping)) pause = TimeSpan.Zero;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);   // PostgreSQL restarts: look again until it is back
            }
        }
    }

    private async Task<bool> Look(NpgsqlCommand command, CancellationToken stopping)
    {
        FeedPosition found;
        await using (var reader = await command.ExecuteReaderAsync(stopping))
            found = await reader.ReadAsync(stopping) ? FeedQuery.Position(reader, 0) : FeedPosition.Start;
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (found <= head) return false;
            head = found;
            waiting = moved;
            moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        waiting.SetResult();
        return true;
    }

    private async Task Sample(NpgsqlConnection connection, CancellationToken stopping)
    {
        await using var command = new NpgsqlCommand(options.Fill("SELECT {schema}.oldest_transaction()"), connection);
        StoreMetrics.OldestTransaction((double)(await command.ExecuteScalarAsync(stopping))!);
    }
}

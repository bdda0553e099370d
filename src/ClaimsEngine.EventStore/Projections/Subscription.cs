using System.Diagnostics;
using ClaimsEngine.EventStore.Feed;
using Npgsql;

namespace ClaimsEngine.EventStore.Projections;

/// <summary>
/// One read model following the feed. Whoever holds the lease writes; its fencing token is checked, and its cursor moved, by the transaction that writes
/// the rows. Another process waits for the lease to end.
/// </summary>
internal sealed class Subscription(Projection projection, FeedWatcher watcher, FeedPages pages, string owner)
{
    /// <summary>A cursor that moved over other read models' events only is stored this late: it saves a write per append and read model.</summary>
    private static readonly TimeSpan LazyCursor = TimeSpan.FromMilliseconds(200);

    /// <summary>So many pages without enough events of its own are passed over at once: the lease is not renewed meanwhile.</summary>
    private const int PagesAtOnce = 16;

    private readonly EventStoreOptions options = projection.Options;
    private readonly Lock gate = new();
    private TaskCompletionSource progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedPosition position;

    public Projection Projection => projection;

    /// <summary>Where this process's own writing stands; <see cref="FeedPosition.Start"/> while another process holds the lease.</summary>
    public FeedPosition Position
    {
        get { lock (gate) return position; }
    }

    /// <summary>Age of what it has still to see, in seconds; for metrics.</summary>
    public double Lag { get; private set; }

    /// <summary>The trouble that writing is in at the moment, for people.</summary>
    public string? Trouble { get; private set; }

    public Task Progress(FeedPosition wanted)
    {
        lock (gate) return position >= wanted ? Task.CompletedTask : progress.Task;
    }

    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await Acquire(stopping) is { } lease) await Follow(lease, stopping);
                else await Task.Delay(options.Lease / 5, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (PostgresException exception) when (exception.SqlState == "CE006")
            {
                Publish(FeedPosition.Start);   // fenced off: by another process, a rebuild, a replay or a crash of the server
            }
            catch (Exception exception)
            {
                Trouble = exception.Message;
                Publish(FeedPosition.Start);
                await Task.Delay(TimeSpan.FromMilliseconds(250), CancellationToken.None);
            }
        }
        await Release();
    }

    private async Task<Lease?> Acquire(CancellationToken stopping)
    {
        await using var connection = await projection.Source.OpenConnectionAsync(stopping);
        await using var command = new NpgsqlCommand(options.Fill("""
            UPDATE {schema}.projections SET owner = $2, token = token + 1, leased_until = clock_timestamp() + $3
            WHERE read_model = $1 AND (owner = $2 OR leased_until < clock_timestamp())
            RETURNING token, epoch, tx_id, seq_id
            """), connection);
        command.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = owner });
        command.Parameters.Add(new NpgsqlParameter { Value = options.Lease });
        Lease lease;
        await using (var reader = await command.ExecuteReaderAsync(stopping))
        {
            if (!await reader.ReadAsync(stopping)) return null;
            lease = new Lease(reader.GetInt64(0), FeedQuery.Position(reader, 1), []);
        }
        return lease with { Held = await projection.HeldStreams(connection, stopping) };
    }

    private async Task Follow(Lease lease, CancellationToken stopping)
    {
        var (token, at, held) = lease;
        var limit = options.ProjectionBatch;
        var stored = at;
        var storedWhen = Stopwatch.StartNew();
        Publish(at);
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            var head = watcher.Head;
            if (head <= at)
            {
                Lag = 0;
                var due = (stored < at ? LazyCursor : options.Lease / 3) - storedWhen.Elapsed;
                var beyond = watcher.Beyond(at);
                if (due > TimeSpan.Zero) await Task.WhenAny(beyond, Task.Delay(due, stopping));
                if (!beyond.IsCompleted && storedWhen.Elapsed >= (stored < at ? LazyCursor : options.Lease / 3))
                {
                    await Write(token, stored, at, null, stopping);   // also renews the lease
                    stored = at;
                    storedWhen.Restart();
                }
                continue;
            }

            var (events, end) = await Next(at, head, limit, stopping);
            await using var connection = await projection.Following.OpenConnectionAsync(stopping);
            var range = await projection.Fold(connection, projection.Name, events, end, held, stopping);
            Lag = range.First is { } first ? Math.Max(0, (DateTime.UtcNow - first).TotalSeconds) : 0;
            // With streams held back nothing is put off: a replay may have healed one meanwhile, and only the token would tell.
            if (range.Writes || held.Count > 0 || storedWhen.Elapsed >= LazyCursor)
            {
                try
                {
                    await Write(token, stored, range.End, range, stopping);
                }
                catch (PostgresException exception) when (exception.SqlState[..2] is "22" or "23" && range.Events > 0)
                {
                    // A row that the table refuses. Alone with it, its stream is parked like any other that fails.
                    if (range.OnlyStream is not { } culprit || range.Events > 1)
                    {
                        limit = 1;
                        continue;
                    }
                    await Park(token, stored, range.End, new FailedEvent(culprit.Stream, culprit.Position, exception.MessageText, 1), stopping);
                    held.Add(culprit.Stream);
                }
                stored = range.End;
                storedWhen.Restart();
            }
            foreach (var failed in range.Fold.Failed) held.Add(failed.Stream);
            limit = Math.Min(options.ProjectionBatch, limit * 2);
            at = range.End;
            Trouble = null;
            Publish(at);
        }
    }

    /// <summary>The next events of this read model, at most so many, and where the cursor stands after them.</summary>
    private async Task<(List<StoredEvent> Events, FeedPosition End)> Next(FeedPosition at, FeedPosition head, int limit, CancellationToken stopping)
    {
        var events = new List<StoredEvent>();
        for (var read = 0; read < PagesAtOnce && at < head; read++)
        {
            var page = await pages.After(at, head, stopping);
            foreach (var stored in page.Events)
            {
                if (stored.Position <= at || stored.StreamType != projection.Table.Definition.StreamType) continue;
                events.Add(stored);
                if (events.Count == limit) return (events, stored.Position);
            }
            at = page.End;
        }
        return (events, at);
    }

    /// <summary>Rows, dead letters and cursor in one transaction and one round trip.</summary>
    private async Task Write(long token, FeedPosition from, FeedPosition to, FoldedRange? range, CancellationToken stopping)
    {
        await using var connection = await projection.Source.OpenConnectionAsync(stopping);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(projection.MoveCursor(token, from, to));
        if (range is not null)
        {
            foreach (var statement in projection.Writer.Statements(projection.Name, range.Fold.Changes)) batch.BatchCommands.Add(statement);
            foreach (var failed in range.Fold.Failed) batch.BatchCommands.Add(projection.Park(failed));
        }
        await batch.ExecuteNonQueryAsync(stopping);
    }

    private async Task Park(long token, FeedPosition from, FeedPosition to, FailedEvent failed, CancellationToken stopping)
    {
        await using var connection = await projection.Source.OpenConnectionAsync(stopping);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { projection.MoveCursor(token, from, to), projection.Park(failed) } };
        await batch.ExecuteNonQueryAsync(stopping);
    }

    /// <summary>Lets another process take over at once.</summary>
    private async Task Release()
    {
        Publish(FeedPosition.Start);
        try
        {
            await using var command = projection.Source.CreateCommand(options.Fill(
                "UPDATE {schema}.projections SET leased_until = '-infinity', owner = NULL WHERE read_model = $1 AND owner = $2"));
            command.Parameters.Add(new NpgsqlParameter { Value = projection.Name });
            command.Parameters.Add(new NpgsqlParameter { Value = owner });
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The lease ends by itself.
        }
    }

    private void Publish(FeedPosition at)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            position = at;
            waiting = progress;
            progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        waiting.SetResult();
    }

    private sealed record Lease(long Token, FeedPosition Position, HashSet<Guid> Held);
}

using System.Diagnostics;
using System.Threading.Channels;
using ClaimsEngine.EventStore.Feed;
using Npgsql;

namespace ClaimsEngine.EventStore.Appending;

/// <summary>
/// The writer of this process. It takes what is waiting and commits it together; while one commit waits for the disk the next batch gathers. No timer:
/// an append that comes alone goes alone at once. Every append is acknowledged after COMMIT.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxBatch = 128, MaxDeferred = 1024, Waiting = 4096, DeadlockRetries = 10;

    private readonly Channel<Waiter> queue = Channel.CreateBounded<Waiter>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly NpgsqlDataSource source;
    private readonly EventStoreOptions options;
    private readonly Func<string, string, Task<StoredReply?>> findReply;
    private readonly Action<IReadOnlyList<StoredEvent>> committed;
    private readonly LostReply lostReply;
    private readonly string sql;
    private readonly Task loop;
    private NpgsqlConnection? connection;

    /// <param name="findReply">reads the stored reply of a caller and request key</param>
    /// <param name="committed">told after every COMMIT that wrote events; without them where its reply was lost</param>
    public GroupCommit(NpgsqlDataSource source, EventStoreOptions options, Func<string, string, Task<StoredReply?>> findReply, Action<IReadOnlyList<StoredEvent>> committed)
    {
        this.source = source;
        this.options = options;
        this.findReply = findReply;
        this.committed = committed;
        lostReply = new LostReply(source, options);
        sql = AppendCall.Sql(options);
        loop = Task.Run(Run);
    }

    public async Task<AppendOutcome> Append(PreparedAppend append, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var waiter = new Waiter(append, cancellation);
        await queue.Writer.WriteAsync(waiter, cancellation);
        var outcome = await waiter.Answer.Task.WaitAsync(cancellation);
        if (outcome is Appended) StoreMetrics.Appended(append.Events.Length, Stopwatch.GetElapsedTime(started));
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task Run()
    {
        var deferred = new Queue<Waiter>();
        while (deferred.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            var batch = Gather(ref deferred);
            if (batch.Count == 0) continue;
            StoreMetrics.Batch(batch.Count);
            try
            {
                await Commit(batch);
            }
            catch (Exception exception)
            {
                // whatever it was, the writer lives on: those who wait are told, and the next batch gets a fresh connection
                foreach (var waiter in batch) waiter.Answer.TrySetException(exception);
                await Disconnect();
            }
        }
    }

    /// <summary>What is waiting, in order of arrival, without two that touch the same thing: the later one waits for the next batch.</summary>
    private List<Waiter> Gather(ref Queue<Waiter> deferred)
    {
        var batch = new List<Waiter>();
        var later = new Queue<Waiter>();
        var touched = new HashSet<object>();
        while (batch.Count < MaxBatch && later.Count < MaxDeferred)
        {
            if (!deferred.TryDequeue(out var waiter) && !queue.Reader.TryRead(out waiter)) break;
            if (waiter.Cancellation.IsCancellationRequested)
            {
                waiter.Answer.TrySetCanceled(waiter.Cancellation);
                continue;
            }
            var things = waiter.Append.Touched().ToArray();
            if (things.Any(touched.Contains)) later.Enqueue(waiter);
            else batch.Add(waiter);
            touched.UnionWith(things);   // those of a deferred append too, so that a third one does not overtake it
        }
        while (deferred.TryDequeue(out var waiter)) later.Enqueue(waiter);
        deferred = later;
        return batch;
    }

    private async Task Commit(List<Waiter> batch)
    {
        var call = new AppendCall([.. batch.Select(waiter => waiter.Append)]);
        try
        {
            Acknowledge(batch, call, await call.Run(await Connect(), sql));
        }
        catch (PostgresException exception) when (batch.Count > 1 && !LostReply.Is(exception) && call.Refusal(exception) is { } refusal)
        {
            // One of them has lost for good, whatever the others do: the rest still shares a commit.
            var loser = batch[refusal.Append];
            batch.RemoveAt(refusal.Append);
            await Answer(loser, uncertain: false, refusal.Outcome);
            await Commit(batch);
        }
        catch (Exception exception)
        {
            var uncertain = LostReply.Is(exception);
            if (uncertain) await Disconnect();
            foreach (var waiter in batch) await CommitAlone(waiter, uncertain);
        }
    }

    private void Acknowledge(IReadOnlyList<Waiter> batch, AppendCall call, AppendOutcome[] outcomes)
    {
        if (call.Stored.Count > 0) committed(call.Stored);
        for (var i = 0; i < batch.Count; i++) batch[i].Answer.TrySetResult(outcomes[i]);
    }

    /// <param name="uncertain">whether an earlier run of the same append may have been committed</param>
    private async Task CommitAlone(Waiter waiter, bool uncertain)
    {
        var call = new AppendCall([waiter.Append]);
        var searching = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(10);
        for (var embraces = 0; ;)
        {
            try
            {
                Acknowledge([waiter], call, await call.Run(await Connect(), sql));
                return;
            }
            catch (PostgresException exception) when (call.Refusal(exception) is { } refusal)
            {
                if (await Answer(waiter, uncertain, refusal.Outcome)) return;
            }
            catch (PostgresException exception) when (exception.SqlState is "40001" or "40P01" && embraces < DeadlockRetries)
            {
                embraces++;
            }
            catch (PostgresException exception) when (exception is { SqlState: "23505", ConstraintName: "pk_mt_events_stream_and_version" })
            {
                // Someone who does not move stream heads (a plain INSERT) has written this version.
                if (await Answer(waiter, uncertain, new VersionConflict(waiter.Append.Streams[0].Stream))) return;
            }
            catch (PostgresException exception) when (uncertain && exception is { SqlState: "23505", TableName: "outbox" })
            {
                if (await Answer(waiter, uncertain, null)) return;
                waiter.Answer.TrySetException(exception);
                return;
            }
            catch (Exception exception) when (LostReply.Is(exception) && searching.Elapsed < options.Reconnect)
            {
                uncertain = true;
                await Disconnect();
                await Task.Delay(pause);
                pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2));
            }
            catch (Exception exception)
            {
                await Disconnect();
                waiter.Answer.TrySetException(exception is PostgresException { SqlState: "CE005" } archived
                    ? new InvalidOperationException(archived.MessageText, archived) : exception);
                return;
            }
        }
    }

    /// <summary>Answers a refused append. False when the connection was lost again meanwhile and the append has to run once more.</summary>
    /// <param name="outcome">null for a request that was answered before, or a message that was stored before</param>
    private async Task<bool> Answer(Waiter waiter, bool uncertain, AppendOutcome? outcome)
    {
        try
        {
            if (uncertain && await lostReply.Find(waiter.Append) is { } appended)
            {
                if (appended.Position > FeedPosition.Start) committed([]);
                waiter.Answer.TrySetResult(appended);
                return true;
            }
            if (outcome is null && waiter.Append.Reply is { } asked)
            {
                if (await findReply(asked.Caller, asked.RequestKey) is not { } reply) return false;   // it was purged in between
                outcome = new AlreadyAnswered(reply);
            }
            if (outcome is not null) waiter.Answer.TrySetResult(outcome);
            return outcome is not null;
        }
        catch (Exception exception) when (LostReply.Is(exception))
        {
            return false;
        }
    }

    private async Task<NpgsqlConnection> Connect() => connection ??= await source.OpenConnectionAsync();

    private async Task Disconnect()
    {
        var broken = connection;
        connection = null;
        if (broken is not null) await broken.DisposeAsync();
    }

    private sealed class Waiter(PreparedAppend append, CancellationToken cancellation)
    {
        public PreparedAppend Append { get; } = append;
        public CancellationToken Cancellation { get; } = cancellation;
        public TaskCompletionSource<AppendOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

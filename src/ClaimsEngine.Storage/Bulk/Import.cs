using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Npgsql;

namespace ClaimsEngine.Storage.Bulk;

/// <summary>
/// One run over a source. Several batches are written at the same time and commit in the order of the source, so that one number says how
/// far it is stored; that number moves in the transaction that stores.
/// </summary>
internal sealed class Import(ImportState begun, NpgsqlDataSource sessions, StorageOptions options, EventTypes types, ImportLog log,
    ImportOptions how)
{
    /// <summary>A batch that was misjudged is judged again on facts; from the third try on nobody else changes its pools
    /// meanwhile.</summary>
    private const int UnlockedTries = 2, Tries = 20;

    private readonly Channel<ImportBatch> batches = Channel.CreateBounded<ImportBatch>(1);
    private readonly SemaphoreSlim taking = new(1);
    private readonly List<ImportBatch> running = [];
    private ImportState state = begun;
    private Exception? failure;

    /// <summary>Set while rows are rejected: the next batch is judged on facts at once.</summary>
    private volatile bool doubtful;

    /// <param name="committed">told after every COMMIT, in order</param>
    public async Task<ImportState> Run(
        IAsyncEnumerable<ImportRow> rows, Action<ImportState> committed, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll([Stopping(() => Gather(rows, stop.Token)), .. Enumerable.Range(0, how.Connections).Select(_ => Stopping(Work))]);
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return state;

        // The first that fails stops the others; what they make of that is of no interest.
        Task Stopping(Func<Task> work) => Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
                await stop.CancelAsync();
            }
        }, CancellationToken.None);

        async Task Work()
        {
            while (await Take(stop.Token) is var (batch, mayBegin))
            {
                try
                {
                    await mayBegin;
                    await Store(batch, committed, stop.Token);
                }
                catch (Exception exception)
                {
                    // Set before those that wait for this batch hear of it: what they say would hide why it failed.
                    Interlocked.CompareExchange(ref failure, exception, null);
                    throw;
                }
                finally
                {
                    batch.Committed.TrySetCanceled();   // unless it has committed: nobody shall wait for it
                }
            }
        }
    }

    private async Task Gather(IAsyncEnumerable<ImportRow> rows, CancellationToken stop)
    {
        var resumed = state.LastRow;
        var before = Task.CompletedTask;
        var gathered = new List<ImportRow>();
        var hoped = new Ruling();
        var (last, size) = (0L, 0);
        await foreach (var row in rows.WithCancellation(stop))
        {
            if (row.Number <= last) throw new ArgumentException($"row {row.Number} comes after row {last}: numbers begin at 1 and rise");
            last = row.Number;
            if (row.Number <= resumed) continue;
            hoped.Judge(row);
            gathered.Add(row);
            size += Math.Max(1, row.Streams.Sum(stream => stream.Events.Count));
            if (size >= how.BatchEvents) await Hand();
        }
        if (gathered.Count > 0) await Hand();
        batches.Writer.Complete();

        async Task Hand()
        {
            var batch = new ImportBatch(gathered, hoped) { MayCommit = before };
            await batches.Writer.WriteAsync(batch, stop);
            (before, gathered, hoped, size) = (batch.Committed.Task, [], new Ruling(), 0);
        }
    }

    /// <summary>The next batch, and what it has to wait for before it begins: the last of those being written that touches what it touches,
    /// since they commit in order.</summary>
    private async Task<(ImportBatch Batch, Task MayBegin)?> Take(CancellationToken stop)
    {
        await taking.WaitAsync(stop);
        try
        {
            if (!await batches.Reader.WaitToReadAsync(stop) || !batches.Reader.TryRead(out var batch)) return null;
            running.RemoveAll(earlier => earlier.Committed.Task.IsCompleted);
            var mayBegin = running.FindLast(earlier => batch.Hoped.Meets(earlier.Hoped))?.Committed.Task ?? Task.CompletedTask;
            running.Add(batch);
            return (batch, mayBegin);
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Waits while the read models lag too far behind what this run has stored.</summary>
    private async Task Room(CancellationToken stop)
    {
        while (how.MaxLag is { } most)
        {
            await using var connection = await sessions.OpenConnectionAsync(stop);
            if (state.Position - await Projections.Progress.Of(connection, options, stop) <= most) return;
            await Task.Delay(20, stop);
        }
    }

    /// <summary>Stores a batch, however many tries it takes.</summary>
    private async Task Store(ImportBatch batch, Action<ImportState> committed, CancellationToken stop)
    {
        var onFacts = doubtful || !batch.Hoped.CanBeShown;
        var (uncertain, overtaken) = (false, false);
        var trouble = new Stopwatch();
        var pause = TimeSpan.FromMilliseconds(10);
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (tries == 1) await Room(stop);
                if (onFacts) await batch.MayCommit;   // what the rows before it did belongs to the facts
                // A COMMIT whose reply was lost may have taken effect, even after the connection was given up.
                var found = uncertain ? await log.Find(state.Source, stop) : null;
                if (found?.LastRow == batch.LastRow) state = found;
                else if (overtaken) throw new SourceTakenException(state.Source);
                else state = await Try(batch, onFacts, tries > UnlockedTries, () => uncertain = true, stop);
                break;
            }
            catch (Exception exception) when (exception is Misjudged or PostgresException { SqlState: "23505" or "CE007" or "40001"
                or "40P01" } && tries < Tries)
            {
                onFacts = true;
            }
            catch (PostgresException exception) when (exception.SqlState == "CE008" && !overtaken)
            {
                overtaken = true;
            }
            catch (PostgresException exception) when (exception.SqlState[..2] is "22" or "54" && batch.Unstorable is null)
            {
                if (batch.Rows.Count == 1)
                {
                    batch.Unstorable = exception.MessageText;
                    continue;
                }
                foreach (var half in batch.Halves()) await Store(half, committed, stop);
                batch.Committed.TrySetResult();
                return;
            }
            catch (Exception exception) when (Postgres.IsGone(exception) && trouble.Elapsed < options.Reconnect)
            {
                trouble.Start();
                await Task.Delay(pause, stop);
                pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2));
            }
        }
        committed(state);
        batch.Committed.TrySetResult();
    }

    /// <param name="committing">told when the outcome is about to be in the hands of the database</param>
    /// <returns>where the source stands afterwards</returns>
    private async Task<ImportState> Try(ImportBatch batch, bool onFacts, bool hold, Action committing, CancellationToken stop)
    {
        await using var connection = await sessions.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var writing = new BatchTransaction(connection, options, types);
        var ruling = batch.Unstorable is { } complaint ? Ruling.Against(batch.Rows[0], complaint)
            : onFacts ? Ruling.On(await writing.Find(batch.Rows, hold), batch.Rows) : batch.Hoped;
        var last = await writing.Write(ruling, ruling.Accepted.SelectMany(row => row.Streams), stop);
        await batch.MayCommit;
        var after = state with
        {
            LastRow = batch.LastRow, Rows = state.Rows + batch.Rows.Count, Rejected = state.Rejected + ruling.Rejected.Count,
            Streams = state.Streams + ruling.Streams, Events = state.Events + ruling.Events,
            Position = Math.Max(last, state.Position),   // batches may have begun in another order
        };
        await writing.End(ruling, (state, after));
        committing();
        await transaction.CommitAsync(CancellationToken.None);

        if (onFacts) doubtful = ruling.Rejects;
        StoreMetrics.Imported(ruling.Events);
        return after;
    }
}

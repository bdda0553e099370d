using System.Collections.Concurrent;
using System.Diagnostics;
using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.Host.Http;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClaimsEngine.Host.LongWork;

/// <summary>
/// Runs works in the background, some at once, each behind a wall of its own: whatever one does, the others go on. Keeps what is stored of each up to
/// date, and looks after the works of processes that are no more.
/// </summary>
public sealed partial class LongWorkRunner : IHostedService, IAsyncDisposable
{
    /// <summary>Progress is stored this often at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5), Silence = TimeSpan.FromSeconds(30), Day = TimeSpan.FromDays(1);

    private readonly LongWorks works;
    private readonly ILogger<LongWorkRunner> log;
    private readonly TimeSpan kept;
    private readonly SemaphoreSlim places;
    private readonly ConcurrentDictionary<Guid, Task> inHand = new();
    private readonly CancellationTokenSource stopping = new();
    private Task looking = Task.CompletedTask;

    public LongWorkRunner(ClaimsDatabase database, IOptions<LongWorkOptions> options, IHostApplicationLifetime lifetime, ILogger<LongWorkRunner> log)
    {
        works = database.LongWorks;
        this.log = log;
        kept = TimeSpan.FromDays(options.Value.KeepDays);
        places = new SemaphoreSlim(options.Value.AtOnce);
        // not only when its own turn to stop comes: the server waits before that for whoever watches a work by server-sent events
        lifetime.ApplicationStopping.Register(() => _ = stopping.CancelAsync());
    }

    /// <summary>Stores the work and starts it, or puts it in line.</summary>
    /// <param name="id">of the work</param>
    /// <param name="caller">the token's subject</param>
    /// <param name="traceId">of the request: a failure is logged and shown under it</param>
    /// <param name="reply">the answer, kept under the request's Idempotency-Key; null if it has none</param>
    /// <returns>false when the caller has used the key before; nothing is started then</returns>
    public async Task<bool> Start(Guid id, NewWork work, string caller, string traceId, StoredReply? reply)
    {
        // not for the caller to cancel: the work would be stored and nobody run it
        if (!await works.Start(id, work.Kind, caller, work.Region.Value, reply, CancellationToken.None)) return false;
        var running = Task.Run(() => Run(id, work, traceId));
        inHand[id] = running;
        _ = running.ContinueWith(_ => inHand.TryRemove(id, out Task? _), TaskScheduler.Default);
        return true;
    }

    public bool IsStopping => stopping.IsCancellationRequested;

    /// <summary>Completes when the work has ended and its end is stored; at once if this process does not run it.</summary>
    public Task Ending(Guid id) => inHand.GetValueOrDefault(id, Task.CompletedTask);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        looking = Task.Run(LookAfter, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Interrupts what runs and waits until that is stored. A work that does not heed it is marked by another process, or at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll([looking, .. inHand.Values]).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>For a host that is disposed without having been stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Beat);
        await StopAsync(patience.Token);
    }

    private async Task Run(Guid id, NewWork work, string traceId)
    {
        try
        {
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            var context = new WorkContext(id, works, cancelled.Token);
            var running = Task.Run(() => InTurn(work, context), CancellationToken.None);
            await Accompany(running, context, cancelled);
            await Finish(await EndOf(running, work, context, traceId), context, traceId);
        }
        catch (Exception exception)
        {
            Unstored(exception, work.Kind, id);   // it falls silent, and is marked interrupted
        }
    }

    private async Task<WorkEnd> InTurn(NewWork work, WorkContext context)
    {
        await places.WaitAsync(context.Cancellation);
        try
        {
            var end = await work.Run(context);
            await context.CloseOutput();
            return end;
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Until the work has ended: stores its progress, shows signs of life, and tells it when it has been given up.</summary>
    private async Task Accompany(Task running, WorkContext context, CancellationTokenSource cancelled)
    {
        var (stored, beat) = (context.Progress, Stopwatch.StartNew());
        while (await Task.WhenAny(running, Task.Delay(Pace)) != running)
        {
            var progress = context.Progress;
            if (progress == stored && beat.Elapsed < Beat) continue;
            try
            {
                if (!await works.Report(context.Id, progress.Done, progress.Total)) await cancelled.CancelAsync();
                stored = progress;
                beat.Restart();
            }
            catch (Exception)
            {
                // PostgreSQL restarts, perhaps. Whatever it is, it shall not hurt the work: the next round tries again
            }
        }
    }

    private async Task<WorkEnd> EndOf(Task<WorkEnd> running, NewWork work, WorkContext context, string traceId)
    {
        try
        {
            return await running;
        }
        catch when (context.Cancellation.IsCancellationRequested)
        {
            return WorkEnd.Interrupted;
        }
        catch (Exception exception)
        {
            Unexpected(exception, work.Kind, context.Id, traceId);
            return WorkEnd.Failed;
        }
    }

    private async Task Finish(WorkEnd end, WorkContext context, string traceId)
    {
        var (done, total) = context.Progress;
        var problem = end.No is { } no ? Answers.Problem(no) : end.Status == WorkStatus.Failed ? ProblemDocument.ForStatus(StatusCodes.Status500InternalServerError) : null;
        for (var trying = Stopwatch.StartNew(); ;)
        {
            try
            {
                await works.Finish(context.Id, end.Status, done, total, end.Result, problem?.Embedded(traceId));
                return;
            }
            catch (NpgsqlException) when (trying.Elapsed < Silence && !stopping.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Marks works whose process fell silent, and once a day deletes old ones.</summary>
    private async Task LookAfter()
    {
        var (purged, sinceThen) = (false, Stopwatch.StartNew());
        using var timer = new PeriodicTimer(Beat);
        try
        {
            do
            {
                try
                {
                    if (await works.Interrupt(Silence, stopping.Token) is > 0 and var silent) GivenUp(silent);
                    if (purged && sinceThen.Elapsed < Day) continue;
                    await works.Purge(kept, stopping.Token);
                    (purged, sinceThen) = (true, Stopwatch.StartNew());
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    NotLookedAfter(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // the host stops
        }
    }

    [LoggerMessage(LogLevel.Error, "Long work {Kind} {Id} of request {TraceId} failed unexpectedly")]
    private partial void Unexpected(Exception exception, string kind, Guid id, string traceId);

    [LoggerMessage(LogLevel.Warning, "The end of long work {Kind} {Id} could not be stored")]
    private partial void Unstored(Exception exception, string kind, Guid id);

    [LoggerMessage(LogLevel.Warning, "{Count} long works interrupted: their processes gave no sign of life")]
    private partial void GivenUp(int count);

    [LoggerMessage(LogLevel.Warning, "Long works could not be looked after; the next round tries again")]
    private partial void NotLookedAfter(Exception exception);
}

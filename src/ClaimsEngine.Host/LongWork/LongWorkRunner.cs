using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.LongWork;
using ClaimsEngine.Storage.Writing;
using Microsoft.Extensions.Options;
using Npgsql;
using Wolverine;

namespace ClaimsEngine.Host.LongWork;

/// <summary>
/// Runs works in the background. One that fails or never ends does not keep the others from running. Wolverine's durable queue says when a
/// work runs; what is stored of each work says what is to be done and how far it is, so that another process goes on with the works of one
/// that was killed.
/// </summary>
public sealed partial class LongWorkRunner : BackgroundService
{
    /// <summary>Progress is stored this often at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Beat = LongWorks.Silence / 4, Patience = TimeSpan.FromSeconds(30), Day = TimeSpan.FromDays(1);

    /// <summary>A message of the queue is taken for lost after this time, and sent again.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromHours(1);

    private readonly LongWorks works;
    private readonly IServiceScopeFactory scopes;
    private readonly Dictionary<string, ILongWork> kinds;
    private readonly ILogger<LongWorkRunner> log;
    private readonly TimeSpan kept;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> inHand = new();
    private readonly ConcurrentDictionary<Guid, long> waiting = new();   // works that this process has put in line, and when
    private readonly CancellationTokenSource stopping = new();

    public LongWorkRunner(
        LongWorks works, IServiceScopeFactory scopes, IEnumerable<ILongWork> kinds, IOptions<LongWorkOptions> options,
        IHostApplicationLifetime lifetime, ILogger<LongWorkRunner> log)
    {
        (this.works, this.scopes, this.log) = (works, scopes, log);
        this.kinds = kinds.ToDictionary(kind => kind.Kind);
        kept = TimeSpan.FromDays(options.Value.KeepDays);
        // Not only when its own turn to stop comes: the server waits before that for whoever watches a work by server-sent events.
        lifetime.ApplicationStopping.Register(() => _ = stopping.CancelAsync());
    }

    /// <summary>Stores the work and puts it in line.</summary>
    /// <param name="id">of the work</param>
    /// <param name="caller">the token's subject</param>
    /// <param name="traceId">of the request</param>
    /// <param name="reply">the answer, kept under the request's Idempotency-Key; null if it has none</param>
    /// <returns>false when the caller has used the key before; nothing is started then</returns>
    public async Task<bool> Start(Guid id, NewWork work, string caller, string traceId, StoredReply? reply)
    {
        var order = JsonSerializer.SerializeToElement(work.Instruction, work.Instruction.GetType(), ClaimsJson.Options);
        var instruction = JsonSerializer.Serialize(new WorkInstruction(traceId, order), ClaimsJson.Options);
        // Not for the caller to cancel: the work would be stored and nobody told to run it before the next look at orphans.
        if (!await works.Start(id, work.Kind, caller, work.Region.Value, instruction, work.Input, reply, CancellationToken.None))
            return false;
        await Tell(id);
        return true;
    }

    /// <summary>Cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Completes when this process is done with the work; at once if it does not run it.</summary>
    public Task Ending(Guid id) => inHand.TryGetValue(id, out var running) ? running.Task : Task.CompletedTask;

    /// <summary>Runs a work to its end, unless it has ended or another process is at it.</summary>
    internal async Task Run(Guid id)
    {
        waiting.TryRemove(id, out _);
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!inHand.TryAdd(id, ending)) return;
        try
        {
            if (!stopping.IsCancellationRequested && await works.Claim(id, stopping.Token) is { } claimed) await Run(claimed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Unstored(id, ProblemAnswers.TraceOf(exception));   // it falls silent, and is found among the orphans
        }
        finally
        {
            inHand.TryRemove(id, out _);
            ending.SetResult();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(inHand.Values.Select(running => running.Task)).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Puts works in line that nobody runs, and once a day deletes old ones.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? purged = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var orphan in await works.Orphans(stopping.Token))
                    if (!inHand.ContainsKey(orphan) && !IsWaiting(orphan)) await Tell(orphan);
                if (purged is null || Stopwatch.GetElapsedTime(purged.Value) >= Day)
                {
                    await works.Purge(kept, stopping.Token);
                    purged = Stopwatch.GetTimestamp();
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                NotLookedAfter(exception.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Beat, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether a message about the work stands in this process's queue: until its turn it looks like an orphan.</summary>
    private bool IsWaiting(Guid id) => waiting.TryGetValue(id, out var since) && Stopwatch.GetElapsedTime(since) < Lost;

    private async Task Tell(Guid id)
    {
        waiting[id] = Stopwatch.GetTimestamp();   // before the message is out, which may be handled at once
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(new RunLongWork(id));
        }
        catch
        {
            waiting.TryRemove(id, out _);
            throw;
        }
    }

    private async Task Run(ClaimedWork claimed)
    {
        var instruction = JsonSerializer.Deserialize<WorkInstruction>(claimed.Instruction, ClaimsJson.Options)!;
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var context = new WorkContext(claimed, instruction.Trace, works, await works.WriteOutput(claimed.Id), cancelled.Token);
        var running = Task.Run(async () =>
        {
            var end = await kinds[claimed.Kind].Run(instruction.Order, context);
            await context.Output.DisposeAsync();
            return end;
        }, CancellationToken.None);
        await Accompany(running, context, cancelled);
        if (await EndOf(running, claimed.Kind, context) is { } end) await Finish(end, context);
        else await works.Release(claimed.Id);
    }

    /// <summary>Until the work has ended: stores its progress, shows signs of life, and tells it when another process has it.</summary>
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
                // PostgreSQL may be restarting. Whatever it is, the work goes on, and the next round tries again.
            }
        }
    }

    /// <returns>null when the work was cut off: another process goes on with it, or this one after its next start</returns>
    private async Task<WorkEnd?> EndOf(Task<WorkEnd> running, string kind, WorkContext context)
    {
        try
        {
            return await running;
        }
        catch (Exception exception) when (exception is TakenOverException || context.Cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is StorageFullException || Postgres.IsFull(exception))
        {
            return new Refusal(Refuse.StorageFull,
                "the storage is full; what was stored stays, and the same may be sent again once there is room");
        }
        catch (Exception exception)
        {
            Unexpected(kind, context.Id, context.Trace, ProblemAnswers.TraceOf(exception));
            return WorkEnd.Failed;
        }
    }

    private async Task Finish(WorkEnd end, WorkContext context)
    {
        var (done, total) = context.Progress;
        var problem = end.No is { } no ? Answers.Problem(no) : end.Status == WorkStatus.Failed
            ? ProblemDocument.ForStatus(StatusCodes.Status500InternalServerError) : null;
        for (var trying = Stopwatch.StartNew(); ;)
        {
            try
            {
                await works.Finish(context.Id, end.Status, done, total, end.Result, problem?.Embedded(context.Trace));
                return;
            }
            catch (NpgsqlException) when (trying.Elapsed < Patience && !stopping.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Long work {Kind} {Id} of request {TraceId} failed unexpectedly: {Trace}")]
    private partial void Unexpected(string kind, Guid id, string traceId, string trace);

    [LoggerMessage(LogLevel.Warning, "Long work {Id} could not be brought to its end; it is tried again: {Trace}")]
    private partial void Unstored(Guid id, string trace);

    [LoggerMessage(LogLevel.Warning, "Long works could not be looked after ({Error}); the next round tries again")]
    private partial void NotLookedAfter(string error);
}

/// <summary>Tells a process to run a work: it is its turn.</summary>
public sealed record RunLongWork(Guid Work);

public static class RunLongWorkHandler
{
    public static Task Handle(RunLongWork message, LongWorkRunner runner) => runner.Run(message.Work);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClaimsEngine.Notifications;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Outbox;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Outbox;

/// <summary>
/// Delivers what is due, webhooks, notices and batches alike: tries, pauses by the rule, gives up. The table says what is to be done, so
/// another process goes on when this one dies; what it was at is then tried again, under the same id.
/// </summary>
public sealed partial class DeliverySender(
    Deliveries deliveries, IEnumerable<IOutlet> outlets, IOptions<OutboxSettings> settings, ILogger<DeliverySender> log) : BackgroundService
{
    private static readonly Meter Meter = new("ClaimsEngine.Outbox");

    private static readonly Counter<long> Tries = Meter.CreateCounter<long>(
        "claims.deliveries", "{try}", "Tries to tell something outside, by channel and outcome: delivered, failed, dead or other");

    private readonly Dictionary<DeliveryChannel, IOutlet> byChannel = outlets.ToDictionary(outlet => outlet.Channel);
    private readonly ConcurrentDictionary<Task, (DeliveryChannel Channel, Guid Target)> running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = TimeSpan.FromMilliseconds(settings.Value.PollMilliseconds);
        var lease = TimeSpan.FromSeconds(settings.Value.LeaseSeconds);
        long? purged = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = 0;
            try
            {
                if (purged is null || Stopwatch.GetElapsedTime(purged.Value) >= TimeSpan.FromDays(1))
                {
                    await deliveries.Purge(TimeSpan.FromDays(settings.Value.KeepDays), stoppingToken);
                    purged = Stopwatch.GetTimestamp();
                }
                foreach (var channel in byChannel.Keys) taken += await TakeSome(channel, lease, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotLookedAfter(exception.GetType().Name);   // PostgreSQL may be restarting: the next round tries again
            }
            catch (Exception)
            {
                break;
            }
            if (taken == 0) await Pause(every, stoppingToken);
        }
        await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Begins tries of what is due, as long as the channel has room. Each has room of its own: platforms that answer slowly keep
    /// no notice from the people.</summary>
    private async Task<int> TakeSome(DeliveryChannel channel, TimeSpan lease, CancellationToken stopping)
    {
        Guid[] own = [.. running.Values.Where(one => one.Channel == channel).Select(one => one.Target)];
        var room = Math.Min(settings.Value.AtOnceEach, settings.Value.AtOnce - own.Length);
        if (room <= 0) return 0;
        Guid[] busy = [.. own.GroupBy(target => target).Where(target => target.Count() >= settings.Value.AtOnceEach)
            .Select(target => target.Key)];
        var due = await deliveries.Take(channel, room, lease, busy, stopping);
        foreach (var delivery in due)
        {
            var trying = Task.Run(() => Deliver(delivery, stopping), CancellationToken.None);
            running[trying] = (channel, delivery.Target);
            _ = trying.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
        }
        return due.Count;
    }

    private async Task Deliver(Delivery delivery, CancellationToken stopping)
    {
        try
        {
            var attempt = await Try(delivery, stopping);
            // What the stop of this process cut off is not the other side's fault: it is tried again after the lease.
            if (stopping.IsCancellationRequested && attempt.End is null) return;
            var pause = settings.Value.Rule.After(delivery.Attempts, Random.Shared.NextDouble());
            var end = attempt.End ?? (pause is null ? DeliveryStatus.Dead : null);
            if (end is { } ended) await deliveries.End(delivery, ended, attempt.Answer, attempt.Note, CancellationToken.None);
            else await deliveries.Fail(delivery, pause!.Value.ToTimeSpan(), attempt.Answer, attempt.Note, CancellationToken.None);
            Tries.Add(1, new("channel", Lower(delivery.Channel)), new("outcome", end is { } known ? Lower(known) : "failed"));
        }
        catch (Exception exception)
        {
            NotNoted(delivery.Id, exception.GetType().Name);   // it is tried again after the lease
        }
    }

    private async Task<Attempt> Try(Delivery delivery, CancellationToken stopping)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limited.CancelAfter(settings.Value.TimeFor(delivery.Channel));
        try
        {
            return await byChannel[delivery.Channel].Try(delivery, limited.Token);
        }
        catch (Exception exception) when (!Postgres.IsGone(exception))   // while PostgreSQL is gone nothing is the other side's fault
        {
            var failed = Attempt.Without(exception);
            if (failed.Note == Attempt.Unexpected) NotTried(delivery.Id, exception.GetType().Name);
            return failed;
        }
    }

    private async Task Pause(TimeSpan time, CancellationToken stopping) =>
        await Task.Delay(time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static string Lower(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    [LoggerMessage(LogLevel.Warning, "The outbox could not be looked after ({Error}); the next round tries again")]
    private partial void NotLookedAfter(string error);

    [LoggerMessage(LogLevel.Error, "Delivery {Id} could not be tried ({Error})")]
    private partial void NotTried(Guid id, string error);

    [LoggerMessage(LogLevel.Warning, "What became of delivery {Id} could not be noted ({Error}); it is tried again")]
    private partial void NotNoted(Guid id, string error);
}

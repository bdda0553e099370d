using JasperFx.Events.Daemon.HighWater;
using Marten;
using Marten.Services;

namespace ClaimsEngine.Storage.Projections;

/// <summary>Wakes Marten's daemon when this process has stored something: an append shows in the read models some milliseconds later, not
/// at the next poll.</summary>
public sealed class DaemonWakeup : DocumentSessionListenerBase, IDaemonWakeup
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Something was committed.</summary>
    public void Signal()
    {
        lock (signal)
            if (signal.CurrentCount == 0) signal.Release();
    }

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token) => await signal.WaitAsync(timeout, token);

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        Signal();
        return Task.CompletedTask;
    }

    public void Dispose() { }
}

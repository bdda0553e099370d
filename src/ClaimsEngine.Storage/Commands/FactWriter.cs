using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Storage.Commands;

/// <summary>Stores facts that no command tells, such as that somebody has read something.</summary>
public sealed class FactWriter(SessionWriter writer)
{
    private const int Tries = 50;

    /// <param name="decide">is asked again when another writer was quicker</param>
    /// <returns>position of the last event</returns>
    /// <exception cref="ContendedException">Others were quicker every time.</exception>
    public async Task<long> Write(Func<Task<Decision>> decide, EventStamp stamp, CancellationToken cancellation)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            var write = new PendingWrite();
            write.Add(await decide(), stamp.Of);
            if (await writer.Write(write, cancellation) is Stored stored) return stored.Position;
        }
        throw new ContendedException();
    }
}

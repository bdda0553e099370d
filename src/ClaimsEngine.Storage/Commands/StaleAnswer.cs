using ClaimsEngine.Claims;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Storage.Commands;

/// <summary>What is answered to who comes with an older version of a resource: its version now, and what has happened since.</summary>
public static class StaleAnswer
{
    /// <param name="state">the resource as it is; the caller sees it</param>
    /// <param name="had">the version that the caller had read; one that never was has nothing after it</param>
    public static async Task<NotDone> To(Actor by, long had, IAggregate state, EventReader events, CancellationToken cancellation)
    {
        var now = state.StreamVersion;
        var first = Math.Max(Math.Min(had, now) + 1, now - ChangeSince.Most + 1);
        var since = had >= now ? [] : await events.ReadStream(state.StreamId, now, fromVersion: first, cancellation: cancellation);
        return new NotDone(Refuse.StaleVersion, $"the resource is at version {now}", [])
        {
            Version = now, Changes = ChangeSince.Of(state, since, had, by),
        };
    }
}

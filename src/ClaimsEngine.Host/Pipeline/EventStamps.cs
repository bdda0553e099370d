using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Rosters.Enrolling;

namespace ClaimsEngine.Host.Pipeline;

/// <summary>The stamps of all that one sender hands in together: one a region, shared by its events.</summary>
/// <param name="why">the command that every row stands for</param>
internal sealed class EventStamps(RosterSender sender, string why = nameof(Enrol))
{
    private readonly Dictionary<RegionCode, EventMetadata> byRegion = [];
    private EventMetadata? everybodys;

    /// <param name="scope">the region that the events belong to; null is everybody's</param>
    public EventMetadata Of(RegionCode? scope)
    {
        if (scope is not { } region) return everybodys ??= Make(null);
        if (!byRegion.TryGetValue(region, out var stamp)) byRegion[region] = stamp = Make(region);
        return stamp;
    }

    private EventMetadata Make(RegionCode? scope) => EventStamp.Of(Role.Officer, sender.By, why, sender.Request, sender.Trace, scope);
}

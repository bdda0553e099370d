namespace ClaimsEngine.Storage.Commands;

/// <summary>What is known of every event besides its data: who, in which role, why, and whose it is. One stamp a region, shared by all
/// events of one sender.</summary>
/// <param name="why">the command's name</param>
/// <param name="request">the Idempotency-Key, or what else names the request</param>
/// <param name="trace">finds the request in logs and traces</param>
/// <param name="quiet">an entry of the past or a seed: nobody is sent a notice of it</param>
public sealed class EventStamp(Actor by, Role role, string why, string request, string trace, bool quiet = false)
{
    private readonly Dictionary<RegionCode, EventMetadata> byRegion = [];
    private EventMetadata? everybodys;

    /// <param name="scope">the region that the event belongs to; null is everybody's</param>
    public EventMetadata Of(RegionCode? scope)
    {
        if (scope is not { } region) return everybodys ??= Make(null);
        if (!byRegion.TryGetValue(region, out var stamp)) byRegion[region] = stamp = Make(region);
        return stamp;
    }

    private EventMetadata Make(RegionCode? scope)
    {
        var headers = new Dictionary<string, string>
        {
            ["role"] = role.Name(),
            ["office"] = by.Region.Value,
            ["requestId"] = request,
            ["schemaVersion"] = "1",
        };
        if (by.OnBehalfOf is { } delegator) headers["onBehalfOf"] = delegator;
        if (quiet) headers[EventMetadata.QuietHeader] = "true";
        if (scope is { } region) headers[EventMetadata.RegionHeader] = region.Value;
        return new EventMetadata(by.Id, why, trace, headers);
    }
}

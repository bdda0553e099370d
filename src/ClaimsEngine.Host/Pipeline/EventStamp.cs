using ClaimsEngine.Host.Auth;

namespace ClaimsEngine.Host.Pipeline;

/// <summary>What is known of every event besides its data: who, in which role, why, and whose it is.</summary>
internal static class EventStamp
{
    /// <param name="role">in which <paramref name="by"/> acted</param>
    /// <param name="why">the command's name</param>
    /// <param name="request">the Idempotency-Key, or what else names the request</param>
    /// <param name="trace">finds the request in logs and traces</param>
    /// <param name="scope">the region that the event belongs to; null is everybody's</param>
    public static EventMetadata Of(Role role, Actor by, string why, string request, string trace, RegionCode? scope)
    {
        var headers = new Dictionary<string, string>
        {
            ["role"] = role.Name(),
            ["office"] = by.Region.Value,
            ["requestId"] = request,
            ["schemaVersion"] = "1",
        };
        if (scope is { } region) headers[EventMetadata.RegionHeader] = region.Value;
        return new EventMetadata(by.Id, why, trace, headers);
    }
}

using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ClaimsEngine.Console.Doors;

/// <summary>
/// Counts the live pages that are open in this host, as <c>claims.console.live_pages</c>. ASP.NET Core's own figure takes a page off twice
/// when it is closed, and falls below 0.
/// </summary>
public sealed class LivePages : CircuitHandler
{
    private static readonly Meter Meter = new("ClaimsEngine.Console");
    private static readonly UpDownCounter<long> Open = Meter.CreateUpDownCounter<long>(
        "claims.console.live_pages", description: "Live pages of the console that are open in this host");

    private int open;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref open, 1) == 0) Open.Add(1);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref open, 0) == 1) Open.Add(-1);
        return Task.CompletedTask;
    }
}

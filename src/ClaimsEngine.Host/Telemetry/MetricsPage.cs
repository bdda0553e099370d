using System.Net;
using ClaimsEngine.Host.Auth;
using Microsoft.AspNetCore.Authentication;

namespace ClaimsEngine.Host.Telemetry;

/// <summary>The page that Prometheus reads.</summary>
public static class MetricsPage
{
    /// <summary>
    /// <c>GET /metrics</c>. Without <c>Metrics:RequireRole</c> a caller on this machine needs no token and any other the operator role;
    /// <c>true</c> demands the role of everybody, <c>false</c> (a closed network) of nobody.
    /// </summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", Answer).AllowAnonymous().ExcludeFromDescription();

    private static async Task Answer(HttpContext context, MetricCollection metrics, IConfiguration configuration)
    {
        var requireRole = configuration.GetValue<bool?>("Metrics:RequireRole") ?? !IsLocal(context);
        var actor = context.Actor();
        if (requireRole && actor is null) await context.ChallengeAsync();
        else if (requireRole && !actor!.Is(Role.Operator)) await context.ForbidAsync();
        else
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await context.Response.WriteAsync(metrics.Read(), context.RequestAborted);
        }
    }

    // Behind a reverse proxy on this machine every caller would seem local; no address at all is a socket within the machine.
    private static bool IsLocal(HttpContext context) =>
        !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded")
        && (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));
}

using ClaimsEngine.Host.Problems;
using System.Globalization;
using System.Net.Sockets;
using System.Net;
using System.Threading.RateLimiting;
using ClaimsEngine.Host.Auth;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Http;

/// <summary>How much one caller may ask (configuration section <c>RateLimit</c>).</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests a second that a caller gets back.</summary>
    public int PerSecond { get; set; } = 500;

    /// <summary>Requests at once after a pause.</summary>
    public int Burst { get; set; } = 2000;
}

/// <summary>A token bucket for each token subject, or for each remote address where there is no valid token.</summary>
public static class RateLimits
{
    /// <summary>Key of the request's item that says who reads a page of the console.</summary>
    public static readonly object Reader = new();

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimit")
            .Validate(limit => limit is { PerSecond: > 0, Burst: > 0 },
                "RateLimit:PerSecond and RateLimit:Burst are whole numbers above 0.")
            .ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, limit) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, limit.Value));
            limiter.OnRejected = Reject;
        });
    }

    /// <summary>Comes after authentication, because the bucket is the subject's. /health and /metrics are never limited.</summary>
    public static void UseRateLimits(this IApplicationBuilder app) => app.UseRateLimiter();

    private static RateLimitPartition<string> PartitionOf(HttpContext context, RateLimitOptions limit)
    {
        if (context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/metrics"))
            return RateLimitPartition.GetNoLimiter("exempt");
        var caller = (context.Actor()?.Id ?? context.Items[Reader] as string) is { } subject
            ? $"subject:{subject}" : $"address:{Network(context.Connection.RemoteIpAddress)}";
        return RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }

    // One subscriber holds a whole /64 of IPv6 and could otherwise have a new bucket for each request.
    private static string Network(IPAddress? address) => address switch
    {
        null => "local",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private static async ValueTask Reject(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await ProblemDocument.ForStatus(429).ExecuteAsync(rejected.HttpContext);
    }
}

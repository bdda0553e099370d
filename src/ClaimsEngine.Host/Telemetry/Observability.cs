using System.Diagnostics;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ClaimsEngine.Host.Auth;
using Microsoft.AspNetCore.Authentication;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OpenTelemetry;

namespace ClaimsEngine.Host.Telemetry;

/// <summary>Logs, traces and metrics. None of them holds a body, a query string or personal data.</summary>
public static class Observability
{
    /// <summary>How many label sets a metric has at most. The rest is counted in one series labelled <c>otel_metric_overflow</c>.</summary>
    public const int MaxSeries = 1000;

    // Labels about a person or a caller are not published, whichever library adds them to its instruments.
    private static readonly string[] Withheld =
    [
        "user.id", "user.name", "user.full_name", "user.email", "user.hash", "enduser.id", "enduser.pseudo.id", "client.address",
        "client.port", "network.peer.address", "network.peer.port", "url.full", "url.path", "url.query",
    ];

    /// <summary>
    /// Traces and metrics go to the OTLP collector in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (the other standard <c>OTEL_*</c> settings apply);
    /// without it no trace is recorded. Metrics are always kept for <c>/metrics</c>. Logs are JSON lines outside Development.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                json.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
            });
        }
        // Two lines for each request would drown the others; whoever wants them configures the level.
        if (builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore"] is null)
            builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // These log the query string of every request, in which people search by name and identity number.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        var exports = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry()
            // The environment comes last: OTEL_SERVICE_NAME overrides the name given here.
            .ConfigureResource(resource => resource.Clear().AddTelemetrySdk()
                .AddService("claims-engine", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString())
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddNpgsqlInstrumentation()
                    .AddMeter("ClaimsEngine.*", "Marten", "Wolverine", "Wolverine:*")
                    .AddView("*", new MetricStreamConfiguration { ExcludedTagKeys = Withheld, CardinalityLimit = MaxSeries })
                    .AddPrometheusExporter(page => page.ScopeInfoEnabled = false);
                if (exports) metrics.AddOtlpExporter();
            });
        if (exports)
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation().AddNpgsql().AddSource("ClaimsEngine.*", "Marten", "Wolverine")
                .AddProcessor(new WithoutQueryStrings()).AddOtlpExporter());
        }
    }

    /// <summary>
    /// <c>GET /metrics</c>, for Prometheus. Without <c>Metrics:RequireRole</c> a caller on this machine needs no token and any other the
    /// operator role; <c>true</c> demands the role of everybody, <c>false</c> (a closed network) of nobody.
    /// </summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var page = routes.CreateApplicationBuilder().Use(OperatorsOnly).UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();
        routes.MapGet("/metrics", page).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task OperatorsOnly(HttpContext context, RequestDelegate next)
    {
        var configuration = context.RequestServices.GetRequiredService<IConfiguration>();
        var requireRole = configuration.GetValue<bool?>("Metrics:RequireRole") ?? !IsLocal(context);
        return (requireRole, context.Actor()) switch
        {
            (true, null) => context.ChallengeAsync(),
            (true, { } actor) when !actor.Is(Role.Operator) => context.ForbidAsync(),
            _ => next(context),
        };
    }

    // Behind a reverse proxy on this machine every caller would seem local; no address at all is a socket within the machine.
    private static bool IsLocal(HttpContext context) =>
        !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded")
        && (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));

    // The instrumentation replaces the values of a query string only, and one setting switches even that off.
    private sealed class WithoutQueryStrings : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => data.SetTag("url.query", null);
    }
}

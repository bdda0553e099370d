using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClaimsEngine.Host.Telemetry;

/// <summary>Logs, traces and metrics. None of them holds a body, a query string or personal data.</summary>
public static class Observability
{
    /// <summary>
    /// Traces and metrics go to the OTLP collector in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (the other standard <c>OTEL_*</c> variables apply);
    /// without it nothing is recorded for export. Metrics are always kept for <c>/metrics</c>. Logs are JSON lines outside Development.
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
        if (builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore"] is null) builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // These log the query string of every request, in which people search by name and identity number.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Services.AddSingleton<MetricCollection>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MetricCollection>());
        builder.Services.AddHostedService<OtlpExport>();
    }

    /// <summary>Meters of the engine and of what it stands on.</summary>
    internal static readonly string[] Meters =
        ["ClaimsEngine.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    private static readonly string[] Sources = ["ClaimsEngine.*", "Microsoft.AspNetCore", "Npgsql"];

    /// <summary>Holds the OpenTelemetry SDK for the life of the host; its package for hosting is not in the feed.</summary>
    private sealed class OtlpExport(IConfiguration configuration) : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return Task.CompletedTask;
            // The environment comes last: OTEL_SERVICE_NAME overrides the name given here.
            var resource = ResourceBuilder.CreateEmpty()
                .AddTelemetrySdk()
                .AddService("claims-engine", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString())
                .AddEnvironmentVariableDetector();
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
                .AddProcessor(new WithoutQueryStrings()).AddOtlpExporter(Configure).Build();
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
                .AddOtlpExporter((exporter, _) => Configure(exporter)).Build();
            return Task.CompletedTask;
        }

        // What is still buffered is sent by Dispose, which waits a few seconds at most.
        public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, cancellationToken);

        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }

        // The exporter reads the environment itself; this also covers an endpoint that stands in another source of configuration.
        private void Configure(OtlpExporterOptions exporter)
        {
            var inEnvironment = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");
            if (string.IsNullOrWhiteSpace(inEnvironment)) exporter.Endpoint = new Uri(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]!);
        }
    }

    private sealed class WithoutQueryStrings : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => data.SetTag("url.query", null);
    }
}

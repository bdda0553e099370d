using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ClaimsEngine.Host.Http;

/// <summary>Makes every failed answer a problem document: exceptions, requests that cannot be read, and bare status codes.</summary>
public static partial class Problems
{
    private const long DefaultMaxBodyBytes = 1024 * 1024;

    /// <summary>
    /// Registers the exception handler and the limit of request bodies (<c>Http:MaxBodyBytes</c>, default 1 MiB). An endpoint that takes
    /// files raises it for itself with request size metadata.
    /// </summary>
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        // Outside Development minimal APIs would answer an unreadable body with a bare 400 and no reason.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IConfiguration>((kestrel, configuration) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = configuration.GetValue("Http:MaxBodyBytes", DefaultMaxBodyBytes);
        });
    }

    /// <summary>Comes before everything that may fail.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(page => ProblemDocument.ForStatus(page.HttpContext.Response.StatusCode).ExecuteAsync(page.HttpContext));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => ProblemDocument.ForStatus(500).ExecuteAsync(context),
        });
    }

    private sealed partial class ExceptionProblems(ILogger<ExceptionProblems> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            // The caller is gone: whatever was thrown on the way out concerns nobody.
            if (httpContext.RequestAborted.IsCancellationRequested) return true;
            var problem = Describe(exception);
            if (problem.Status >= 500) Unexpected(exception, httpContext.TraceId());
            await problem.ExecuteAsync(httpContext);
            return true;
        }

        private static ProblemDocument Describe(Exception exception) => exception switch
        {
            BadHttpRequestException { StatusCode: 400 } =>
                ProblemDocument.ForStatus(400) with { Detail = "The body or a required parameter is missing or cannot be read." },
            BadHttpRequestException unreadable => ProblemDocument.ForStatus(unreadable.StatusCode),
            Npgsql.PostgresException { SqlState: var state } when Outage.Any(kind => state.StartsWith(kind, StringComparison.Ordinal)) => ProblemDocument.ForStatus(503),
            Npgsql.NpgsqlException and not Npgsql.PostgresException => ProblemDocument.ForStatus(503),
            _ => ProblemDocument.ForStatus(500),
        };

        /// <summary>SQLSTATEs of a server that is going, coming or full: connection exceptions, shutdown, too many connections.</summary>
        private static readonly string[] Outage = ["08", "57P0", "53300"];

        [LoggerMessage(LogLevel.Error, "Request {TraceId} failed unexpectedly")]
        private partial void Unexpected(Exception exception, string traceId);
    }
}

using ClaimsEngine.Storage;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClaimsEngine.Host.Problems;

/// <summary>Makes every failed answer a problem document: exceptions, requests that cannot be read, and bare status codes.</summary>
public static partial class ProblemAnswers
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

    /// <summary>Answers with the problem of this status, explained by <paramref name="detail"/>.</summary>
    public static Task Write(HttpContext context, int status, string detail) =>
        (ProblemDocument.ForStatus(status) with { Detail = detail }).ExecuteAsync(context);

    /// <summary>Of an exception that nobody foresaw, what the log may hold: kinds and places. Its message may repeat what stands in a
    /// request or an event.</summary>
    public static string TraceOf(Exception exception)
    {
        var trace = new System.Text.StringBuilder();
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
            trace.Append(inner.GetType().FullName).Append('\n').Append(inner.StackTrace).Append('\n');
        return trace.ToString();
    }

    private sealed partial class ExceptionProblems(ILogger<ExceptionProblems> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            // The caller is gone: whatever was thrown on the way out concerns nobody.
            if (httpContext.RequestAborted.IsCancellationRequested) return true;
            var problem = Describe(exception);
            if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage)
                Unserved(problem.Code, exception.GetType().Name, Postgres.ErrorIn(exception)?.SqlState, httpContext.TraceId());
            else if (problem.Status >= 500) Unexpected(httpContext.TraceId(), TraceOf(exception));
            await problem.ExecuteAsync(httpContext);
            return true;
        }

        private static ProblemDocument Describe(Exception exception) => exception switch
        {
            BadHttpRequestException { StatusCode: 400 } =>
                ProblemDocument.ForStatus(400) with { Detail = "The body or a required parameter is missing or cannot be read." },
            BadHttpRequestException unreadable => ProblemDocument.ForStatus(unreadable.StatusCode),
            _ when Postgres.IsFull(exception) => ProblemDocument.ForStatus(507),
            _ when Postgres.IsGone(exception) => ProblemDocument.ForStatus(503),
            _ => ProblemDocument.ForStatus(500),
        };

        // Not the exception: a statement that fails says what was in it.
        [LoggerMessage(LogLevel.Error, "Request {TraceId} was answered {Code}: {Error} {SqlState}")]
        private partial void Unserved(string code, string error, string? sqlState, string traceId);

        [LoggerMessage(LogLevel.Error, "Request {TraceId} failed unexpectedly: {Trace}")]
        private partial void Unexpected(string traceId, string trace);
    }
}

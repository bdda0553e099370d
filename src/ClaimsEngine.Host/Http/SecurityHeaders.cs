namespace ClaimsEngine.Host.Http;

/// <summary>Headers that keep browsers from guessing, caching and leaking.</summary>
public static class SecurityHeaders
{
    // Swagger UI ships its scripts as files but styles elements inline and draws its icons from data: URLs.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>
    /// Sets them on every answer, also on problem documents. A page that needs another Content-Security-Policy sets its own, which is kept.
    /// </summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Set when the response starts, because the exception handler clears what was set before.
        context.Response.OnStarting(() =>
        {
            var (path, headers) = (context.Request.Path, context.Response.Headers);
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            if (path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = path.StartsWithSegments("/docs") ? DocsPolicy : DataPolicy;
            return Task.CompletedTask;
        });
        return next(context);
    });
}

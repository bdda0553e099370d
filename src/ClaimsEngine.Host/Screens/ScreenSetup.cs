using System.Security.Claims;
using ClaimsEngine.Console;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using ClaimsEngine.Host.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;

namespace ClaimsEngine.Host.Screens;

/// <summary>The console in the host: its pages, its way into the API, and files that a browser fetches by a link.</summary>
internal static class ScreenSetup
{
    /// <summary>Paths that belong to programs: what fails there is told as JSON, whatever the caller accepts.</summary>
    private static readonly string[] ForPrograms =
        ["/api", "/health", "/metrics", "/openapi", "/problems", "/docs", "/files", "/certificates"];

    public static void AddScreens(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.AddSigningIn();
        builder.Services.AddConsole();
        builder.Services.AddSingleton<ApiDoor>();
        builder.Services.AddSingleton<IApiDoor>(services => services.GetRequiredService<ApiDoor>());
    }

    /// <summary>Comes first: what follows is the pipeline that the console's own requests go through as well.</summary>
    public static void UseApiDoor(this WebApplication app)
    {
        if (app.Configuration["Http:PathBase"] is { Length: > 0 } below) app.UsePathBase(below);
        var door = app.Services.GetRequiredService<ApiDoor>();
        ((IApplicationBuilder)app).Use(next =>
        {
            door.Open(next, CancellationToken.None).GetAwaiter().GetResult();
            return next;
        });
    }

    /// <summary>Pages have a policy of their own, and a page for what is not there.</summary>
    public static void UseScreens(this WebApplication app)
    {
        var issuer = Uri.TryCreate(app.Configuration["Auth:Authority"], UriKind.Absolute, out var own)
            ? " " + own.GetLeftPart(UriPartial.Authority) : "";
        // Blazor and the component library set style attributes; no script stands in a page.
        var policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            + "font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-src 'self'; base-uri 'self'; "
            + $"form-action 'self'{issuer}; frame-ancestors 'none'";
        var log = app.Logger;
        app.UseCookiePolicy();
        app.Use(async (http, next) =>
        {
            if (ForPrograms.Any(path => http.Request.Path.StartsWithSegments(path)))
            {
                await next(http);
                return;
            }
            if ((await http.AuthenticateAsync(SigningIn.Cookie)).Principal is { } reader)
                http.Items[RateLimits.Reader] = Console.People.Person.Of(reader).Name;
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.ContentSecurityPolicy = policy;
                // A page holds personal data; its scripts and styles do not, and carry their hash in their names.
                if (http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                    http.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            try
            {
                await next(http);
            }
            catch (Exception failed) when (failed is not BadHttpRequestException
                && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested && IsPage(http))
            {
                log.LogError("The page {Path} failed: {Trace}", http.GetEndpoint()?.DisplayName, ProblemAnswers.TraceOf(failed));
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                http.Request.Method = HttpMethods.Get;
                await Show("/broken");
                return;
            }
            if (http.Response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } || http.GetEndpoint() is not null
                || !IsPage(http))
                return;
            // Blazor draws nothing into an answer that is a 404 already, unless it is told that this is the page for it.
            http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
            {
                OriginalPathBase = http.Request.PathBase, OriginalPath = http.Request.Path,
                OriginalQueryString = http.Request.QueryString.Value,
            });
            await Show("/not-found");

            Task Show(string path)
            {
                http.Request.Path = path;
                http.Request.RouteValues.Clear();
                http.SetEndpoint(null);
                return next(http);
            }
        });
    }

    /// <summary>
    /// What a browser may fetch by a link. The API's JSON is not among it: it has identity numbers, which the pages mask.
    /// </summary>
    private static bool IsFile(string path, string format) => path.StartsWith("api/", StringComparison.Ordinal)
        && (format is "csv" or "xlsx" or "parquet" or "pain.001"
            || path.Split('/') is [.., "content" or "certificate" or "file" or "corrected"] or [.., "letters", _]);

    private static bool IsPage(HttpContext http) =>
        http.Request.Headers.Accept.ToString() is var accepted
        && (accepted.Contains("text/html", StringComparison.Ordinal) || HttpMethods.IsPost(http.Request.Method));

    public static void MapScreens(this WebApplication app)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json")))
            app.MapStaticAssets().AllowAnonymous();
        app.MapSigningIn();
        app.MapConsole().RequireAuthorization(ConsoleSetup.Policy);
        app.MapGet("/files/{**path}", Pass).ExcludeFromDescription().RequireAuthorization(ConsoleSetup.Policy);
    }

    /// <summary>
    /// A file of the API that a browser fetches by a link: an export, a paper, a letter. The same request is made as the person who is
    /// signed in, and its answer goes straight to the browser.
    /// </summary>
    private static async Task Pass(HttpContext http, ApiDoor door, string path)
    {
        if (!IsFile(path, http.Request.Query["format"].ToString()) || door.ActorOf(http.User) is not { } actor)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (Console.People.Person.Of(http.User).For is { } principal)
            http.Request.Headers[StandIns.Header] = Uri.EscapeDataString(principal);
        http.User = new ClaimsPrincipal(new ActorIdentity(actor));
        http.Request.Path = "/" + path;
        http.Request.RouteValues.Clear();
        http.SetEndpoint(null);
        await door.ProcessRequestAsync(http);
    }
}

using System.Globalization;
using System.Security.Claims;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.People;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;

namespace ClaimsEngine.Host.Screens;

/// <summary>
/// Sends the console's requests through the API's own pipeline, without a socket. It is the library's in-process server; only the way in
/// differs: the person comes with the request, as the cookie said, and not in a token.
/// </summary>
public sealed class ApiDoor(IServiceProvider services, OfficeLimits limits, EndedSessions ended, IClock clock)
    : IApiDoor, IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly TestServer server = new(services) { BaseAddress = new Uri("http://console.invalid/") };
    private readonly IServiceScopeFactory scopes = services.GetRequiredService<IServiceScopeFactory>();
    private RequestDelegate? pipeline;

    /// <summary>Takes what the API's requests go through from here on.</summary>
    public async Task Open(RequestDelegate rest, CancellationToken cancellation)
    {
        pipeline = rest;
        await ((IServer)server).StartAsync(this, cancellation);
    }

    public HttpClient For(ClaimsPrincipal person)
    {
        var actor = ActorOf(person);
        var principal = Person.Of(person).For;
        return new HttpClient(server.CreateHandler(context =>
        {
            if (actor is not null) context.User = new ClaimsPrincipal(new ActorIdentity(actor));
            if (principal is not null) context.Request.Headers[StandIns.Header] = Uri.EscapeDataString(principal);
        }))
        {
            BaseAddress = server.BaseAddress, Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Who acts in the name of a sign-in; null where there is none, or it has ended.</summary>
    public Actor? ActorOf(ClaimsPrincipal user)
    {
        var person = Person.Of(user);
        var now = clock.GetCurrentInstant();
        if (!person.IsSignedIn || ended.Has(user.FindFirst(Person.SessionClaim)?.Value)
            || !long.TryParse(user.FindFirst(Person.UntilClaim)?.Value, CultureInfo.InvariantCulture, out var until)
            || Instant.FromUnixTimeSeconds(until) <= now)
            return null;
        return new Actor(person.Name, person.Roles, person.Region, limits.For(person.Region, now.Date()));
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) =>
        new DefaultHttpContext(contextFeatures) { ServiceScopeFactory = scopes };

    public Task ProcessRequestAsync(HttpContext context) => pipeline!(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Sign-ins that ended before their time, on this host. Their cookies are gone from the browser; a page that is still open in
/// another window asks in vain.</summary>
public sealed class EndedSessions
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte> ended = [];

    public void Add(string session) => ended[session] = 0;

    public bool Has(string? session) => session is null || ended.ContainsKey(session);
}

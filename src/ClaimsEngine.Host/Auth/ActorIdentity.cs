using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace ClaimsEngine.Host.Auth;

/// <summary>
/// The identity of a verified token. Its role claims are what <c>RequireRole</c> looks at; decisions take the <see cref="Actor"/>.
/// </summary>
public sealed class ActorIdentity : ClaimsIdentity
{
    public ActorIdentity(Actor actor)
        : base(
            [new Claim("sub", actor.Id), .. actor.Roles.Select(role => new Claim("role", role.Name()))],
            JwtBearerDefaults.AuthenticationScheme, "sub", "role") =>
        Actor = actor;

    public new Actor Actor { get; }
}

/// <summary>Who sent a request.</summary>
public static class RequestActor
{
    /// <summary>The actor of a verified token, or null when the request carried none.</summary>
    public static Actor? Actor(this HttpContext context) => (context.User.Identity as ActorIdentity)?.Actor;
}

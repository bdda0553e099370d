using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Auth;

namespace ClaimsEngine.Host.Http;

/// <summary>Who may ask: carried by every endpoint that is not open to everybody.</summary>
/// <param name="Roles">one of these; empty for who has any role at all</param>
public sealed record AccessPolicy(IReadOnlyList<Role> Roles);

public static class Access
{
    /// <summary>
    /// A verified token with one of the roles (any, if none is named); otherwise 401 or 403 before all else. A token without a role is of
    /// somebody who uses other applications of the issuer, and reads nothing here.
    /// </summary>
    public static RouteHandlerBuilder For(this RouteHandlerBuilder endpoint, params IReadOnlyList<Role> roles) => endpoint
        .RequireAuthorization()
        .WithMetadata(new AccessPolicy(roles))
        .AddEndpointFilter(async (invocation, next) =>
        {
            var actor = invocation.HttpContext.Actor();
            if (actor is null) return ProblemDocument.ForStatus(StatusCodes.Status401Unauthorized);
            return (roles.Count == 0 ? actor.Roles.Count > 0 : roles.Any(actor.Is))
                ? await next(invocation)
                : Answers.Problem(new Refusal(Refuse.RoleMissing, roles.Count == 0 ? "this needs a role"
                    : $"this needs one of the roles {string.Join(", ", roles.Select(role => role.Name()))}"));
        });
}

using ClaimsEngine.Host.Problems;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Commands;

namespace ClaimsEngine.Host.Http;

/// <param name="User">becomes the token's subject, 1 to 64 characters</param>
/// <param name="Roles">names as in <see cref="RoleNames"/>; none is a person who may do nothing</param>
/// <param name="Region">GB/T 2260 code or its prefix; none is national</param>
public sealed record DevelopmentTokenRequest(string User, IReadOnlyList<string>? Roles = null, RegionCode? Region = null);

/// <summary>Where the Development environment issues its tokens.</summary>
public static class DevelopmentTokenEndpoint
{
    private const int MaxUserLength = 64;

    /// <summary><c>POST /api/dev/tokens</c>, in the Development environment alone; elsewhere the route does not exist.</summary>
    public static void MapDevelopmentTokens(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        app.MapPost("/api/dev/tokens", Answer)
            .AllowAnonymous()
            .WithTags("Development")
            .WithName("IssueDevelopmentToken")
            .WithSummary("Issues a token of the Development environment, valid for 12 hours")
            .Accepts<DevelopmentTokenRequest>("application/json")
            .Produces<DevelopmentToken>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Answer(HttpContext http, DevelopmentTokenKey key, TimeProvider clock)
    {
        var (body, faults) = JsonBody.Read<DevelopmentTokenRequest>(await RequestBody.Read(http));
        var errors = faults.GroupBy(fault => fault.Path.Length == 0 ? "body" : fault.Path)
            .ToDictionary(group => group.Key, group => group.Select(fault => fault.Reason).ToArray());
        var user = body?.User ?? "";
        if (body is not null && (string.IsNullOrWhiteSpace(user) || user.Length > MaxUserLength || user.Any(char.IsControl)))
            errors["user"] = [$"has 1 to {MaxUserLength} characters"];
        var roles = new List<Role>();
        for (var i = 0; i < (body?.Roles?.Count ?? 0); i++)
        {
            if (RoleNames.TryParse(body!.Roles![i], out var role)) roles.Add(role);
            else errors[$"roles.{i}"] = [$"is none of {RoleNames.All}"];
        }
        if (errors.Count > 0) return ProblemDocument.Invalid(errors);
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        return Results.Json(DevelopmentTokens.Issue(key, user, roles, body!.Region ?? RegionCode.National, now), ClaimsJson.Options);
    }
}

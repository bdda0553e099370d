using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Problems;

namespace ClaimsEngine.Host.Http;

/// <summary>For whom the engine takes a caller: screens show it, and an integrator finds out what a token is good for.</summary>
public static class ActorEndpoint
{
    public static void MapActor(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/actor", Show)
        .For().WithTags("actor").WithName("GetActor")
        .WithSummary("The caller as the engine sees it: name, roles, region, and the most that it may approve")
        .Produces<ActorForm>();

    private static IResult Show(HttpContext http)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        var by = http.Actor()!;
        return Answers.Json(new ActorForm(
            by.Id, [.. by.Roles], by.Region, by.Region.Name, by.Is(Role.Approver) ? by.ApprovalLimit : null, by.OnBehalfOf));
    }
}

/// <param name="Roles">of the token, or of the delegation</param>
/// <param name="ApprovalLimit">the most an approval may be; null is without limit, and for who approves nothing</param>
/// <param name="OnBehalfOf">for whom this request is made; null for nobody else</param>
public sealed record ActorForm(
    string Id, IReadOnlyList<Role> Roles, RegionCode Region, string RegionName, Money? ApprovalLimit, string? OnBehalfOf);

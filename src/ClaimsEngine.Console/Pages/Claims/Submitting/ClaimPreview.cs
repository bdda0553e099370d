using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClaimsEngine.Console.Pages.Claims.Submitting;

/// <summary>What would be payable for a claim while it is typed.</summary>
public static class ClaimPreview
{
    public static void MapClaimPreview(this IEndpointRouteBuilder routes) => routes
        .MapPost("/previews/claim", ([FromForm] IFormCollection form) =>
            new RazorComponentResult<ClaimPreviewPart>(new { Form = form }))
        .ExcludeFromDescription().RequireAuthorization(ConsoleSetup.Policy);
}

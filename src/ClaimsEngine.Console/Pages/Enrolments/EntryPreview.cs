using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClaimsEngine.Console.Pages.Enrolments;

/// <summary>What an entry would cost and cover, while it is typed.</summary>
public static class EntryPreview
{
    public const string Address = "previews/enrolment";

    public static void MapEntryPreview(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/" + Address, ([FromForm] IFormCollection form) =>
                new RazorComponentResult<EntryPreviewPart>(new Dictionary<string, object?> { [nameof(EntryPreviewPart.Form)] = form }))
            .RequireAuthorization(ConsoleSetup.Policy).ExcludeFromDescription();
}

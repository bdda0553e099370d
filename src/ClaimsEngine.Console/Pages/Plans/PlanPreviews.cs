using ClaimsEngine.Console.Pages.Programmes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClaimsEngine.Console.Pages.Plans;

/// <summary>What forms on plans would come to, while they are typed. Nothing is stored.</summary>
public static class PlanPreviews
{
    public static void MapPlanPreviews(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/previews/plan-card", ([FromForm] IFormCollection form) =>
            new RazorComponentResult<CardPreview>(new { Form = form })).RequireAuthorization(ConsoleSetup.Policy);
        // its form is sent by GET, so that a try can be sent to a colleague, and a token has no place in an address
        routes.MapPost("/previews/quote", ([FromForm] IFormCollection form) =>
            new RazorComponentResult<QuoteResult>(new { Values = TryOutFields.Values(form) }))
            .DisableAntiforgery().RequireAuthorization(ConsoleSetup.Policy);
        routes.MapPost("/previews/programme", ([FromForm] IFormCollection form) =>
            new RazorComponentResult<ProgrammePreview>(new { Form = form })).RequireAuthorization(ConsoleSetup.Policy);
    }
}

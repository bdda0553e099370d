using ClaimsEngine.Console.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClaimsEngine.Console.Pages.Claims.Feeds;

/// <summary>Sheets that the API gives only to who asks for CSV in a header, as a browser's link cannot.</summary>
public static class Sheets
{
    public static void MapClaimSheets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sheets/settlements/{id:guid}", (HttpContext http, IApiDoor door, Guid id) =>
            Pass(http, door, $"/api/settlements/{id}", $"settlements-{id}.csv")).ExcludeFromDescription().RequireAuthorization(ConsoleSetup.Policy);
        routes.MapGet("/sheets/public-notices", (HttpContext http, IApiDoor door) =>
            Pass(http, door, $"/api/public-notices{http.Request.QueryString}", "public-notices.csv"))
            .ExcludeFromDescription().RequireAuthorization(ConsoleSetup.Policy);
    }

    private static async Task Pass(HttpContext http, IApiDoor door, string address, string name)
    {
        using var client = door.For(http.User);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/csv");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.IsSuccessStatusCode) http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}

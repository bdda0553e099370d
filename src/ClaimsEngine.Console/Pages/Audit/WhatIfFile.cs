using System.Net.Http.Headers;
using ClaimsEngine.Console.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClaimsEngine.Console.Pages.Audit;

/// <summary>A what-if claim by claim. The API gives it to who asks for <c>text/csv</c> in a header, which a link cannot.</summary>
public static class WhatIfFile
{
    public static void MapWhatIfFile(this IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/what-if/{id:guid}/claims.csv", Send).ExcludeFromDescription().RequireAuthorization(ConsoleSetup.Policy);

    private static async Task Send(HttpContext http, IApiDoor door, Guid id)
    {
        using var client = door.For(http.User);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/audit/what-ifs/{id}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.IsSuccessStatusCode) http.Response.Headers.ContentDisposition = $"attachment; filename=what-if-{id}.csv";
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}

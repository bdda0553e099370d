using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Problems;

namespace ClaimsEngine.Host.Http;

/// <summary>Marks a route that answers a table also as a file, for the API's description.</summary>
internal sealed record AnswersTable;

internal static class TableRoutes
{
    /// <summary>The route answers in the form that <c>format</c> or <c>Accept</c> asks for, as <see cref="QueryText.Form"/> reads
    /// it.</summary>
    public static RouteHandlerBuilder AnswersTable(this RouteHandlerBuilder route) => route
        .WithMetadata(
            new AnswersTable(),
            new QueryValue("format", "The form of the answer, for links: it goes before Accept", Values: MediaTypes.Names),
            new AnswerHeader(200, Answers.PositionHeader, "Of a file: the last event that its rows know"),
            new AnswerHeader(200, TableFile.AsOfHeader, "Of a file: the instant at which its rows were true"))
        .ProducesProblem(StatusCodes.Status406NotAcceptable)
        .AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.Vary = "Accept";
            return await next(context);
        });
}

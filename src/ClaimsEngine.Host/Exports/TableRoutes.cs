namespace ClaimsEngine.Host.Exports;

/// <summary>Marks a route that answers a table also as a file, for the API's description.</summary>
internal sealed record AnswersTable;

internal static class TableRoutes
{
    /// <summary>The route answers in the form that <c>format</c> or <c>Accept</c> asks for, as <see cref="Http.QueryText.Form"/> reads
    /// it.</summary>
    public static RouteHandlerBuilder AnswersTable(this RouteHandlerBuilder route) => route
        .WithMetadata(new AnswersTable())
        .ProducesProblem(StatusCodes.Status406NotAcceptable)
        .AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.Vary = "Accept";
            return await next(context);
        });
}

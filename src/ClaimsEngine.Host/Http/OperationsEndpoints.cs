using ClaimsEngine.EventStore;
using ClaimsEngine.EventStore.Projections;

namespace ClaimsEngine.Host.Http;

/// <summary>Health for machines, details for operators, and the list of problem codes.</summary>
public static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Answers.Json(new { status = "live" })).AllowAnonymous().WithTags("operations").WithSummary("The process answers");
        routes.MapGet("/health/ready", Ready).AllowAnonymous().WithTags("operations").WithSummary("The database answers");
        routes.MapGet("/problems", () => Answers.Json(new { items = Codes })).AllowAnonymous().WithTags("operations").WithSummary("Every code of a problem document");
        routes.MapGet("/problems/{code}", (string code) => Codes.FirstOrDefault(known => known.Code == code) is { } known
                ? Answers.Json(known) : Answers.Problem(Refuse.NotFound("problem code")))
            .AllowAnonymous().WithTags("operations").WithSummary("What a problem code means");
        routes.MapGet("/api/operations/projections", async (Projector projector) => Answers.Json(new { items = await projector.States() }))
            .For(Role.Operator).WithTags("operations").WithSummary("Read models: position, lag, owner");
        routes.MapGet("/api/operations/dead-letters", async (Projector projector) => Answers.Json(new { items = await projector.DeadLetters() }))
            .For(Role.Operator).WithTags("operations").WithSummary("Events that a read model could not take; their streams are held back");
        routes.MapPost("/api/operations/dead-letters/{readModel}/{stream:guid}/replay", Replay)
            .For(Role.Operator).WithTags("operations").WithSummary("Project a held stream again");
    }

    /// <summary>The refusals of the domain, and what HTTP itself can say no to.</summary>
    private static readonly IReadOnlyList<ProblemCode> Codes =
    [
        .. Refuse.All.Select(Answers.Problem).Concat(ProblemDocument.Statuses.Select(ProblemDocument.ForStatus))
            .DistinctBy(problem => problem.Code).OrderBy(problem => problem.Code, StringComparer.Ordinal)
            .Select(problem => new ProblemCode(problem.Code, problem.Status, problem.Title, problem.TitleZh)),
    ];

    private sealed record ProblemCode(string Code, int Status, string Title, string? TitleZh);

    private static async Task<IResult> Replay(string readModel, Guid stream, Projector projector)
    {
        if ((await projector.DeadLetters()).All(letter => letter.ReadModel != readModel || letter.Stream != stream)) return Answers.Problem(Refuse.NotFound("dead letter"));
        return await projector.Replay(readModel, stream)
            ? Answers.Json(new { status = "replayed" })
            : Answers.Problem(new Refusal(Refuse.WrongState, "an event of the stream failed again; the dead letter says why"));
    }

    private static async Task<IResult> Ready(HttpContext http, ClaimsDatabase database, Projector projector)
    {
        try
        {
            await using var connection = await database.Application.OpenConnectionAsync(http.RequestAborted);
            var states = await projector.States();
            return Answers.Json(new { status = "ready", readModels = states.Count });
        }
        catch (Npgsql.NpgsqlException)
        {
            return ProblemDocument.ForStatus(StatusCodes.Status503ServiceUnavailable) with { Detail = "the database does not answer" };
        }
    }
}

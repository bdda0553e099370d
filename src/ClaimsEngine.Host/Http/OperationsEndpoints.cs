using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClaimsEngine.Host.Http;

/// <summary>Health for machines, details for operators, and the list of problem codes.</summary>
public static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var operations = routes.MapGroup("").WithTags("operations");
        operations.MapGet("/health/live", () => Answers.Json(new StatusForm("live"))).AllowAnonymous().WithName("GetLiveness")
            .WithSummary("The process answers").Produces<StatusForm>();
        operations.MapGet("/health/ready", Ready).AllowAnonymous().WithName("GetReadiness")
            .WithSummary("The database answers").Produces<ReadyForm>();
        operations.MapGet("/problems", () => Answers.Json(new All<ProblemCode>(Codes))).AllowAnonymous().WithName("ListProblems")
            .WithSummary("Every code of a problem document").Produces<All<ProblemCode>>();
        operations.MapGet("/problems/{code}", Code).AllowAnonymous().WithName("GetProblem")
            .WithSummary("What a problem code means").Produces<ProblemCode>();
        operations.MapGet("/api/operations/projections", Projections).For(Role.Operator).WithName("ListProjections")
            .WithSummary("Read models: position and lag").Produces<All<ProjectionState>>();
        operations.MapGet("/api/operations/dead-letters", DeadLetters).For(Role.Operator).WithName("ListDeadLetters")
            .WithSummary("Events that a read model could not take; their streams are held back").Produces<All<DeadLetter>>();
        operations.MapGet("/api/operations/health", Health).For(Role.Operator).WithName("GetHealth")
            .WithSummary("The daemon of the read models and its high-water mark: are they moving").Produces<HealthForm>();
        operations.MapPost("/api/operations/dead-letters/{readModel}/{stream:guid}/replay", Replay).For(Role.Operator)
            .WithName("ReplayDeadLetter").WithSummary("Project a held stream again")
            .Produces<StatusForm>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>The refusals of the domain, and what HTTP itself can say no to.</summary>
    private static readonly IReadOnlyList<ProblemCode> Codes =
    [
        .. Refuse.All.Select(Answers.Problem).Concat(ProblemDocument.Statuses.Select(ProblemDocument.ForStatus))
            .DistinctBy(problem => problem.Code).OrderBy(problem => problem.Code, StringComparer.Ordinal)
            .Select(problem => new ProblemCode(problem.Code, problem.Status, problem.Title, problem.TitleZh)),
    ];

    private static IResult Code(string code) => Codes.FirstOrDefault(known => known.Code == code) is { } known
        ? Answers.Json(known) : Answers.Problem(Refuse.NotFound("problem code"));

    private static async Task<IResult> Projections(ReadModelUpkeep upkeep, CancellationToken cancellation) =>
        Answers.Json(new All<ProjectionState>(await upkeep.States(cancellation)));

    private static async Task<IResult> DeadLetters(ReadModelUpkeep upkeep, CancellationToken cancellation) =>
        Answers.Json(new All<DeadLetter>(await upkeep.DeadLetters(cancellation)));

    private static async Task<IResult> Replay(string readModel, Guid stream, ReadModelUpkeep upkeep, CancellationToken cancellation)
    {
        if (!(await upkeep.DeadLetters(cancellation)).Any(letter => letter.ReadModel == readModel && letter.Stream == stream))
            return Answers.Problem(Refuse.NotFound("dead letter"));
        return await upkeep.Replay(readModel, stream, cancellation)
            ? Answers.Json(new StatusForm("replayed"))
            : Answers.Problem(new Refusal(Refuse.WrongState, "an event of the stream failed again; the dead letter says why"));
    }

    private static async Task<IResult> Health(HealthCheckService health, CancellationToken cancellation)
    {
        var report = await health.CheckHealthAsync(cancellation);
        return Answers.Json(new HealthForm(report.Status.ToString().ToLowerInvariant(),
        [
            .. report.Entries.Select(check => new HealthCheckForm(
                check.Key, check.Value.Status.ToString().ToLowerInvariant(), check.Value.Description, check.Value.Duration.TotalSeconds)),
        ]));
    }

    private static async Task<IResult> Ready(ReadModelUpkeep upkeep, CancellationToken cancellation)
    {
        try
        {
            return Answers.Json(new ReadyForm("ready", (await upkeep.States(cancellation)).Count));
        }
        catch (Exception exception) when (Postgres.IsGone(exception))
        {
            return ProblemDocument.ForStatus(StatusCodes.Status503ServiceUnavailable) with { Detail = "the database does not answer" };
        }
    }
}

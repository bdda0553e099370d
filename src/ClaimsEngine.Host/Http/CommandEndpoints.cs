using System.Globalization;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Host.Http;

/// <summary>One route for each use case; all run the same pipeline.</summary>
public static class CommandEndpoints
{
    public static void MapUseCases(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules)
    {
        foreach (var module in modules)
        foreach (var useCase in module.UseCases)
        {
            routes.MapMethods(useCase.Route, [useCase.Method], (HttpContext http, CommandPipeline pipeline) => Execute(http, pipeline, useCase))
                .For(useCase.Role)
                .WithTags(module.Name).WithSummary(useCase.Summary).WithName(useCase.CommandType.Name)
                .WithMetadata(useCase);
        }
    }

    private static async Task<IResult> Execute(HttpContext http, CommandPipeline pipeline, IUseCase useCase)
    {
        var body = await ReadBody(http);
        // asked when the body is there: one sent in chunks does not tell its length
        if (body.Length > 0 && !http.Request.HasJsonContentType()) return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);
        return await Execute(http, pipeline, useCase, body);
    }

    internal static async Task<ReadOnlyMemory<byte>> ReadBody(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Runs the use case on a JSON body, however it came, and answers.</summary>
    internal static async Task<IResult> Execute(HttpContext http, CommandPipeline pipeline, IUseCase useCase, ReadOnlyMemory<byte> body)
    {
        var request = http.Request;
        if (new QueryText(request).Finish() is { } stray) return stray;
        if (!TryMatch(request.Headers.IfMatch, out var match)) return Answers.Invalid("If-Match", "is one ETag like \"3\", or *");

        var answer = await pipeline.Execute(new CommandRequest(
            useCase, request.Path, request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? ""),
            body, http.Actor()!, match,
            request.Headers.TryGetValue(IdempotencyKeys.Header, out var keys) ? keys.ToString() : null, http.TraceId()), http.RequestAborted);

        if (answer is NotDone no) return Answers.Problem(no);
        var done = (Done)answer;
        http.Response.SetETag(done.ETag);
        http.Response.SetPosition(done.Position);
        if (done.Status == StatusCodes.Status201Created) http.Response.Headers.Location = done.Location;
        if (done.Repeated) http.Response.Headers["Idempotency-Replayed"] = "true";
        return Answers.Text(done.Body, done.Status);
    }

    private static bool TryMatch(StringValues header, out VersionMatch match)
    {
        match = VersionMatch.Absent;
        if (header.Count == 0) return true;
        var text = header.ToString().Trim();
        if (text == "*") match = VersionMatch.Any;
        else if (text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) match = new VersionMatch(true, version);
        return match.Given;
    }
}

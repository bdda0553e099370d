using ClaimsEngine.Host.Problems;
using System.Globalization;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Outbox;
using ClaimsEngine.Payouts;
using ClaimsEngine.Statements;
using ClaimsEngine.Storage.Commands;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Host.Http;

/// <summary>One route for each use case; every command goes through the same desk.</summary>
public static class CommandEndpoints
{
    /// <summary>Commands that are larger than others may be, in bytes.</summary>
    private static readonly Dictionary<Type, long> Large = new()
    {
        [typeof(RecordPaymentResults)] = PaymentResultEndpoints.MostBytes, [typeof(RecordBankStatement)] = BankStatementEndpoint.MostBytes,
    };

    public static void MapUseCases(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules)
    {
        var views = modules.SelectMany(module => module.Resources)
            .ToDictionary(resource => resource.AggregateType, resource => resource.ViewType);
        foreach (var module in modules)
        foreach (var useCase in module.UseCases.Where(useCase => !useCase.IsInside))
        {
            var mapped = routes
                .MapMethods(useCase.Route, [useCase.Method], (HttpContext http, CommandDesk desk) => Execute(http, desk, useCase))
                .For([useCase.Role, .. useCase.Also])
                .WithTags(module.Name).WithSummary(useCase.Summary).WithName(useCase.CommandType.Name)
                .WithMetadata(useCase)
                .Produces(StatusCodes.Status200OK, views[useCase.AggregateType]);
            if (Large.TryGetValue(useCase.CommandType, out var most))
                mapped.WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(most));
            if (useCase.Creates) mapped.Produces(StatusCodes.Status201Created, views[useCase.AggregateType]);
        }
    }

    private static async Task<IResult> Execute(HttpContext http, CommandDesk desk, IUseCase useCase)
    {
        var (body, unsupported) = await RequestBody.ReadJson(http);
        return unsupported ?? await Execute(http, desk, useCase, body);
    }

    /// <summary>Runs the use case on a JSON body, however it came, and answers.</summary>
    internal static async Task<IResult> Execute(HttpContext http, CommandDesk desk, IUseCase useCase, ReadOnlyMemory<byte> body)
    {
        var (order, fault) = OrderOf(http, useCase);
        return order is null ? fault! : Answered(http, useCase, await desk.Execute(order with { Body = body }, http.RequestAborted));
    }

    /// <summary>What a request says beside its body, or what is wrong with that.</summary>
    internal static (CommandRequest? Order, IResult? Fault) OrderOf(HttpContext http, IUseCase useCase)
    {
        var request = http.Request;
        if (new QueryText(request).Finish() is { } stray) return (null, stray);
        if (!TryMatch(request.Headers.IfMatch, out var match)) return (null, Answers.Invalid("If-Match", "is one ETag like \"3\", or *"));

        var values = request.RouteValues.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
        var key = request.Headers.TryGetValue(IdempotencyKeys.Header, out var keys) ? keys.ToString() : null;
        return (new CommandRequest(useCase, request.Path, values, default, http.Actor()!, match, key, http.TraceId()), null);
    }

    internal static IResult Answered(HttpContext http, IUseCase useCase, CommandAnswer answer)
    {
        if (answer is NotDone no) return Answers.Problem(no);
        var done = (Done)answer;
        http.Response.SetETag(done.ETag);
        http.Response.SetPosition(done.Position);
        if (done.Status == StatusCodes.Status201Created) http.Response.Headers.Location = done.Location;
        if (done.Repeated) http.Response.Headers["Idempotency-Replayed"] = "true";
        return Answers.Text(http.RequestServices.GetRequiredService<WebhookSecrets>().Shown(useCase, done.Body), done.Status);
    }

    private static bool TryMatch(StringValues header, out VersionMatch match)
    {
        match = VersionMatch.Absent;
        if (header.Count == 0) return true;
        var text = header.ToString().Trim();
        if (text == "*") match = VersionMatch.Any;
        else if (text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            match = new VersionMatch(true, version);
        return match.Given;
    }
}

using System.Text.Json;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>The bank's results as a file of its own, CSV or <c>pain.002.001.10</c>, and the question what results would do.</summary>
public static class PaymentResultEndpoints
{
    /// <summary>Of 10,000 transfers in any form.</summary>
    public const long MostBytes = 32L << 20;

    private static readonly string[] Files = ["text/csv", "application/xml", "text/xml"];

    private static readonly IUseCase UseCase = Engine.Modules.SelectMany(module => module.UseCases)
        .Single(useCase => useCase.CommandType == typeof(RecordPaymentResults));

    public static void MapPaymentResults(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(UseCase.Route, async (HttpContext http, RecordRoom room, CommandDesk desk) =>
            {
                var (json, fault) = await ReadFile(http, room);
                return fault ?? await CommandEndpoints.Execute(http, desk, UseCase, json);
            })
            .For([UseCase.Role, .. UseCase.Also])
            .Accepts<string>(Files[0], Files[1..]).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes))
            .ExcludeFromDescription();   // the same operation as its JSON form
        routes.MapPost("/api/payment-batches/{batch}/results/check", Check)
            .For([UseCase.Role, .. UseCase.Also, Role.Auditor]).WithTags("payouts").WithName("CheckPaymentResults")
            .WithSummary("What results would do, in any form that the results take; stores nothing")
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes))
            .Accepts<ReportedResults>("application/json", Files)
            .Produces<ResultsPreview>().ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Check(HttpContext http, RecordRoom room, string batch)
    {
        if (new QueryText(http.Request).Finish() is { } stray) return stray;
        var (json, fault) = IsFile(http) ? await ReadFile(http, room) : await Json(http);
        if (fault is not null) return fault;
        var by = http.Actor()!;
        var records = room.For(by, cancellation: http.RequestAborted);
        if (!Guid.TryParse(batch, out var id) || await records.Find<PaymentBatch>(id) is null)
            return Answers.Problem(Refuse.NotFound("payment batch"));
        var request = new CommandRequest(UseCase, http.Request.Path, new Dictionary<string, string> { ["batch"] = batch }, json, by,
            VersionMatch.Any, null, http.TraceId());
        var (command, wrong) = CommandDesk.Checked(request);
        if (command is null) return Answers.Problem(wrong!);
        try
        {
            var (preview, refusal) = await ResultsPreview.Of((RecordPaymentResults)command, records);
            return refusal is not null ? Answers.Problem(refusal) : Answers.Json(preview!);
        }
        catch (OverflowException)   // Money is checked
        {
            return Answers.Invalid("body", Refuse.TooMuch);
        }
    }

    private static async Task<(ReadOnlyMemory<byte>, IResult?)> Json(HttpContext http)
    {
        var (body, unsupported) = await RequestBody.ReadJson(http);
        return (body, unsupported);
    }

    private static bool IsFile(HttpContext http) =>
        Files.Contains(http.Request.ContentType?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The file as JSON, read by the columns of the bank to which the batch went.</summary>
    private static async Task<(ReadOnlyMemory<byte> Json, IResult? Fault)> ReadFile(HttpContext http, RecordRoom room)
    {
        var body = await RequestBody.Read(http);
        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        var batch = Guid.TryParse(http.Request.RouteValues["batch"]?.ToString(), out var id) ? await records.Find<PaymentBatch>(id) : null;
        var bank = batch is null ? BankProfile.For(RegionCode.National) : BankProfile.Of(batch);
        var csv = http.Request.ContentType!.StartsWith(Files[0], StringComparison.OrdinalIgnoreCase);
        var file = csv ? ResultsCsv.Read(body, bank.Results) : Pain002.Read(body, batch);
        return file.Json is { } json ? (JsonSerializer.SerializeToUtf8Bytes(json), null)
            : (default, Answers.Problem(Refusal.Of(Refuse.InvalidRequest, file.Faults)));
    }
}

/// <summary>The body of results, for the description of the question.</summary>
public sealed record ReportedResults(IReadOnlyList<ReportedResult> Lines, ReportControl? Control = null);

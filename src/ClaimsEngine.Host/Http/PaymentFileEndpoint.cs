using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>The file that the bank gets: a released batch as the bank's CSV, or as ISO 20022.</summary>
public static class PaymentFileEndpoint
{
    private const string Csv = "csv", Pain = "pain.001";

    public static void MapPaymentFile(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/payment-batches/{batch}/file", File).For(Role.Finance, Role.Auditor).WithTags("payouts").WithName("GetPaymentFile")
        .WithSummary("The bank file of a released batch, the same bytes each time (format=csv: in the columns of the bank's data; "
            + "pain.001: ISO 20022 pain.001.001.09). Repr-Digest is its SHA-256")
        .WithMetadata(new QueryValue("format", "csv if not told", Values: [Csv, Pain]))
        .Produces<Stream>(contentType: "text/csv").ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> File(HttpContext http, RecordRoom room, string batch)
    {
        var query = new QueryText(http.Request);
        var format = query.Text("format") ?? Csv;
        if (format is not (Csv or Pain)) query.Fault("format", $"is {Csv} or {Pain}");
        if (query.Finish() is { } fault) return fault;

        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        if (!Guid.TryParse(batch, out var id) || await records.Find<PaymentBatch>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("payment batch"));
        var (file, refusal) =
            await ReleasedFile.Of(found, BankProfile.Of(found), format == Csv ? BankFileForm.Csv : BankFileForm.Pain001, records);
        if (file is null) return Answers.Problem(refusal!);
        http.Response.Headers["Repr-Digest"] = file.Digest;
        return Results.File(file.Bytes, file.MediaType, file.Name);
    }
}

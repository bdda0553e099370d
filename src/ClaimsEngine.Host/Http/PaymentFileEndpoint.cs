using System.Security.Cryptography;
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
        if (!found.WentOut)
            return Answers.Problem(new Refusal(Refuse.FileNotReleased, $"batch {found.Number} is not released"));
        if (format == Pain && found.Content is null)
            return Answers.Problem(new Refusal(Refuse.FileNotReleased, $"batch {found.Number} was released for a file of csv alone"));

        var file = await BankFile.Of(found, records);
        if (file.Differs(found.Content, records) is { } refusal) return Answers.Problem(refusal);
        var bank = BankProfile.Of(found);
        var bytes = format == Csv ? TransfersCsv.Write(bank, file.Lines) : Pain001.Write(bank, found.Number, found.Content!, file.Lines);
        http.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:";
        return format == Csv
            ? Results.File(bytes, $"text/csv; charset={TransfersCsv.CharsetOf(bank)}", $"{found.Number}.csv")
            : Results.File(bytes, "application/xml; charset=utf-8", $"{found.Number}.xml");
    }
}

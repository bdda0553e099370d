using ClaimsEngine.Host.Problems;
using System.Globalization;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Reading;
using CsvHelper;

namespace ClaimsEngine.Host.Http;

/// <summary>The file that the bank gets: a released batch as CSV.</summary>
public static class PaymentFileEndpoint
{
    public static void MapPaymentFile(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/payment-batches/{batch}/file", File).For(Role.Finance, Role.Auditor).WithTags("payouts").WithName("GetPaymentFile")
        .WithSummary("The bank file of a released batch (format=csv: UTF-8 with BOM, one transfer a line)")
        .WithMetadata(new QueryValue("format", "csv if not told", Values: ["csv"]))
        .Produces<Stream>(contentType: "text/csv").ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> File(HttpContext http, RecordRoom room, string batch)
    {
        var query = new QueryText(http.Request);
        if ((query.Text("format") ?? "csv") != "csv") query.Fault("format", "is csv");
        if (query.Finish() is { } fault) return fault;

        var records = room.For(http.Actor()!, cancellation: http.RequestAborted);
        if (!Guid.TryParse(batch, out var id) || await records.Find<PaymentBatch>(id) is not { } found)
            return Answers.Problem(Refuse.NotFound("payment batch"));
        if (!found.WentOut)
            return Answers.Problem(new Refusal(Refuse.FileNotReleased, $"batch {found.Number} is not released"));

        var lines = await BankFileLine.Of(found, records);
        return Results.File(Csv(lines), "text/csv; charset=utf-8", $"{found.Number}.csv");
    }

    private static byte[] Csv(IEnumerable<BankFileLine> lines)
    {
        using var text = new MemoryStream();
        var options = new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(text, options, leaveOpen: true))
        {
            csv.WriteRecord("序号", "付款编号", "批次号", "收款人户名", "收款账号", "开户行", "金额", "币种", "附言");
            foreach (var line in lines)
                csv.WriteRecord(
                    line.Line.ToString(CultureInfo.InvariantCulture), line.LineId.ToString(), line.BatchNumber, line.AccountHolder,
                    line.AccountNumber, line.Bank, line.Amount.ToString(), line.Currency, line.Remark);
        }
        return text.ToArray();
    }
}

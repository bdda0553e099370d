using System.Globalization;
using System.Text;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Payouts;
using CsvHelper;
using CsvHelper.Configuration;

namespace ClaimsEngine.Host.Http;

/// <summary>The file that the bank gets: a released batch as CSV.</summary>
public static class PaymentFileEndpoint
{
    public static void MapPaymentFile(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/payment-batches/{batch}/file", File).For(Role.Finance).WithTags("payouts")
        .WithSummary("The bank file of a released batch (format=csv: UTF-8 with BOM, one transfer a line)");

    private static async Task<IResult> File(HttpContext http, IEventStore store, IdentityKey key, string batch)
    {
        var query = new QueryText(http.Request);
        if ((query.Text("format") ?? "csv") != "csv") query.Blame("format", "is csv");
        if (query.Finish() is { } fault) return fault;

        var records = new Records(store, key, http.Actor()!, http.RequestAborted);
        if (!Guid.TryParse(batch, out var id) || await records.Find<PaymentBatch>(id) is not { } found) return Answers.Problem(Refuse.NotFound("payment batch"));
        if (found.Status == PaymentBatchStatus.Assembled) return Answers.Problem(new Refusal(Refuse.FileNotReleased, $"batch {found.Number} is not released"));

        var lines = await BankFileLine.Of(found, records);
        return Results.File(Csv(lines), "text/csv; charset=utf-8", $"{found.Number}.csv");
    }

    private static byte[] Csv(IEnumerable<BankFileLine> lines)
    {
        using var text = new MemoryStream();
        using (var writer = new StreamWriter(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var heading in new[] { "序号", "付款编号", "批次号", "收款人户名", "收款账号", "开户行", "金额", "币种", "附言" }) csv.WriteField(heading);
            csv.NextRecord();
            foreach (var line in lines)
            {
                csv.WriteField(line.Line);
                csv.WriteField(line.LineId.ToString());
                csv.WriteField(line.BatchNumber);
                csv.WriteField(line.AccountHolder);
                csv.WriteField(line.AccountNumber);
                csv.WriteField(line.Bank);
                csv.WriteField(line.Amount.ToString());
                csv.WriteField(line.Currency);
                csv.WriteField(line.Remark);
                csv.NextRecord();
            }
        }
        return text.ToArray();
    }
}

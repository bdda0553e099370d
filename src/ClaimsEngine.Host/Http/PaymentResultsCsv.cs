using ClaimsEngine.Host.Problems;
using System.Text.Json.Nodes;
using System.Text.Json;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Payouts;
using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;
using CsvHelper;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// The bank's results as CSV, UTF-8 or GB18030: a header in Chinese or English in any order, one line a payout. It becomes the JSON that
/// the route takes otherwise, so that the rules, the answer and the Idempotency-Key are the same.
/// </summary>
public static class PaymentResultsCsv
{
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["payoutId"] = "payoutId", ["付款编号"] = "payoutId",
        ["outcome"] = "outcome", ["结果"] = "outcome",
        ["bankReference"] = "bankReference", ["银行流水号"] = "bankReference",
        ["reason"] = "reason", ["退汇原因"] = "reason",
    };

    private static readonly Dictionary<string, string> Outcomes = new() { ["成功"] = "settled", ["退汇"] = "returned" };

    // a line that is too short or too long is a fault, not a guess; messages do not repeat what stands in the file
    private static readonly CsvReaderOptions Reading = new()
    {
        TrimWhitespace = true, FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw,
        IncludeValuesInExceptions = false,
    };

    public static void MapPaymentResultsCsv(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules)
    {
        var useCase = modules.SelectMany(module => module.UseCases)
            .Single(candidate => candidate.CommandType == typeof(RecordPaymentResults));
        routes.MapPost(useCase.Route, async (HttpContext http, CommandDesk desk) =>
            {
                var (json, fault) = ToJson(await RequestBody.Read(http));
                return json is null ? Answers.Invalid("body", fault!) : await CommandEndpoints.Execute(http, desk, useCase, json);
            })
            .For([useCase.Role, .. useCase.Also])
            .Accepts<string>("text/csv")
            .ExcludeFromDescription();   // the same operation as its JSON form
    }

    /// <summary>The JSON body, or why the file cannot be read.</summary>
    public static (byte[]? Json, string? Fault) ToJson(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var bytes = new MemoryStream(file.ToArray(), writable: false);
            var encoding = CsvText.Detect(bytes, CancellationToken.None);
            bytes.Position = 0;
            using var decoded = new StreamReader(bytes, encoding);
            using var csv = CsvReader.Create(decoded, Reading);
            csv.ReadHeader();
            var headers = csv.Headers?.ToArray() ?? [];
            if (headers.Length == 0) return (null, "the file is empty");
            if (headers.FirstOrDefault(name => !Columns.ContainsKey(name)) is { } stray)
                return (null, $"'{stray}' is no column of a result file; known are {string.Join(", ", Columns.Keys)}");
            // Of two cells for one fact only one could be taken.
            var columns = Array.ConvertAll(headers, name => Columns[name]);
            if (columns.GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice)
                return (null, $"the file has two columns for {twice.Key}");
            var lines = new JsonArray();
            while (csv.Read())
            {
                var line = new JsonObject();
                for (var i = 0; i < csv.FieldCount; i++)
                {
                    var text = csv.GetString(i);
                    // an empty cell is an absent member: a settled line has no reason
                    if (text.Length > 0) line[columns[i]] = Outcomes.GetValueOrDefault(text, text);
                }
                lines.Add(line);
            }
            return (JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["lines"] = lines }), null);
        }
        catch (CsvFormatException exception)
        {
            return (null, $"the file is no CSV: {exception.Message}");
        }
        catch (UnreadableException exception)
        {
            return (null, $"the file is no CSV: {exception.Fault.Text}");
        }
    }
}

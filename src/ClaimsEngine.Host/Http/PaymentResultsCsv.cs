using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Host.Pipeline;
using ClaimsEngine.Payouts;
using CsvHelper;

namespace ClaimsEngine.Host.Http;

/// <summary>
/// The bank's results as CSV, UTF-8 or GB18030: a header in Chinese or English in any order, one line a payout. It becomes the JSON that the route
/// takes otherwise, so that the rules, the answer and the Idempotency-Key are the same.
/// </summary>
public static class PaymentResultsCsv
{
    private static readonly FrozenDictionary<string, string> Columns = new Dictionary<string, string>
    {
        ["payoutId"] = "payoutId", ["付款编号"] = "payoutId",
        ["outcome"] = "outcome", ["结果"] = "outcome",
        ["bankReference"] = "bankReference", ["银行流水号"] = "bankReference",
        ["reason"] = "reason", ["退汇原因"] = "reason",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Outcomes = new Dictionary<string, string> { ["成功"] = "settled", ["退汇"] = "returned" }.ToFrozenDictionary();

    // a line that is too short or too long is a fault, not a guess; messages do not repeat what stands in the file
    private static readonly CsvReaderOptions Reading = new()
    {
        TrimWhitespace = true, FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw, IncludeValuesInExceptions = false,
    };

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapPaymentResultsCsv(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules)
    {
        var useCase = modules.SelectMany(module => module.UseCases).Single(candidate => candidate.CommandType == typeof(RecordPaymentResults));
        routes.MapPost(useCase.Route, async (HttpContext http, CommandPipeline pipeline) =>
            {
                var (json, fault) = ToJson(await CommandEndpoints.ReadBody(http));
                return json is null ? Answers.Invalid("body", fault!) : await CommandEndpoints.Execute(http, pipeline, useCase, json);
            })
            .For(useCase.Role)
            .Accepts<string>("text/csv")
            .ExcludeFromDescription();   // the same operation as its JSON form
    }

    /// <summary>The JSON body, or why the file cannot be read.</summary>
    public static (byte[]? Json, string? Fault) ToJson(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var csv = CsvReader.FromText(Decode(file), Reading);
            csv.ReadHeader();
            var headers = csv.Headers?.ToArray() ?? [];
            if (headers.Length == 0) return (null, "the file is empty");
            if (headers.FirstOrDefault(name => !Columns.ContainsKey(name)) is { } stray)
                return (null, $"'{stray}' is no column of a result file; known are {string.Join(", ", Columns.Keys)}");
            var lines = new JsonArray();
            while (csv.Read())
            {
                var line = new JsonObject();
                for (var i = 0; i < csv.FieldCount; i++)
                {
                    var text = csv.GetString(i);
                    // an empty cell is an absent member: a settled line has no reason
                    if (text.Length > 0) line[Columns[headers[i]]] = Outcomes.GetValueOrDefault(text, text);
                }
                lines.Add(line);
            }
            return (JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["lines"] = lines }), null);
        }
        catch (CsvFormatException exception)
        {
            return (null, $"the file is no CSV: {exception.Message}");
        }
    }

    /// <summary>Banks' programs write UTF-8, with or without a mark, or GB18030; what is not valid UTF-8 is the latter.</summary>
    private static string Decode(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }
}

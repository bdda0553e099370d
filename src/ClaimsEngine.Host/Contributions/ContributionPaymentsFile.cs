using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Claims;
using ClaimsEngine.Contributions;
using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;
using CsvHelper;

namespace ClaimsEngine.Host.Contributions;

/// <summary>One line of a file of payments, as it was read.</summary>
/// <param name="Line">from 1, as an editor or a spreadsheet program counts</param>
/// <param name="Read">null if anything is wrong with it</param>
public sealed record PaymentRow(int Line, CallPayment? Read, IReadOnlyList<LineFault> Faults);

/// <summary>Reads a file of payments: CSV with Chinese or English headings, the call's own file filled in among them, or JSON Lines. A line
/// with faults does not keep the others from being read.</summary>
internal static class ContributionPaymentsFile
{
    private const int Most = 60_000;

    private static readonly Dictionary<string, string?> Columns = new()
    {
        ["certificateNumber"] = "certificateNumber", ["凭证号"] = "certificateNumber",
        ["amount"] = "amount", ["应缴金额"] = "amount", ["实缴金额"] = "amount", ["金额"] = "amount",
        ["reference"] = "reference", ["缴费凭据号"] = "reference",
        ["paidOn"] = "paidOn", ["缴费日期"] = "paidOn",
        // what stands in the call's file besides
        ["序号"] = null, ["缴费通知号"] = null, ["缴费方"] = null, ["姓名"] = null,
    };

    private static readonly CsvReaderOptions Reading = new()
    {
        TrimWhitespace = true, FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw,
        IncludeValuesInExceptions = false,
    };

    /// <summary>The lines, or why the file cannot be read: then nothing of it is recorded.</summary>
    public static (IReadOnlyList<PaymentRow>? Rows, string? Fault) Read(Stream file, bool json)
    {
        try
        {
            var rows = json ? ReadJson(file) : ReadCsv(file);
            return rows.Count == 0 ? (null, "the file has no line") : rows.Count > Most ? (null, $"the file has more than {Most} lines")
                : (rows, null);
        }
        catch (CsvFormatException exception)
        {
            return (null, $"the file is no CSV: {exception.Message}");
        }
        catch (UnreadableException exception)
        {
            return (null, exception.Fault.Text);
        }
    }

    private static List<PaymentRow> ReadCsv(Stream file)
    {
        var encoding = CsvText.Detect(file, CancellationToken.None);
        file.Position = 0;
        using var decoded = new StreamReader(file, encoding, leaveOpen: true);
        using var csv = CsvReader.Create(decoded, Reading);
        csv.ReadHeader();
        string[] headers = csv.Headers?.ToArray() ?? [];
        if (headers.FirstOrDefault(name => !Columns.ContainsKey(name)) is { } stray)
            throw new CsvFormatException($"'{stray}' is no column of a file of payments; known are {string.Join(", ", Columns.Keys)}");
        var columns = Array.ConvertAll(headers, name => Columns[name]);
        if (columns.OfType<string>().GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new CsvFormatException($"it has two columns for {twice.Key}");
        var (rows, number) = (new List<PaymentRow>(), 1);
        while (csv.Read())
        {
            number++;
            var members = new JsonObject();
            for (var i = 0; i < csv.FieldCount && i < columns.Length; i++)
                if (columns[i] is { } column && csv.GetString(i) is { Length: > 0 } text) members[column] = text;
            rows.Add(Row(number, JsonSerializer.SerializeToElement(members)));
        }
        return rows;
    }

    private static List<PaymentRow> ReadJson(Stream file)
    {
        using var decoded = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: false), leaveOpen: true);
        var (rows, number) = (new List<PaymentRow>(), 0);
        while (decoded.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                rows.Add(Row(number, document.RootElement.Clone()));
            }
            catch (JsonException)
            {
                rows.Add(new PaymentRow(number, null, [LineFault.Unreadable("the line is not well-formed JSON", "该行不是有效的 JSON")]));
            }
        }
        return rows;
    }

    private static PaymentRow Row(int number, JsonElement json)
    {
        var (read, faults) = StrictJson.Read(typeof(CallPayment), json);
        return new PaymentRow(number, (CallPayment?)read,
            [.. faults.Select(fault => new LineFault(fault.Path, "value-invalid", fault.Reason, "内容缺失或格式有误"))]);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using ClaimsEngine.Payouts;
using ClaimsEngine.Rosters.Csv;
using ClaimsEngine.Rosters.Sheets;
using CsvHelper;

namespace ClaimsEngine.Host.Banks;

/// <summary>
/// The bank's results as CSV, UTF-8 or GB18030, in the columns of that bank: the headings in any order, one line a payout. It becomes the
/// JSON that the route takes otherwise, so that the rules, the answer and the Idempotency-Key are the same.
/// </summary>
public static class ResultsCsv
{
    public static ReportFile Read(ReadOnlyMemory<byte> file, ResultForm form) => BankCsv.Read(file, form.Separator, form.Columns, rows =>
    {
        var (lines, faults, control) = (new JsonArray(), new List<(string, string)>(), (JsonObject?)null);
        foreach (var row in rows)
        {
            if (control is not null) return ReportFile.Broken("the file goes on after its line of totals");
            if (form.Totals is { } totals && row.GetValueOrDefault(ResultField.PayoutId) == totals.Marker)
                control = Control(row, totals, form.Amounts, faults);
            else lines.Add(Line(row, form, lines.Count, faults));
        }
        if (form.Totals is { Required: true, Marker: var marker } && control is null)
            return ReportFile.Broken($"the line of totals ('{marker}') is missing: the file was cut off");
        var json = new JsonObject { ["lines"] = lines };
        if (control is not null) json["control"] = control;
        return ReportFile.Of(json, faults);
    });

    private static JsonObject Line(
        IReadOnlyDictionary<ResultField, string> row, ResultForm form, int place, List<(string, string)> faults)
    {
        var line = new JsonObject();
        foreach (var (field, text) in row)
        {
            // an empty cell is an absent member: a settled line has no reason
            var name = BankCsv.Name(field);
            if (field == ResultField.Amount) ReportFile.SetAmount(line, name, text, form.Amounts, $"lines.{place}.{name}", faults);
            else if (field == ResultField.Outcome)
                line[name] = form.Outcomes.TryGetValue(text, out var known) ? BankCsv.Name(known) : text;
            else if (field == ResultField.PayoutId) line[name] = ReportFile.Id(text);
            else line[name] = text;
        }
        return line;
    }

    private static JsonObject Control(
        IReadOnlyDictionary<ResultField, string> row, TotalsLine totals, MoneyUnit unit, List<(string, string)> faults)
    {
        var control = new JsonObject();
        if (int.TryParse(row.GetValueOrDefault(totals.CountIn), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            control["lines"] = count;
        else faults.Add(("control.lines", "the line of totals has no number of lines"));
        if (row.TryGetValue(totals.AmountIn, out var sum)) ReportFile.SetAmount(control, "sum", sum, unit, "control.sum", faults);
        return control;
    }
}

/// <summary>Reads a bank's CSV by a map of its columns.</summary>
internal static class BankCsv
{
    /// <param name="take">makes JSON of the rows: what stands in each field, without the empty ones</param>
    public static ReportFile Read<TField>(ReadOnlyMemory<byte> file, string separator, IReadOnlyList<ReadColumn<TField>> columns,
        Func<IEnumerable<IReadOnlyDictionary<TField, string>>, ReportFile> take) where TField : struct, Enum
    {
        try
        {
            using var bytes = new MemoryStream(file.ToArray(), writable: false);
            var encoding = CsvText.Detect(bytes, CancellationToken.None);
            bytes.Position = 0;
            using var decoded = new StreamReader(bytes, encoding);
            // a line that is too short or too long is a fault, not a guess; messages do not repeat what stands in the file
            using var csv = CsvReader.Create(decoded, new CsvReaderOptions
            {
                TrimWhitespace = true, FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw,
                IncludeValuesInExceptions = false, Separator = separator[0],
            });
            csv.ReadHeader();
            var headers = csv.Headers?.ToArray() ?? [];
            if (headers.Length == 0) return ReportFile.Broken("the file is empty");
            var known = columns.SelectMany(column => column.Headings.Select(heading => (heading, column.Field)))
                .ToDictionary(pair => pair.heading, pair => pair.Field);
            if (Array.FindIndex(headers, name => !known.ContainsKey(name)) is >= 0 and var stray)
                return ReportFile.Broken($"column {stray + 1} is no column of this file; known are {string.Join(", ", known.Keys)}");
            // Of two cells for one fact only one could be taken.
            var fields = Array.ConvertAll(headers, name => known[name]);
            if (fields.GroupBy(field => field).FirstOrDefault(same => same.Count() > 1) is { } twice)
                return ReportFile.Broken($"the file has two columns for {Name(twice.Key)}");
            return take(Rows(csv, fields));
        }
        catch (CsvFormatException exception)
        {
            return ReportFile.Broken($"the file is no CSV: {exception.Message}");
        }
        catch (UnreadableException exception)
        {
            return ReportFile.Broken($"the file is no CSV: {exception.Fault.Text}");
        }
    }

    /// <summary>The JSON name of a field or a word.</summary>
    public static string Name<T>(T value) where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static IEnumerable<IReadOnlyDictionary<TField, string>> Rows<TField>(CsvReader csv, TField[] fields) where TField : notnull
    {
        while (csv.Read())
        {
            var row = new Dictionary<TField, string>();
            for (var i = 0; i < csv.FieldCount; i++)
                if (csv.GetString(i) is { Length: > 0 } text) row[fields[i]] = text;
            yield return row;
        }
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using DuckDB.NET.Data;

namespace ClaimsEngine.Host.Tests.Exports;

/// <summary>An exported file as other programs read it: DuckDB CSV and Parquet, the Open XML SDK a workbook.</summary>
/// <param name="Types">of the columns: what Parquet and the first row of a workbook say; text in CSV</param>
internal sealed record OpenedTable(IReadOnlyList<string> Headings, IReadOnlyList<string> Types, IReadOnlyList<string?[]> Rows)
{
    public const string Csv = "text/csv", Parquet = "application/vnd.apache.parquet",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Every form but JSON, by its media type and by the name in <c>format</c>.</summary>
    public static readonly (string Type, string Name)[] Forms = [(Csv, "csv"), (Xlsx, "xlsx"), (Parquet, "parquet")];

    public static OpenedTable Of(string type, byte[] file) => type switch
    {
        Csv => OfCsv(file), Xlsx => Sheets(file)[0].Table, _ => OfParquet(file),
    };

    /// <summary>Rows of a file that is too large to be held.</summary>
    public static int Count(string type, byte[] file)
    {
        if (type != Xlsx)
            return int.Parse(Asked(file, path => $"(SELECT count(*) FROM {(type == Csv ? CsvOf(path) : ParquetOf(path))})").Rows[0][0]!);
        using var zip = new ZipArchive(new MemoryStream(file));
        using var xml = XmlReader.Create(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var rows = 0;
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row") rows++;
        return rows - 1;   // the first is the heading
    }

    /// <summary>The cells under a heading.</summary>
    public IEnumerable<string?> Column(string heading)
    {
        var place = Headings.ToList().IndexOf(heading);
        Assert.True(place >= 0, $"no column '{heading}' among {string.Join(", ", Headings)}");
        return Rows.Select(row => row[place]);
    }

    /// <summary>The sheets of a workbook that breaks no rule of the format.</summary>
    public static IReadOnlyList<(string Name, OpenedTable Table)> Sheets(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(fault => fault.Description));
        var book = document.WorkbookPart!;
        var formats = book.WorkbookStylesPart!.Stylesheet;
        return
        [
            .. book.Workbook.Descendants<Sheet>().Select(sheet =>
            {
                var rows = ((WorksheetPart)book.GetPartById(sheet.Id!.Value!)).Worksheet.Descendants<Row>().ToArray();
                var headings = rows[0].Elements<Cell>().Select(cell => cell.InnerText).ToArray();
                var types = rows.Skip(1).Take(1).SelectMany(row => row.Elements<Cell>()).Select(cell => TypeOf(cell, formats)).ToArray();
                return (sheet.Name!.Value!, new OpenedTable(
                    headings, types, [.. rows.Skip(1).Select(row => CellsOf(row, headings.Length))]));
            }),
        ];
    }

    private static OpenedTable OfCsv(byte[] file)
    {
        Assert.Equal(new byte[] { 0xEF, 0xBB, 0xBF }, file[..3]);
        return Asked(file, CsvOf);
    }

    private static OpenedTable OfParquet(byte[] file) => Asked(file, ParquetOf);

    private static string CsvOf(string path) =>
        $"read_csv('{path}', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')";

    private static string ParquetOf(string path) => $"read_parquet('{path}')";

    /// <summary>What the metadata of a Parquet file says.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(byte[] file) =>
        Asked(file, path => $"(SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}'))").Rows
            .ToDictionary(row => row[0]!, row => row[1]!);

    private static OpenedTable Asked(byte[] file, Func<string, string> table)
    {
        var path = Path.Combine(Path.GetTempPath(), $"claims-export-{Guid.NewGuid():N}");
        File.WriteAllBytes(path, file);
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table(path)}";
            using var reader = command.ExecuteReader();
            var rows = new List<string?[]>();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : Text(reader.GetValue(i)))]);
            return new OpenedTable(
                [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)],
                [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)], rows);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string?[] CellsOf(Row row, int columns)
    {
        var cells = new string?[columns];
        foreach (var cell in row.Elements<Cell>())
            if (cell.InnerText.Length > 0) cells[PlaceOf(cell.CellReference!.Value!)] = Unescaped(cell.InnerText);
        return cells;
    }

    private static int PlaceOf(string reference) =>
        reference.TakeWhile(char.IsLetter).Aggregate(0, (place, letter) => place * 26 + letter - 'A' + 1) - 1;

    /// <summary>The type, and the number format where it is no plain one.</summary>
    private static string TypeOf(Cell cell, Stylesheet styles)
    {
        var type = cell.DataType?.InnerText ?? "n";
        var look = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)(cell.StyleIndex?.Value ?? 0));
        var id = look.NumberFormatId?.Value ?? 0;
        var own = styles.NumberingFormats?.Elements<NumberingFormat>().FirstOrDefault(format => format.NumberFormatId?.Value == id);
        return id == 0 ? type : $"{type} {own?.FormatCode?.Value ?? $"{id}"}";
    }

    private static string Unescaped(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "_x([0-9A-Fa-f]{4})_", match => ((char)Convert.ToUInt16(match.Groups[1].Value, 16)).ToString());
}

using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Host.Exports;

/// <summary>The forms in which a table is answered. JSON is the first: it answers who asks for none.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json", Csv = "text/csv",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Parquet = "application/vnd.apache.parquet";

    /// <summary>Each form: what <c>Accept</c> calls it, what <c>format</c> calls it, and its file; null is JSON.</summary>
    private static readonly (string Type, string Name, TableFormat? Format)[] All =
    [
        (Json, "json", null), (Csv, "csv", TableFormat.Csv), (Xlsx, "xlsx", TableFormat.Xlsx), (Parquet, "parquet", TableFormat.Parquet),
    ];

    /// <summary>What <c>Accept</c> may name.</summary>
    public static readonly IReadOnlyList<string> Types = [.. All.Select(form => form.Type)];

    /// <summary>What <c>format</c> may name.</summary>
    public static readonly IReadOnlyList<string> Names = [.. All.Select(form => form.Name)];

    public static TableFormat? FormatOfType(string type) => All.First(form => form.Type == type).Format;

    public static TableFormat? FormatOfName(string name) => All.First(form => form.Name == name).Format;

    public static string TypeOf(TableFormat format) => format == TableFormat.Csv ? Csv + "; charset=utf-8"
        : All.First(form => form.Format == format).Type;

    public static string ExtensionOf(TableFormat format) => All.First(form => form.Format == format).Name;
}

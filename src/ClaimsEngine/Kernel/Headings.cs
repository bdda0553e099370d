using System.Text.Json;

namespace ClaimsEngine.Kernel;

/// <summary>
/// The Chinese words of exported tables: the heading over a column, the title of a table, and what an API name says in Chinese. They are
/// data: <c>seeds/exports/headings.json</c>. No public text gives them; they are assumed.
/// </summary>
public static class Headings
{
    private static readonly Book All = JsonSerializer.Deserialize<Book>(
        EmbeddedData.Text("exports/headings.json"), new JsonSerializerOptions(JsonSerializerDefaults.Web))!;

    /// <summary>The heading over a column.</summary>
    /// <param name="table">the read model's name, or that of a question: its own heading goes before the one of all tables</param>
    /// <param name="column">camelCase, as in the API</param>
    /// <exception cref="KeyNotFoundException">The file has no heading for it.</exception>
    public static string Of(string table, string column) =>
        Own(table)?.Columns?.GetValueOrDefault(column) ?? All.Columns.GetValueOrDefault(column)
        ?? throw new KeyNotFoundException($"seeds/exports/headings.json has no heading for the column {column} of {table}");

    /// <summary>What the table is called.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such table.</exception>
    public static string Title(string table) =>
        Own(table)?.Title ?? throw new KeyNotFoundException($"seeds/exports/headings.json has no title for {table}");

    /// <summary>The Chinese words for the API names of an enum.</summary>
    /// <param name="names">of the enum</param>
    /// <exception cref="KeyNotFoundException">The file has no words for it.</exception>
    public static IReadOnlyDictionary<string, string> WordsOf(Type names) => All.Words.GetValueOrDefault(names.Name)
        ?? throw new KeyNotFoundException($"seeds/exports/headings.json has no words for {names.Name}");

    private static Table? Own(string table) => All.Tables.GetValueOrDefault(table);

    private sealed record Book(
        Dictionary<string, string> Columns, Dictionary<string, Table> Tables, Dictionary<string, Dictionary<string, string>> Words);

    private sealed record Table(string? Title, Dictionary<string, string>? Columns);
}

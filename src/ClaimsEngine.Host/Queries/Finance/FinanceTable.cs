using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClaimsEngine.Figures;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>A column of an answer to finance.</summary>
/// <param name="Name">camelCase</param>
/// <param name="Type">of its values; a <see cref="Fraction"/> is shown with six decimals</param>
internal sealed record FinanceColumn(string Name, Type Type);

/// <summary>An answer to finance: the same rows as JSON and as a file.</summary>
/// <param name="Name">of the question, snake_case: it finds the headings of a file</param>
/// <param name="Rows">a value for each column, or null for what has none</param>
/// <param name="Total">a value for each column, null for what is not summed; null for an answer without a total</param>
/// <param name="AsOf">what was known at this moment</param>
/// <param name="Position">of the last event that is counted</param>
internal sealed record FinanceTable(
    string Name, IReadOnlyList<FinanceColumn> Columns, IReadOnlyList<object?[]> Rows, object?[]? Total, Instant AsOf, long Position)
{
    /// <summary>What the answer says besides its rows, in JSON alone.</summary>
    public IReadOnlyList<(string Name, object? Value)> Besides { get; init; } = [];

    /// <summary>The rows of records: a column for each property.</summary>
    public static FinanceTable Of<TRow>(string name, IEnumerable<TRow> rows, TRow? total, FinanceSnapshot at) where TRow : class
    {
        var properties = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        object?[] Cells(TRow row) => [.. properties.Select(property => property.GetValue(row))];
        return new FinanceTable(
            name,
            [.. properties.Select(property => new FinanceColumn(
                JsonNamingPolicy.CamelCase.ConvertName(property.Name), Nullable.GetUnderlyingType(property.PropertyType)
                    ?? property.PropertyType))],
            [.. rows.Select(Cells)], total is null ? null : Cells(total), at.AsOf, at.Position);
    }

    /// <summary><c>{rows, total, asOf, position}</c>.</summary>
    public JsonObject Json()
    {
        var answer = new JsonObject { ["rows"] = new JsonArray([.. Rows.Select(row => Object(row, all: true))]) };
        if (Total is not null) answer["total"] = Object(Total, all: false);
        foreach (var (name, value) in Besides) answer[name] = Node(value);
        answer["asOf"] = ClaimsJson.Text(AsOf);
        answer["position"] = Position;
        return answer;
    }

    /// <param name="all">whether what is null is a member too: in a row it says that there is none, in the total that it is not
    /// summed</param>
    private JsonObject Object(object?[] row, bool all)
    {
        var members = new JsonObject();
        for (var i = 0; i < row.Length; i++)
            if (all || row[i] is not null) members[Columns[i].Name] = Node(row[i]);
        return members;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        Fraction ratio => ratio.ToString(),
        IReadOnlyList<Fraction> ratios => new JsonArray([.. ratios.Select(ratio => (JsonNode)ratio.ToString())]),
        string text => text,
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), ClaimsJson.Options),
    };
}

using System.Text.Json;

namespace ClaimsEngine.Plans;

/// <summary>A disability grade table: per cent of the sum by grade, 1 the gravest. A versioned data file under
/// <c>seeds/plans/tables</c>.</summary>
/// <param name="Percent">grades that are not named are paid nothing</param>
/// <param name="Combining">how several injuries make one grade; null where the table does not say</param>
/// <param name="Assumed">why parts of the table are assumed; null if all is published</param>
public sealed record GradeTable(
    string Code, int Version, string Source, IReadOnlyDictionary<string, int> Percent, CombiningRule? Combining = null,
    string? Assumed = null)
{
    /// <summary>Null for a grade that the table does not pay.</summary>
    public int? PercentFor(int grade) =>
        Percent.TryGetValue($"{grade}", out var percent) ? percent : null;

    private static readonly IReadOnlyDictionary<string, GradeTable> Known = EmbeddedData.Names("tables/")
        .Select(name => JsonSerializer.Deserialize<GradeTable>(EmbeddedData.Text(name), ClaimsJson.Options)!)
        .ToDictionary(table => table.Code);

    public static IEnumerable<GradeTable> All => Known.Values.OrderBy(table => table.Code, StringComparer.Ordinal);

    public static GradeTable? Find(string code) => Known.GetValueOrDefault(code);
}

public enum CombiningRule
{
    /// <summary>The worst injury counts, one grade higher (never above 1) if several are the worst; a body part counts once.</summary>
    WorstEqualsRaiseByOne,
}

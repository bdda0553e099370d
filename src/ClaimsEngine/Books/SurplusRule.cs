using System.Text.Json;

namespace ClaimsEngine.Books;

/// <summary>Where the result of a plan year goes, by organiser and plan (<c>seeds/books/surplus.v1.json</c>).</summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="Plan">code of the one plan it is for; null for all of the organiser's</param>
/// <param name="RiskReserve">share of a surplus that goes to the risk reserve, 0 to 1000 per mille; the rest is carried as surplus</param>
public sealed record SurplusRule(
    RegionCode Region, int RiskReserve, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed, string? Plan = null)
{
    public static IReadOnlyList<SurplusRule> All { get; } =
        JsonSerializer.Deserialize<IReadOnlyList<SurplusRule>>(EmbeddedData.Text("books/surplus.v1.json"), ClaimsJson.Options)!;

    /// <summary>The rule of the plan, else of the nearest organiser above a region.</summary>
    public static SurplusRule For(RegionCode region, string plan) =>
        All.Where(rule => region.Value.StartsWith(rule.Region.Value, StringComparison.Ordinal) && (rule.Plan is null || rule.Plan == plan))
            .MaxBy(rule => (rule.Plan is not null, rule.Region.Value.Length))!;

    /// <summary>
    /// What the risk reserve and the surplus get of a result. Of a surplus the reserve's share is rounded down to the fen, the rest is
    /// carried. A deficit takes from the reserve first, as far as it reaches; what is left of it is carried as a deficit.
    /// </summary>
    /// <param name="result">below 0 for a deficit</param>
    /// <param name="reserve">what the plan's risk reserve holds, of all its years</param>
    public (Money ToReserve, Money ToSurplus) Share(Money result, Money reserve)
    {
        var toReserve = result >= Money.Zero
            ? new Money((long)((Int128)result.Fen * RiskReserve / 1000))
            : Money.Zero - Money.Min(Money.Zero - result, Money.Max(reserve, Money.Zero));
        return (toReserve, result - toReserve);
    }
}

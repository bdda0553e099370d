using System.Text.Json;

namespace ClaimsEngine.Figures;

/// <summary>How an organiser is warned of a fund that pays out what came in (<c>seeds/finance</c>). No public text names a level; each file
/// says what is assumed.</summary>
/// <param name="Region">GB/T 2260 code or prefix of the organiser; empty is the default of all</param>
/// <param name="From">the first day on which they hold</param>
/// <param name="Ratio">levels of what is granted and reserved, as a part of the contributions due</param>
/// <param name="Largest">levels of the largest single payout, as a part of the contributions due</param>
public sealed record SolvencyRules(
    RegionCode Region, int Version, LocalDate From, IReadOnlyList<string> Sources, IReadOnlyList<string> Assumed,
    IReadOnlyList<AlertLevel> Ratio, IReadOnlyList<AlertLevel> Largest)
{
    /// <summary>All versions of all organisers.</summary>
    public static IReadOnlyList<SolvencyRules> All { get; } = [.. EmbeddedData.Names("finance/solvency.")
        .Select(name => JsonSerializer.Deserialize<SolvencyRules>(EmbeddedData.Text(name), ClaimsJson.Options)!)];

    /// <summary>The name under which an answer cites them: <c>62/1</c>, <c>default/1</c>.</summary>
    public string Name => $"{(Region.Value.Length == 0 ? "default" : Region.Value)}/{Version}";

    /// <summary>The rules of the nearest organiser above a region, in the newest version of that day.</summary>
    public static SolvencyRules For(RegionCode region, LocalDate day) =>
        All.Where(rules => rules.From <= day && rules.Region.Contains(region))
            .MaxBy(rules => (rules.Region.Value.Length, rules.Version))!;
}

/// <param name="AtLeast">a plain decimal number: <c>0.80</c></param>
/// <param name="Name">what the level is called: <c>watch</c></param>
/// <param name="Words">for a person who reads the alert</param>
public sealed record AlertLevel(string AtLeast, string Name, string Words, string WordsZh);

/// <summary>The money of one fund, a plan's year or a programme, at one moment.</summary>
/// <param name="Due">contributions that are owed or paid</param>
/// <param name="Paid">of these what has come in</param>
/// <param name="Granted">benefits that were ordered to be paid, and not cancelled</param>
/// <param name="PaidOut">of these what the bank has paid</param>
/// <param name="Reserves">of claims that are not decided</param>
/// <param name="Ibnr">incurred but not reported</param>
/// <param name="RiskReserve">carried over from earlier periods; null where the books keep none for such a fund</param>
/// <param name="Largest">single payout</param>
public sealed record FundMoney(
    Money Due, Money Paid, Money Granted, Money PaidOut, Money Reserves, Money Ibnr, Money? RiskReserve, Money Largest);

/// <summary>Whether a fund's contributions suffice for what it owes. A ratio is null where there are no contributions.</summary>
/// <param name="Ratio">granted and reserved, as a part of the contributions due</param>
/// <param name="WithIbnr">the same with what is incurred but not reported</param>
/// <param name="LargestShare">the largest single payout, as a part of the contributions due</param>
/// <param name="Alerts">the highest level that each figure has reached</param>
public sealed record Solvency(Fraction? Ratio, Fraction? WithIbnr, Fraction? LargestShare, IReadOnlyList<SolvencyAlert> Alerts)
{
    public static Solvency Of(FundMoney fund, SolvencyRules rules)
    {
        var owed = fund.Granted + fund.Reserves;
        var (ratio, withIbnr, largest) =
            (Fraction.Of(owed, fund.Due), Fraction.Of(owed + fund.Ibnr, fund.Due), Fraction.Of(fund.Largest, fund.Due));
        SolvencyAlert?[] alerts =
        [
            Highest("ratio", ratio, rules.Ratio), Highest("withIbnr", withIbnr, rules.Ratio), Highest("largest", largest, rules.Largest),
            // without contributions there is no ratio to compare, and money is owed all the same
            fund.Due == Money.Zero && owed.IsPositive && rules.Ratio.Count > 0 ? SolvencyAlert.Of("ratio", Top(rules.Ratio)) : null,
        ];
        return new Solvency(ratio, withIbnr, largest, [.. alerts.OfType<SolvencyAlert>()]);
    }

    private static SolvencyAlert? Highest(string figure, Fraction? value, IReadOnlyList<AlertLevel> levels) =>
        value is { } at && levels.Where(level => at.IsAtLeast(Fraction.Of(level.AtLeast))).ToArray() is { Length: > 0 } reached
            ? SolvencyAlert.Of(figure, Top(reached)) : null;

    private static AlertLevel Top(IReadOnlyList<AlertLevel> levels) =>
        levels.Aggregate((a, b) => Fraction.Of(b.AtLeast).IsAtLeast(Fraction.Of(a.AtLeast)) ? b : a);
}

/// <param name="Figure">which figure reached the level: <c>ratio</c>, <c>withIbnr</c> or <c>largest</c></param>
/// <param name="Level">the level's name, from the data</param>
/// <param name="AtLeast">where the level begins</param>
public sealed record SolvencyAlert(string Figure, string Level, string AtLeast, string Words, string WordsZh)
{
    internal static SolvencyAlert Of(string figure, AlertLevel level) =>
        new(figure, level.Name, level.AtLeast, level.Words, level.WordsZh);
}

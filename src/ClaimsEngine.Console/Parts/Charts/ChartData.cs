namespace ClaimsEngine.Console.Parts.Charts;

/// <summary>How values are drawn.</summary>
public enum ChartKind { Bars, StackedBars, Lines }

/// <summary>What a chart shows.</summary>
/// <param name="Title">stands above it and is read out</param>
/// <param name="Unit">of all values, at the axis</param>
/// <param name="Places">along the axis, in order</param>
/// <param name="Series">each has a value for every place; those after the sixth are hard to tell apart, see <see cref="Of"/></param>
public sealed record ChartData(string Title, string Unit, IReadOnlyList<string> Places, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>The most series that differ in lightness, so that a print in black and white tells them apart.</summary>
    public const int MostSeries = 6;

    /// <summary>A value for each pair of place and series. Beyond <see cref="MostSeries"/> the smallest are added up into one.</summary>
    /// <param name="cells">several of the same pair are added up</param>
    /// <param name="rest">the name of what is added up</param>
    public static ChartData Of(string title, string unit, IEnumerable<(string Place, string Series, decimal Value)> cells, string rest)
    {
        var all = cells.ToArray();
        string[] places = [.. all.Select(cell => cell.Place).Distinct()];
        string[] names = [.. all.GroupBy(cell => cell.Series).OrderByDescending(group => group.Sum(cell => cell.Value))
            .ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
        string[] shown = names.Length <= MostSeries ? names : names[..(MostSeries - 1)];
        var sums = all.GroupBy(cell => (cell.Place, Series: shown.Contains(cell.Series) ? cell.Series : rest))
            .ToDictionary(group => group.Key, group => group.Sum(cell => cell.Value));
        return new ChartData(title, unit, places,
            [.. (names.Length <= MostSeries ? shown : [.. shown, rest]).Select(name =>
                new ChartSeries(name, [.. places.Select(place => sums.TryGetValue((place, name), out var value) ? value : (decimal?)null)]))]);
    }
}

/// <param name="Values">one for each place; null where there is none</param>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);

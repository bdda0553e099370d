using ClaimsEngine.Figures;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>
/// The median and the largest amount of groups of payouts. Where counts by band of amounts are kept for what the question names, the bands
/// that hold them are found from these, and only their rows are read; else all rows that match are.
/// </summary>
internal sealed class AmountSpread
{
    private static readonly FinanceDimension Band = new("band", nameof(PayoutRow.AmountBand), typeof(Money));

    private readonly Dictionary<string, (Money Median, Money Largest)> groups = [];

    /// <summary>Of all payouts together; null where there are none.</summary>
    public (Money? Median, Money? Largest) All { get; private set; }

    /// <summary>Of one group; null where there is none such. Without keys it is that of all.</summary>
    public (Money? Median, Money? Largest) Of(object?[] keys) =>
        keys.Length == 0 ? All
        : groups.TryGetValue(FinanceSnapshot.KeyText(keys), out var found) ? (found.Median, found.Largest) : (null, null);

    public static async Task<AmountSpread> Of(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        var spread = new AmountSpread();
        foreach (var (key, found) in await Found([], narrowed, at)) spread.All = found;
        foreach (var (key, found) in by.Count > 0 ? await Found(by, narrowed, at) : []) spread.groups[key] = found;
        return spread;
    }

    private static async Task<IEnumerable<(string Key, (Money Median, Money Largest) Found)>> Found(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        if (!at.Keeps(PayoutLedger.Model, [.. by, Band], narrowed))
            return (await at.Rows(
                PayoutLedger.Model, by, narrowed, "percentile_disc(0.5) WITHIN GROUP (ORDER BY r.amount), max(r.amount)"))
                .Select(row => (FinanceSnapshot.KeyText(row.Keys), (new Money(row.Sums[0]), new Money(row.Sums[1]))));

        var wanted = (await at.Sum(PayoutLedger.Model, [.. by, Band], narrowed)).Where(cell => cell.Count > 0)
            .GroupBy(cell => FinanceSnapshot.KeyText(cell.Keys[..^1])).SelectMany(group =>
            {
                var bands = group.Select(cell => (Band: new Money((long)cell.Keys[^1]!), cell.Count)).OrderBy(cell => cell.Band).ToArray();
                var (band, place) = AmountBand.Median(bands)!.Value;
                return new[]
                {
                    new BandWanted(group.Key, band, place, bands.Single(cell => cell.Band == band).Count),
                    new BandWanted(group.Key, bands[^1].Band, bands[^1].Count - 1, bands[^1].Count),
                };
            }).ToArray();
        var found = await at.InBands(PayoutLedger.Model, by, narrowed, wanted);
        return wanted.Chunk(2).Select((pair, nth) => (pair[0].Group, (found[nth * 2], found[nth * 2 + 1])));
    }
}

/// <summary>One amount of a group of rows, by its place in its band.</summary>
/// <param name="Group">text of the group's keys</param>
/// <param name="Band">lowest amount of the band</param>
/// <param name="Place">in ascending order, from 0</param>
/// <param name="Of">how many of the group are in the band</param>
internal sealed record BandWanted(string Group, Money Band, long Place, long Of);

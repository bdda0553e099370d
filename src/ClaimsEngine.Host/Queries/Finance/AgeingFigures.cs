using ClaimsEngine.Figures;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>
/// Payouts that are ordered and not paid, by how many calendar days they have waited since their order: ordered, authorised, sent, returned
/// and not ordered anew, held or not. Days are those of the question's moment in Asia/Shanghai.
/// </summary>
internal static class AgeingFigures
{
    public static readonly IReadOnlyList<FinanceDimension> Dimensions =
    [
        .. FinanceDimension.Funds, .. FinanceDimension.Places, new("status", nameof(PayoutRow.Status), typeof(PayoutStatus)),
    ];

    private static readonly FinanceDimension Since = new("since", nameof(PayoutRow.UnpaidSince), typeof(LocalDate)),
        Held = new("held", nameof(PayoutRow.Held), typeof(bool));

    /// <summary>What is paid has no such day.</summary>
    public static readonly TotalsFilter Unpaid = new(nameof(PayoutRow.UnpaidSince), TotalsMatch.From, new LocalDate(1, 1, 1));

    public static async Task<FinanceTable> Of(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        var cells = await at.Sum(PayoutLedger.Model, [.. by, Since, Held], [.. narrowed, Unpaid], nameof(PayoutRow.Amount));
        var (groups, total, day) = (new Groups(by.Count + 1, 4), new long[4], at.AsOf.Date());
        foreach (var cell in cells.Where(cell => cell.Count != 0))
        {
            var (keys, held) = (cell.Keys[..^2], cell.Keys[^1] is true);
            long[] sums = [cell.Count, cell.Sums[0], held ? cell.Count : 0, held ? cell.Sums[0] : 0];
            // every group tells every band, so that a table of them has no holes
            foreach (var band in AgeBands.Names) groups.Add([.. keys, new AgeBand(band)], 0, 0, 0, 0);
            groups.Add([.. keys, new AgeBand(AgeBands.Of(LocalDate.FromDateOnly((DateOnly)cell.Keys[^2]!), day))], sums);
            for (var i = 0; i < total.Length; i++) total[i] = checked(total[i] + sums[i]);
        }
        return new FinanceTable(
            "ageing",
            [
                .. by.Select(dimension => new FinanceColumn(dimension.Name, dimension.Type)), new("days", typeof(string)),
                new("count", typeof(long)), new("amount", typeof(Money)), new("heldCount", typeof(long)), new("heldAmount", typeof(Money)),
            ],
            [.. groups.Rows.Select(row => Row([.. row.Keys[..^1], row.Keys[^1]!.ToString()], row.Sums))],
            Row(new object?[by.Count + 1], total), at.AsOf, at.Position);

        static object?[] Row(object?[] keys, long[] sums) => [.. keys, sums[0], new Money(sums[1]), sums[2], new Money(sums[3])];
    }

    /// <summary>A band in the order of the bands.</summary>
    private sealed record AgeBand(string Name) : IComparable
    {
        private int Place => Enumerable.Range(0, AgeBands.Names.Count).First(place => AgeBands.Names[place] == Name);

        public int CompareTo(object? obj) => Place.CompareTo(((AgeBand)obj!).Place);

        public override string ToString() => Name;
    }
}

using ClaimsEngine.Enrolments;
using ClaimsEngine.Figures;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>
/// People and money by what each person was granted: a person under a plan and period is a certificate's member, so two benefits of one
/// certificate count once, with their sum. It is counted for the member also where heirs were paid. Who holds certificates of several plans
/// or periods counts in each.
/// </summary>
internal static class DistributionFigures
{
    private static readonly FinanceDimension Band = new("band", nameof(EnrolmentRow.BenefitBand), typeof(Money));

    /// <summary>Who was granted nothing has no band.</summary>
    private static readonly TotalsFilter Benefited = new(nameof(EnrolmentRow.BenefitBand), TotalsMatch.From, new Money(1));

    /// <param name="bounds">the highest amount of each band but the last, ascending</param>
    public static async Task<FinanceTable> Of(
        IReadOnlyList<Money> bounds, IReadOnlyList<TotalsFilter> narrowed, FinanceSnapshot at)
    {
        var cells = (await at.Sum(EnrolmentRegister.Model, [Band], [.. narrowed, Benefited], nameof(EnrolmentRow.BenefitUsed)))
            .Where(cell => cell.Count > 0).Select(cell => (Band: new Money((long)cell.Keys[0]!), cell.Count, Amount: cell.Sums[0]))
            .OrderBy(cell => cell.Band).ToArray();
        if (cells.Length == 0) return Table(DistributionBand.Of(bounds, []), null, at);
        // only of the bands through which a bound goes the single certificates are looked at
        long[] cut = [.. bounds.Select(AmountBand.Of).Where((band, place) => bounds[place] + new Money(1) < AmountBand.Above(band))
            .Intersect(cells.Select(cell => cell.Band)).Select(band => band.Fen)];
        var groups = cells.Where(cell => !cut.Contains(cell.Band.Fen))
            .Select(cell => (cell.Band, cell.Count, new Money(cell.Amount))).ToList();
        if (cut.Length > 0)
            groups.AddRange((await at.Rows(
                EnrolmentRegister.Model, [], narrowed,
                // how many bounds lie below what was granted
                "max(r.benefit_used), count(*), sum(r.benefit_used)::bigint",
                $"width_bucket(r.benefit_used - 1, ARRAY[{string.Join(", ", bounds.Select(bound => bound.Fen))}]::bigint[])",
                $"r.benefit_band IN ({string.Join(", ", cut)})"))
                .Select(row => (new Money(row.Sums[0]), row.Sums[1], new Money(row.Sums[2]))));
        var top = await at.Rows(
            EnrolmentRegister.Model, [],
            [.. narrowed, new TotalsFilter(nameof(EnrolmentRow.BenefitBand), TotalsMatch.Equal, cells[^1].Band)],
            "max(r.benefit_used)");
        return Table(DistributionBand.Of(bounds, groups), new Money(top[0].Sums[0]), at);
    }

    /// <param name="largest">that one person was granted; null where nobody was</param>
    private static FinanceTable Table(IReadOnlyList<DistributionBand> bands, Money? largest, FinanceSnapshot at) => FinanceTable.Of(
        "distribution", bands,
        new DistributionBand(
            null, null, bands.Sum(band => band.People), Money.Sum(bands.Select(band => band.Amount)), null, null), at) with
    {
        Besides = [("largest", largest)],
    };
}

using ClaimsEngine.Figures;
using ClaimsEngine.Payouts;
using NodaTime.Text;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries.Finance;

/// <summary>
/// Benefits by the month of the incident and the month of the grant, and what is still to come of them. A benefit that was cancelled, or
/// ordered anew, does not count; the payout that replaces another one counts in the month of its own order. So the triangle ties to
/// <see cref="PayoutFigures"/>. Relief and refunds have no incident and are not in it.
/// </summary>
internal static class DevelopmentFigures
{
    private static readonly YearMonthPattern Months = YearMonthPattern.Iso;

    private static readonly FinanceDimension OccurredIn = new("occurredIn", nameof(PayoutRow.OccurredIn), typeof(string)),
        Month = new("month", nameof(PayoutRow.Month), typeof(string));

    /// <summary>How many periods a triangle goes back where nobody says.</summary>
    private static int Back(Grain grain) => grain switch { Grain.Month => 36, Grain.Quarter => 20, _ => 10 };

    /// <summary>The first origin where nobody says.</summary>
    public static CalendarPeriod FirstOrigin(Grain grain, LocalDate day) => CalendarPeriod.LastBefore(grain, day).Plus(1 - Back(grain));

    /// <summary>A ladder for each fund by these keys.</summary>
    /// <param name="by">of what is kept for payouts and case reserves alike</param>
    /// <param name="first">the first origin; null for <see cref="FirstOrigin"/></param>
    public static async Task<IReadOnlyList<(object?[] Keys, ChainLadder Ladder)>> Ladders(
        IReadOnlyList<FinanceDimension> by, IReadOnlyList<TotalsFilter> narrowed, Grain grain, CalendarPeriod? first, FinanceSnapshot at)
    {
        var cells = await at.Sum(
            PayoutLedger.Model, [.. by, OccurredIn, Month], [.. narrowed, PayoutFigures.Granted],
            nameof(PayoutRow.Amount));
        var reserves = await LedgerFigures.CaseReservesByMonth(by, narrowed, at);
        var (day, funds) = (at.AsOf.Date(), new Groups(by.Count, 0));
        foreach (var cell in cells) funds.Add(cell.Keys[..^2]);
        foreach (var (keys, _) in reserves) funds.Add(keys[..^1]);
        var granted = cells.ToLookup(cell => Text(cell.Keys[..^2]));
        var open = reserves.ToLookup(reserve => Text(reserve.Keys[..^1]));
        return [.. funds.Rows.Select(fund =>
        {
            var own = granted[Text(fund.Keys)].ToArray();
            return (fund.Keys, ChainLadder.Of(
                [.. own.Where(cell => cell.Keys[^2] is not null)
                    .Select(cell => new Development(Parse(cell.Keys[^2]), Parse(cell.Keys[^1]), new Money(cell.Sums[0])))],
                open[Text(fund.Keys)].Where(reserve => reserve.Keys[^1] is not null)
                    .GroupBy(reserve => Parse(reserve.Keys[^1]), reserve => reserve.Amount)
                    .ToDictionary(month => month.Key, Money.Sum),
                grain, day, first ?? FirstOrigin(grain, day),
                Money.Sum(own.Where(cell => cell.Keys[^2] is null).Select(cell => new Money(cell.Sums[0])))));
        })];
    }

    /// <summary>The triangle of all that matches.</summary>
    public static async Task<FinanceTable> Triangle(
        IReadOnlyList<TotalsFilter> narrowed, Grain grain, CalendarPeriod? first, FinanceSnapshot at)
    {
        var ladder = await Ladders([], narrowed, grain, first, at) is [var only] ? only.Ladder
            : ChainLadder.Of([], new Dictionary<YearMonth, Money>(), grain, at.AsOf.Date(), first ?? FirstOrigin(grain, at.AsOf.Date()));
        var rows = ladder.Origins.Select(origin => new TriangleRow(
            origin.Origin.ToString(), origin.Cumulative, origin.Granted, origin.Ultimate, origin.Reserved, origin.Ibnr));
        var total = new TriangleRow(null, null, ladder.Granted, ladder.Ultimate, ladder.Reserved, ladder.Ibnr);
        return FinanceTable.Of("triangle", rows, total, at) with
        {
            Besides =
            [
                ("grain", grain), ("through", ladder.Through.ToString()), ("factors", ladder.Factors), ("earlier", ladder.Earlier),
                ("undated", ladder.Undated),
            ],
        };
    }

    /// <summary>What each plan's year still owes.</summary>
    public static async Task<FinanceTable> Outstanding(IReadOnlyList<TotalsFilter> narrowed, Grain grain, FinanceSnapshot at)
    {
        var by = FinanceDimension.Funds.Take(2).ToArray();
        var unpaid = await at.Sum(
            PayoutLedger.Model, by, [.. narrowed, AgeingFigures.Unpaid, FinanceDimension.IsBenefit], nameof(PayoutRow.Amount));
        var (money, ladders) = (new Groups(2, 3), await Ladders(by, narrowed, grain, null, at));
        foreach (var cell in unpaid) money.Add(cell.Keys, cell.Sums[0], 0, 0);
        // of claims that are open, also of incidents before the triangle's first period
        foreach (var (keys, amount) in await LedgerFigures.CaseReserves(by, narrowed, at)) money.Add(keys, 0, amount.Fen, 0);
        foreach (var (keys, ladder) in ladders) money.Add(keys, 0, 0, ladder.Ibnr.Fen);
        OutstandingRow[] rows = [.. money.Rows.Where(fund => fund.Sums.Any(sum => sum != 0))
            .Select(fund => Row((string?)fund.Keys[0], (int?)fund.Keys[1], fund.Sums))];
        return FinanceTable.Of("outstanding", rows, Row(null, null,
            [.. Enumerable.Range(0, 3).Select(i => money.Rows.Aggregate(0L, (sum, fund) => checked(sum + fund.Sums[i])))]), at);

        static OutstandingRow Row(string? plan, int? year, long[] sums) => new(
            plan, year, new Money(sums[0]), new Money(sums[1]), new Money(sums[2]), new Money(checked(sums[0] + sums[1] + sums[2])));
    }

    private static string Text(object?[] keys) => FinanceSnapshot.KeyText(keys);

    private static YearMonth Parse(object? month) => Months.Parse((string)month!).Value;
}

/// <summary>The incidents of one period.</summary>
/// <param name="Origin">the period; null in the total</param>
/// <param name="Cumulative">granted until the end of the period, of the next one, and so on; null in the total</param>
/// <param name="Granted">all that is known, also of the running period</param>
/// <param name="Ultimate">what will have been granted in the end, as the chain ladder estimates it</param>
/// <param name="Reserved">for claims that are reported and not decided</param>
/// <param name="Ibnr">of the ultimate what is neither granted nor reserved</param>
internal sealed record TriangleRow(
    string? Origin, IReadOnlyList<Money>? Cumulative, Money Granted, Money Ultimate, Money Reserved, Money Ibnr);

/// <summary>What a plan's year still owes.</summary>
/// <param name="Unpaid">granted and not yet paid by the bank</param>
/// <param name="Reserved">for claims that are not decided</param>
/// <param name="Ibnr">incurred but not reported</param>
/// <param name="Outstanding">the three together</param>
internal sealed record OutstandingRow(string? Plan, int? PlanYear, Money Unpaid, Money Reserved, Money Ibnr, Money Outstanding);

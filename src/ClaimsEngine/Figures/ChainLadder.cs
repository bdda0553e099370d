using System.Numerics;

namespace ClaimsEngine.Figures;

/// <summary>An amount that was granted for incidents of one month.</summary>
/// <param name="Origin">month of the incidents</param>
/// <param name="At">month of the grant</param>
public sealed record Development(YearMonth Origin, YearMonth At, Money Amount);

/// <summary>
/// What is still to come of incidents that have happened, by the chain ladder: of a development triangle each factor is the sum of a column
/// over the sum of the column before, over the origins that have both. An ultimate is the last amount of its row that is known, times the
/// factors of the columns that it has not reached. All is computed in exact fractions and rounded once, to the fen, a half away from zero.
/// Where a column says nothing, because it sums to 0.00, its factor is 1. The method knows nothing of origins that have no grant yet.
/// </summary>
/// <param name="Through">the last period that is over: the triangle's last diagonal. A period that is still running would look like a fall
/// in grants</param>
/// <param name="Factors">from each column to the next</param>
/// <param name="Origins">in their order, without gaps</param>
/// <param name="Earlier">granted for incidents before the first origin; nothing more is expected of them</param>
/// <param name="Undated">granted for incidents whose month was not kept; nothing is estimated of them</param>
public sealed record ChainLadder(
    Grain Grain, CalendarPeriod Through, IReadOnlyList<Fraction> Factors, IReadOnlyList<DevelopedOrigin> Origins, Money Earlier,
    Money Undated)
{
    /// <summary>The most origins of a triangle.</summary>
    public const int Most = 120;

    /// <summary>All that was granted: of the origins, before them, and for incidents without a month.</summary>
    public Money Granted => Money.Sum(Origins.Select(origin => origin.Granted)) + Earlier + Undated;

    public Money Ultimate => Money.Sum(Origins.Select(origin => origin.Ultimate)) + Earlier + Undated;

    /// <summary>Case reserves of the origins' claims.</summary>
    public Money Reserved => Money.Sum(Origins.Select(origin => origin.Reserved));

    public Money Ibnr => Money.Sum(Origins.Select(origin => origin.Ibnr));

    /// <param name="developments">in any order; the same months may stand several times</param>
    /// <param name="reserves">case reserves of claims that are not decided, by month of the incident</param>
    /// <param name="day">on which it is asked</param>
    /// <param name="first">the first origin, at most <see cref="Most"/> periods before <see cref="Through"/></param>
    /// <param name="undated">granted for incidents whose month is unknown</param>
    public static ChainLadder Of(
        IReadOnlyCollection<Development> developments, IReadOnlyDictionary<YearMonth, Money> reserves, Grain grain, LocalDate day,
        CalendarPeriod first, Money undated = default)
    {
        var through = CalendarPeriod.LastBefore(grain, day);
        var known = developments
            .Select(one => (Origin: CalendarPeriod.Of(grain, one.Origin), At: CalendarPeriod.Of(grain, one.At), one.Amount)).ToArray();
        var open = reserves.GroupBy(one => CalendarPeriod.Of(grain, one.Key), one => one.Value)
            .ToDictionary(group => group.Key, Money.Sum);
        // the running period has origins of its own, of which nothing can be estimated yet
        var last = known.Select(one => one.Origin).Concat(open.Keys).Append(through).Max();
        var rows = new List<(CalendarPeriod Origin, List<Money> Cumulative, Money Granted)>();
        for (var origin = first; origin.CompareTo(last) <= 0; origin = origin.Plus(1))
        {
            var own = known.Where(one => one.Origin == origin).ToArray();
            var cumulative = new List<Money>();
            for (var at = origin; at.CompareTo(through) <= 0; at = at.Plus(1))
                // a grant that is dated before its incident's period stands in the first column
                cumulative.Add(Money.Sum(own.Where(one => one.At.CompareTo(at) <= 0).Select(one => one.Amount)));
            rows.Add((origin, cumulative, Money.Sum(own.Select(one => one.Amount))));
        }
        var columns = rows.Select(row => row.Cumulative.Count).DefaultIfEmpty(0).Max();
        var factors = new Fraction[Math.Max(0, columns - 1)];
        for (var column = 0; column < factors.Length; column++)
        {
            var both = rows.Where(row => row.Cumulative.Count > column + 1).ToArray();
            var (before, after) = (Sum(both, column), Sum(both, column + 1));
            factors[column] = before.IsZero ? Fraction.One : new Fraction(after, before);
        }
        return new ChainLadder(grain, through, factors,
            [.. rows.Select(row => DevelopedOrigin.Of(
                row.Origin, row.Cumulative, row.Granted, open.GetValueOrDefault(row.Origin), factors))],
            Money.Sum(known.Where(one => one.Origin.CompareTo(first) < 0).Select(one => one.Amount)), undated);
    }

    private static BigInteger Sum(
        IEnumerable<(CalendarPeriod Origin, List<Money> Cumulative, Money Granted)> rows, int column) =>
        rows.Aggregate(BigInteger.Zero, (sum, row) => sum + row.Cumulative[column].Fen);
}

/// <summary>The incidents of one period.</summary>
/// <param name="Cumulative">granted until the end of the period itself, of the one after it, and so on until the triangle's last diagonal;
/// empty for the running period</param>
/// <param name="Granted">all that is known, with what was granted in the running period</param>
/// <param name="Ultimate">what will have been granted in the end; never less than <paramref name="Granted"/></param>
/// <param name="Reserved">case reserves of claims that are reported and not decided</param>
/// <param name="Ibnr">of the ultimate what is neither granted nor reserved: incurred but not reported; never below 0.00</param>
public sealed record DevelopedOrigin(
    CalendarPeriod Origin, IReadOnlyList<Money> Cumulative, Money Granted, Money Ultimate, Money Reserved, Money Ibnr)
{
    internal static DevelopedOrigin Of(
        CalendarPeriod origin, IReadOnlyList<Money> cumulative, Money granted, Money reserved, IReadOnlyList<Fraction> factors)
    {
        var ultimate = granted;
        if (cumulative is [.., var known])
        {
            var factor = factors.Skip(cumulative.Count - 1).Aggregate(Fraction.One, (product, next) => product * next);
            ultimate = Money.Max(granted, factor.Times(known));
        }
        return new DevelopedOrigin(
            origin, cumulative, granted, ultimate, reserved, Money.Max(Money.Zero, ultimate - granted - reserved));
    }
}

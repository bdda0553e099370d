using ClaimsEngine.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs.Figures;

/// <summary>The chain ladder against examples that were worked by hand, and its laws.</summary>
public class ChainLadderSpecs
{
    private static readonly LocalDate EarlyIn2026 = new(2026, 2, 10);

    /// <summary>
    /// By hand, in yuan, cumulative: 2022: 1,000, 1,500, 1,650, 1,650; 2023: 1,100, 1,650, 1,815; 2024: 1,200, 1,800; 2025: 1,300.
    /// Factors (1,500 + 1,650 + 1,800) / (1,000 + 1,100 + 1,200) = 1.5, (1,650 + 1,815) / (1,500 + 1,650) = 1.1, 1,650 / 1,650 = 1.
    /// Ultimates 1,650; 1,815; 1,800 × 1.1 = 1,980; 1,300 × 1.5 × 1.1 = 2,145; still to come 0, 0, 180 and 845.
    /// </summary>
    private static readonly Development[] ByHand =
    [
        Granted(2022, 2022, 1_000), Granted(2022, 2023, 500), Granted(2022, 2024, 150),
        Granted(2023, 2023, 1_100), Granted(2023, 2024, 550), Granted(2023, 2025, 165),
        Granted(2024, 2024, 1_200), Granted(2024, 2025, 600),
        Granted(2025, 2025, 1_300),
    ];

    private static Development Granted(int origin, int at, long yuan) =>
        new(new YearMonth(origin, 6), new YearMonth(at, 12), Money.Yuan(yuan));

    private static ChainLadder Ladder(
        IReadOnlyCollection<Development> of, IReadOnlyDictionary<YearMonth, Money>? reserves = null, int first = 2022) =>
        ChainLadder.Of(of, reserves ?? new Dictionary<YearMonth, Money>(), Grain.Year, EarlyIn2026,
            CalendarPeriod.Of(Grain.Year, new YearMonth(first, 1)));

    [Fact]
    public void The_worked_example_gives_its_factors_ultimates_and_what_is_to_come()
    {
        var ladder = Ladder(ByHand);
        Assert.Equal("2025", ladder.Through.ToString());
        Assert.Equal(["1.500000", "1.100000", "1.000000"], ladder.Factors.Select(factor => factor.ToString()));
        Assert.Equal([1_650, 1_815, 1_980, 2_145], ladder.Origins.Select(origin => origin.Ultimate.Fen / 100));
        Assert.Equal([0, 0, 180, 845], ladder.Origins.Select(origin => origin.Ibnr.Fen / 100));
        Assert.Equal(Money.Yuan(1_025), ladder.Ibnr);
        Assert.Equal(Money.Yuan(6_565), ladder.Granted);
        Assert.Equal([1_100, 1_650, 1_815], ladder.Origins[1].Cumulative.Select(amount => amount.Fen / 100));
    }

    [Fact]
    public void A_factor_that_never_ends_is_kept_exact_and_the_amount_is_rounded_once()
    {
        // 3.00 became 7.00, so the factor is 7/3; 1.00 becomes 2.333…, rounded to 2.33; with 1.1 after it exactly 2.5666…, so 2.57
        var ladder = Ladder([Granted(2024, 2024, 3), Granted(2024, 2025, 4), Granted(2025, 2025, 1)], first: 2024);
        Assert.Equal(new Fraction(7, 3), ladder.Factors.Single());
        Assert.Equal("2.333333", ladder.Factors.Single().ToString());
        Assert.Equal(new Money(233), ladder.Origins[^1].Ultimate);
        Assert.Equal(new Money(257), (ladder.Factors.Single() * Fraction.Of("1.1")).Times(Money.Yuan(1)));
    }

    [Fact]
    public void What_is_reserved_for_reported_claims_is_not_expected_a_second_time()
    {
        var ladder = Ladder(ByHand, new Dictionary<YearMonth, Money>
        {
            [new YearMonth(2025, 3)] = Money.Yuan(500), [new YearMonth(2025, 9)] = Money.Yuan(45),
            [new YearMonth(2024, 1)] = Money.Yuan(999),
        });
        Assert.Equal([0, 0, 0, 300], ladder.Origins.Select(origin => origin.Ibnr.Fen / 100));
        Assert.Equal(Money.Yuan(1_544), ladder.Reserved);
    }

    [Fact]
    public void What_the_running_year_granted_is_known_but_changes_no_factor()
    {
        var ladder = Ladder([.. ByHand, Granted(2025, 2026, 45), Granted(2026, 2026, 70), Granted(2024, 2026, 200)]);
        Assert.Equal(["1.500000", "1.100000", "1.000000"], ladder.Factors.Select(factor => factor.ToString()));
        Assert.Equal([1_650, 1_815, 2_000, 2_145, 70], ladder.Origins.Select(origin => origin.Ultimate.Fen / 100));
        Assert.Equal([0, 0, 0, 800, 0], ladder.Origins.Select(origin => origin.Ibnr.Fen / 100));
        Assert.Empty(ladder.Origins[^1].Cumulative);
    }

    [Fact]
    public void Incidents_before_the_first_origin_are_told_apart_and_nothing_is_expected_of_them()
    {
        var ladder = Ladder(ByHand, first: 2023);
        Assert.Equal(Money.Yuan(1_650), ladder.Earlier);
        Assert.Equal(Money.Yuan(6_565), ladder.Granted);
        Assert.Equal(["1.500000", "1.100000"], ladder.Factors.Select(factor => factor.ToString()));
    }

    [Fact]
    public void A_column_of_nothing_has_the_factor_one()
    {
        var ladder = Ladder([Granted(2023, 2024, 100), Granted(2024, 2024, 10), Granted(2024, 2025, 10)], first: 2023);
        Assert.Equal(["12.000000", "1.000000"], ladder.Factors.Select(factor => factor.ToString()));
        Assert.Equal(Money.Zero, Ladder([]).Ibnr);
    }

    [Theory]
    [InlineData(Grain.Month, "2025-03", "2026-01")]
    [InlineData(Grain.Quarter, "2025-Q1", "2025-Q4")]
    [InlineData(Grain.Year, "2025", "2025")]
    public void A_period_is_named_by_its_grain_and_the_last_one_is_the_one_that_is_over(Grain grain, string march, string through)
    {
        Assert.Equal(march, CalendarPeriod.Of(grain, new YearMonth(2025, 3)).ToString());
        Assert.Equal(through, CalendarPeriod.LastBefore(grain, EarlyIn2026).ToString());
    }

    private static readonly Gen<Development[]> Developments =
        (from origin in Gen.Choose(2022, 2025) from later in Gen.Choose(0, 3) from fen in Gen.Choose(0, 50_000_000)
         where origin + later <= 2025
         select new Development(new YearMonth(origin, 1), new YearMonth(origin + later, 1), new Money(fen))).ArrayOf();

    [Fact]
    public void Where_every_origin_has_developed_in_full_nothing_is_to_come() => Property.Holds(Developments, of =>
    {
        // seen so much later that no column is new to anybody: all grants lie within four columns
        var ladder = ChainLadder.Of(of, new Dictionary<YearMonth, Money>(), Grain.Year, new LocalDate(2032, 1, 1),
            CalendarPeriod.Of(Grain.Year, new YearMonth(2022, 1)));
        Assert.Equal(Money.Zero, ladder.Ibnr);
        Assert.Equal(Money.Sum(of.Select(one => one.Amount)), ladder.Granted);
        Assert.Equal(ladder.Granted, ladder.Ultimate);
    });

    [Fact]
    public void Scaling_all_amounts_scales_the_factors_not_at_all_and_the_ultimates_to_the_fen() => Property.Holds(
        from of in Developments from times in Gen.Choose(2, 50) select (of, times), at =>
    {
        var (one, many) = (Ladder(at.of), Ladder([.. at.of.Select(cell => cell with { Amount = cell.Amount * at.times })]));
        Assert.Equal(one.Factors, many.Factors);
        Assert.All(one.Origins.Zip(many.Origins), pair =>
            // each is rounded by half a fen at most
            Assert.InRange(Math.Abs(pair.First.Ultimate.Fen * at.times - pair.Second.Ultimate.Fen) * 2, 0, at.times + 1));
    });

    [Fact]
    public void Nothing_granted_is_lost_and_no_ultimate_is_below_what_was_granted() => Property.Holds(Developments, of =>
    {
        var ladder = Ladder(of, first: 2024);
        Assert.Equal(Money.Sum(of.Select(one => one.Amount)), ladder.Granted);
        Assert.All(ladder.Origins, origin => Assert.True(origin.Ultimate >= origin.Granted));
        Assert.Equal(ladder.Ultimate - ladder.Granted, ladder.Ibnr);
    });
}

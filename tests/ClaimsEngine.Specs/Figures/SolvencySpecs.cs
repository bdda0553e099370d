using ClaimsEngine.Figures;

namespace ClaimsEngine.Specs.Figures;

/// <summary>Whether a fund's contributions suffice, against the two years of Gansu that were published.</summary>
public class SolvencySpecs
{
    private static readonly SolvencyRules Rules = SolvencyRules.For(Gansu, new LocalDate(2025, 6, 1));

    private static FundMoney Fund(string due, string granted, string reserves, string largest, string ibnr = "0.00") => new(
        Yuan(due), Yuan(due), Yuan(granted), Yuan(granted), Yuan(reserves), Yuan(ibnr), null, Yuan(largest));

    private static Money Yuan(string text) => Money.TryParse(text, out var money, out var error) ? money : throw new FormatException(error);

    [Fact]
    public void Gansu_2022_paid_more_than_its_gifts()
    {
        // 11.2844 million paid and 0.78 million under way of 12 million; one death 300,000 (plans.md, P9)
        var found = Solvency.Of(Fund("12000000.00", "11284400.00", "780000.00", "300000.00"), Rules);
        Assert.Equal("1.0054", found.Ratio!.Value.ToString(4));
        Assert.Equal("0.0250", found.LargestShare!.Value.ToString(4));
        Assert.Equal([("ratio", "exceeded"), ("withIbnr", "exceeded")], found.Alerts.Select(alert => (alert.Figure, alert.Level)));
    }

    [Fact]
    public void One_payout_of_Gansu_2025_is_a_tenth_of_its_contributions()
    {
        var found = Solvency.Of(Fund("1200000.00", "120000.00", "0.00", "120000.00"), Rules);
        Assert.Equal("0.1000", found.LargestShare!.Value.ToString(4));
        Assert.Equal([("largest", "concentrated")], found.Alerts.Select(alert => (alert.Figure, alert.Level)));
    }

    [Fact]
    public void What_is_incurred_but_not_reported_warns_before_it_is_granted()
    {
        var found = Solvency.Of(Fund("100.00", "70.00", "9.99", "1.00", ibnr: "20.01"), Rules);
        Assert.Equal([("withIbnr", "exceeded")], found.Alerts.Select(alert => (alert.Figure, alert.Level)));
        Assert.Equal([("ratio", "watch"), ("withIbnr", "exceeded")],
            Solvency.Of(Fund("100.00", "70.00", "10.00", "1.00", ibnr: "20.01"), Rules).Alerts
                .Select(alert => (alert.Figure, alert.Level)));
    }

    [Fact]
    public void A_fund_without_contributions_has_no_ratio_and_is_exceeded_as_soon_as_it_owes_anything()
    {
        Assert.Empty(Solvency.Of(Fund("0.00", "0.00", "0.00", "0.00"), Rules).Alerts);
        var found = Solvency.Of(Fund("0.00", "0.01", "0.00", "0.01"), Rules);
        Assert.Null(found.Ratio);
        Assert.Equal([("ratio", "exceeded")], found.Alerts.Select(alert => (alert.Figure, alert.Level)));
    }

    [Fact]
    public void Every_file_of_levels_says_what_is_assumed_and_names_plain_ascending_numbers() => Assert.All(SolvencyRules.All, rules =>
    {
        Assert.NotEmpty(rules.Assumed);
        foreach (var levels in new[] { rules.Ratio, rules.Largest })
            Assert.All(levels.Zip(levels.Skip(1)), pair =>
                Assert.False(Fraction.Of(pair.First.AtLeast).IsAtLeast(Fraction.Of(pair.Second.AtLeast))));
    });
}

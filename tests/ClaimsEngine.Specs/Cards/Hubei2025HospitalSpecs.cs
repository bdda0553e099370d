namespace ClaimsEngine.Specs;

/// <summary>CCEIA Hubei 2025, hospital (plans.md P6 and section 9, S33): 70 % of the own share.</summary>
public class Hubei2025HospitalSpecs
{
    private static Question Hospital => Cards.Ask("hubei-2025-hospital", IncidentKind.Hospitalisation, "2025-06-01");

    [Fact]
    public void The_published_1213_yuan_69_are_70_per_cent_of_1733_yuan_84() => Hospital.Costing("1733.84").Pays("1213.69");   // 1,213.688

    [Theory]
    [InlineData("1733.83", "1213.68")]   // 1,213.681
    [InlineData("1733.85", "1213.70")]   // 1,213.695, rounded half up
    public void No_other_own_share_gives_the_published_benefit(string ownShare, string payable) => Hospital.Costing(ownShare).Pays(payable);

    [Fact]
    public void Each_admission_is_rounded_at_its_own_step() =>
        Hospital.Costing("0.05").Costing("0.05").Pays("0.08");   // 2 × 0.035, each rounded up

    [Fact]
    public void No_price_is_published_and_the_quote_says_so()
    {
        var quote = Hospital.Costing("1000.00").Pays("700.00");
        Assert.Null(quote.Contribution);
        Assert.Contains(quote.NotChecked, rule => rule.Rule == "prices");
    }
}

namespace ClaimsEngine.Specs;

/// <summary>Hohhot 2025 (facts.md F23-F29): only outcomes are published, so the rules of both cards are assumed and every step says
/// so.</summary>
public class Hohhot2025Specs
{
    private static Question Hospital => Cards.Ask("hohhot-2025-hospital", IncidentKind.Hospitalisation, "2025-06-01");

    private static Question Xinkang => Cards.Ask("hohhot-2025-xinkang", IncidentKind.CriticalIllness, "2025-06-01");

    [Theory]
    [InlineData("1512.83", "1058.98")]       // 1,058.981, near the published mean of a payment
    [InlineData("558571.43", "391000.00")]   // 391,000.001: what the published member was paid in the year fits below the cap
    [InlineData("571428.56", "399999.99")]   // 399,999.992
    [InlineData("571428.57", "400000.00")]   // 399,999.999
    [InlineData("600000.00", "400000.00")]   // 420,000
    public void Seventy_per_cent_of_the_own_share_are_paid_to_400000_yuan(string ownShare, string payable) =>
        Hospital.Costing(ownShare).Pays(payable);

    [Fact]
    public void A_year_of_claims_fits_below_the_cap_together() =>
        Hospital.Costing("100000.00").Used("391000.00").Pays("9000.00");   // 70,000, of which 9,000 are left

    [Theory]
    [InlineData(Severity.Mild, "5000.00")]
    [InlineData(Severity.Severe, "20000.00")]
    public void Xinkang_pays_a_sum_by_severity(Severity severity, string payable) => Xinkang.Ill(null, severity).Pays(payable);

    [Fact]
    public void What_Xinkang_pays_in_situ_is_not_assumed() =>
        Xinkang.Ill(null, Severity.InSitu).IsNotPublished("benefits.criticalIllness.amounts.inSitu");

    [Fact]
    public void Every_step_that_rests_on_an_assumed_rule_says_so()
    {
        Assert.All(Hospital.Costing("600000.00").Pays("400000.00").Steps, step => Assert.True(step.Assumed, step.Rule));
        Assert.All(Xinkang.Ill(null, Severity.Mild).Pays("5000.00").Steps, step => Assert.True(step.Assumed, step.Rule));
        Assert.Contains(Hospital.Costing("100.00").Pays("70.00").Assumed,
            part => part.Path == "benefits" && part.Because.Contains("Hubei"));
    }

    [Fact]
    public void Prices_of_60_and_20_yuan_are_assumed()
    {
        Assert.Equal("60.00", Hospital.Costing("100.00").Pays("70.00").Contribution!.Amount.ToString());
        Assert.Equal("20.00", Xinkang.Ill(null, Severity.Mild).Pays("5000.00").Contribution!.Amount.ToString());
    }

    [Fact]
    public void A_year_of_cover_is_assumed() =>
        Assert.All((string[])["hohhot-2025-hospital", "hohhot-2025-xinkang"],
            code => Assert.Equal(new Cover(CoverStart.ProgrammePeriod, 12), Cards.Card(code).Cover));

    [Fact]
    public void A_claim_asks_for_the_papers_of_Inner_Mongolia() =>
        Assert.Equal(["insuranceSettlement", "receipts", "identityDocument", "accountProof"],
            Hospital.Costing("100.00").Pays("70.00").Documents);
}

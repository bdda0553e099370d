namespace ClaimsEngine.Specs;

/// <summary>Yunnan, 8th period (plans.md P6, S23): 800 yuan deductible, three tiers up to 150,000 yuan of own share, 80 yuan to renew and
/// 100 to enter.</summary>
public class Yunnan2011HospitalSpecs
{
    private static Question Hospital => Cards.Ask("yunnan-2011-hospital", IncidentKind.Hospitalisation, "2011-09-01");

    [Theory]
    [InlineData("799.99", "0.00")]
    [InlineData("800.00", "0.00")]
    [InlineData("800.01", "0.00")]          // 0.01 × 30 % = 0.003
    [InlineData("800.02", "0.01")]          // 0.02 × 30 % = 0.006
    [InlineData("1800.00", "300.00")]       // 1,000 × 30 %
    [InlineData("10000.00", "2760.00")]     // 9,200 × 30 %
    [InlineData("10000.01", "2760.01")]     // + 0.01 × 60 % = 0.006
    [InlineData("100000.00", "56760.00")]   // 2,760 + 90,000 × 60 %
    [InlineData("100000.01", "56760.01")]   // + 0.01 × 80 % = 0.008
    [InlineData("149999.99", "96759.99")]   // 56,760 + 49,999.99 × 80 % = 39,999.992
    [InlineData("150000.00", "96760.00")]   // 56,760 + 50,000 × 80 %
    public void Above_800_yuan_each_part_is_paid_at_the_ratio_of_its_tier(string ownShare, string payable) =>
        Hospital.Costing(ownShare).Pays(payable);

    [Theory]
    [InlineData("150000.01")]
    [InlineData("400000.00")]
    public void Own_share_above_150000_yuan_is_not_counted(string ownShare)
    {
        var quote = Hospital.Costing(ownShare).Pays("96760.00");
        Assert.Contains(quote.Steps, step => step.TextZh == "150000.00元以上部分不计。");
    }

    [Fact]
    public void Each_admission_has_its_own_deductible() =>
        Hospital.Costing("1800.00").Costing("1800.00").Pays("600.00");   // 2 × 1,000 × 30 %

    [Fact]
    public void Who_renews_pays_80_yuan_and_who_enters_100()
    {
        Assert.Equal("80.00", Hospital.Costing("800.00").Covered("2011-07-01", first: "2010-07-01")
            .Pays("0.00").Contribution!.Amount.ToString());
        Assert.Equal("100.00", Hospital.Costing("800.00").Covered("2011-07-01").Pays("0.00").Contribution!.Amount.ToString());
        Assert.Equal("100.00", Hospital.Costing("800.00").Covered("2011-07-01", first: "2011-07-01")
            .Pays("0.00").Contribution!.Amount.ToString());
    }
}

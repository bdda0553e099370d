namespace ClaimsEngine.Specs;

/// <summary>
/// Weihai 2010-13 (plans.md P6, S31): 10,000 yuan deductible accumulated over the year, then 80 % to 40,000 and 90 % above, 50,000 yuan a
/// year; 36 yuan, 50 from 2013.
/// </summary>
public class Weihai2013HospitalSpecs
{
    private static Question Hospital => Cards.Ask("weihai-2013-hospital", IncidentKind.Hospitalisation, "2013-06-01");

    [Theory]
    [InlineData("10000.00", "0.00")]
    [InlineData("10000.01", "0.01")]       // 0.01 × 80 % = 0.008
    [InlineData("40000.00", "24000.00")]   // 30,000 × 80 %
    [InlineData("40000.01", "24000.01")]   // + 0.01 × 90 % = 0.009
    [InlineData("60000.00", "42000.00")]   // 24,000 + 20,000 × 90 %
    [InlineData("68888.88", "49999.99")]   // 24,000 + 28,888.88 × 90 % = 25,999.992
    [InlineData("68888.89", "50000.00")]   // 24,000 + 26,000.001
    [InlineData("100000.00", "50000.00")]  // 24,000 + 54,000 = 78,000
    public void What_lies_above_10000_yuan_is_paid_in_two_tiers_to_50000(string ownShare, string payable) =>
        Hospital.Costing(ownShare).Pays(payable);

    [Fact]
    public void Admissions_of_one_claim_accumulate() =>
        Hospital.Costing("6000.00").Costing("6000.00").Pays("1600.00");   // 12,000 − 10,000 = 2,000 × 80 %

    [Fact]
    public void Part_of_the_deductible_used_by_an_earlier_claim_is_not_asked_again() =>
        Hospital.Costing("6000.00").Used(deductible: "6000.00").Pays("1600.00");

    [Fact]
    public void A_later_claim_goes_on_in_the_tier_where_the_year_stands() =>   // 1,000 × 80 % + 1,000 × 90 %
        Hospital.Costing("2000.00").Used("23200.00", deductible: "10000.00", ownShare: "39000.00").Pays("1700.00");

    [Fact]
    public void Where_the_year_stands_follows_from_what_was_paid() =>   // 23,200 / 80 % = 29,000 above 10,000
        Hospital.Costing("2000.00").Used("23200.00", deductible: "10000.00").Pays("1700.00");

    [Fact]
    public void The_year_pays_50000_yuan_at_most() =>   // 40,000 × 90 % = 36,000, of which 26,000 are left
        Hospital.Costing("40000.00").Used("24000.00", deductible: "10000.00", ownShare: "40000.00").Pays("26000.00");

    [Theory]
    [InlineData("60000.00", "42000.00")]
    [InlineData("100000.00", "50000.00")]
    public void The_first_version_pays_the_same(string ownShare, string payable) =>
        Hospital.Costing(ownShare).Covered("2012-07-01").Pays(payable);

    [Fact]
    public void Twelve_small_claims_are_paid_what_one_large_one_is()
    {
        var paid = Money.Zero;
        for (var month = 0; month < 12; month++)
        {
            var before = new Money(433_333 * month);   // 4,333.33 yuan each, 51,999.96 in the year
            var used = Money.Min(before, Money.Yuan(10_000));
            var (quote, _) = Hospital.Costing("4333.33")
                .Used(paid.ToString(), deductible: used.ToString(), ownShare: before.ToString()).Answer();
            paid += quote!.Payable;
        }
        Assert.Equal("34799.96", paid.ToString());   // 24,000 + 11,999.96 × 90 % = 10,799.964
        Hospital.Costing("51999.96").Pays("34799.96");
    }

    [Theory]
    [InlineData("2012-12-31", 1, "36.00")]
    [InlineData("2013-01-01", 2, "50.00")]
    public void The_fee_rose_for_cover_from_2013_on(string coverFrom, int version, string fee)
    {
        var quote = Hospital.Costing("10000.00").Covered(coverFrom).Pays("0.00");
        Assert.Equal((version, fee), (quote.PlanVersion, quote.Contribution!.Amount.ToString()));
    }
}

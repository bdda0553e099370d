namespace ClaimsEngine.Specs;

/// <summary>Medical mutual aid of which little is published (plans.md P6): what is, is computed; what is not, is refused by its
/// name.</summary>
public class OtherMedicalMutualAidSpecs
{
    private static Question Hospital(string code) => Cards.Ask(code, IncidentKind.Hospitalisation, $"{code.Split('-')[1]}-06-01");

    [Theory]
    [InlineData("5000.00", "2500.00")]    // 5,000 × 50 %
    [InlineData("5000.01", "2500.01")]    // + 0.01 × 60 % = 0.006
    [InlineData("10000.00", "5500.00")]   // 2,500 + 5,000 × 60 %
    public void Anji_pays_half_to_5000_yuan_and_60_per_cent_above(string ownShare, string payable) =>
        Hospital("anji-2015-hospital").Costing(ownShare).Pays(payable);

    [Fact]
    public void Changxing_pays_a_further_60_per_cent() =>
        Hospital("changxing-2017-hospital").Costing("1234.56").Pays("740.74");   // 740.736

    [Fact]
    public void Yichuns_ratios_are_not_published() =>
        Hospital("yichun-2022-hospital").Costing("1000.00").IsNotPublished("benefits.hospitalisation.tiers");

    [Fact]
    public void What_Yichun_publishes_stands_in_its_card()
    {
        var card = Cards.Card("yichun-2022-hospital");
        Assert.Equal(("500.00", "200000.00"),
            (card.BenefitFor(IncidentKind.Hospitalisation)!.Medical!.Deductible.ToString(), card.Caps!.PerPeriod.ToString()));
    }

    [Theory]
    [InlineData("anji-2015-hospital", "50.00")]
    [InlineData("haibei-2021-hospital", "100.00")]
    [InlineData("shaoxing-2025-hospital", "60.00")]
    [InlineData("yunnan-2026-hospital", "120.00")]
    [InlineData("wujin-2023-medical", "100.00")]
    public void The_fee_is_published(string code, string fee) => Assert.Equal(fee, Cards.Price(code).Amount.ToString());

    [Theory]
    [InlineData("haibei-2021-hospital")]
    [InlineData("shaoxing-2025-hospital")]
    [InlineData("yunnan-2026-hospital")]
    [InlineData("wujin-2023-medical")]
    public void What_a_hospital_stay_is_paid_is_not(string code) =>
        Hospital(code).Costing("1000.00").IsNotPublished("benefits.hospitalisation");
}

namespace ClaimsEngine.Specs;

/// <summary>Zhangjiajie 2014 (plans.md P6, S22): five marginal tiers on the own share of each admission, 50,000 yuan a period, 50 yuan for
/// the one unit.</summary>
public class Zhangjiajie2014HospitalSpecs
{
    private static Question Hospital => Cards.Ask("zhangjiajie-2014-hospital", IncidentKind.Hospitalisation, "2014-03-10");

    [Theory]
    [InlineData("0.00", "0.00")]
    [InlineData("4999.99", "2250.00")]     // 4,999.99 × 45 % = 2,249.9955
    [InlineData("5000.00", "2250.00")]     // 5,000 × 45 %
    [InlineData("5000.01", "2250.01")]     // + 0.01 × 50 % = 0.005, rounded up
    [InlineData("10000.00", "4750.00")]    // 2,250 + 5,000 × 50 %
    [InlineData("10000.01", "4750.01")]    // + 0.01 × 55 % = 0.0055
    [InlineData("12000.00", "5850.00")]    // 4,750 + 2,000 × 55 %
    [InlineData("20000.00", "10250.00")]   // 4,750 + 10,000 × 55 %
    [InlineData("20000.01", "10250.01")]   // + 0.01 × 60 % = 0.006
    [InlineData("30000.00", "16250.00")]   // 10,250 + 10,000 × 60 %
    [InlineData("30000.01", "16250.01")]   // + 0.01 × 70 % = 0.007
    [InlineData("50000.00", "30250.00")]   // 16,250 + 20,000 × 70 %
    public void Each_part_of_the_own_share_is_paid_at_the_ratio_of_its_tier(string ownShare, string payable) =>
        Hospital.Costing(ownShare).Pays(payable);

    [Theory]
    [InlineData("78214.27", "49999.99")]   // 16,250 + 48,214.27 × 70 % = 16,250 + 33,749.989
    [InlineData("78214.28", "50000.00")]   // 16,250 + 33,749.996
    [InlineData("100000.00", "50000.00")]  // 16,250 + 49,000 = 65,250
    public void A_period_pays_50000_yuan_at_most(string ownShare, string payable) => Hospital.Costing(ownShare).Pays(payable);

    [Theory]
    [InlineData("49000.00", "1000.00")]    // 2,250, of which 1,000 are left
    [InlineData("47750.00", "2250.00")]
    [InlineData("50000.00", "0.00")]
    [InlineData("51000.00", "0.00")]
    public void What_was_used_before_is_taken_off_the_period(string used, string payable) =>
        Hospital.Costing("5000.00").Used(used).Pays(payable);

    [Fact]
    public void The_tiers_begin_anew_with_each_admission() =>
        Hospital.Costing("6000.00").Costing("6000.00").Pays("5500.00");   // 2 × (2,250 + 500), not 4,750 + 1,100

    [Fact]
    public void An_officer_reads_out_a_step_for_each_tier()
    {
        var quote = Hospital.Costing("12000.00").Pays("5850.00");
        Assert.Equal(
        [
            "benefits.hospitalisation.base 12000.00", "benefits.hospitalisation.tiers.0 2250.00",
            "benefits.hospitalisation.tiers.1 2500.00",
            "benefits.hospitalisation.tiers.2 1100.00", "caps.perPeriod 5850.00", "payable 5850.00",
        ],
            quote.Steps.Select(step => $"{step.Rule} {step.Output}"));
        Assert.Equal("10000.00元至20000.00元部分按55%给付，计1100.00元。", quote.Steps[3].TextZh);
        Assert.Equal("2000.00 × 55 %", quote.Steps[3].Input);
        Assert.Equal("2250.00 + 2500.00 + 1100.00", quote.Steps[^1].Input);
    }

    [Fact]
    public void The_one_unit_costs_50_yuan_and_a_second_is_refused()
    {
        Assert.Equal("50.00", Hospital.Costing("100.00").Pays("45.00").Contribution!.Amount.ToString());
        Hospital.Costing("100.00").Units(2).IsRefused(Refuse.TooManyUnits, "enrolment.units");
    }

    [Fact]
    public void It_asks_for_no_age() => Hospital.Costing("100.00").Covered("2014-01-01").Born("1919-01-01").Pays("45.00");

    [Fact]
    public void Before_2014_there_is_no_version()
    {
        Hospital.Costing("100.00").Covered("2014-01-01").Pays("45.00");
        Hospital.Costing("100.00").Covered("2013-12-31").IsRefused(Refuse.PlanNotEffective, "enrolment.coverFrom");
    }

    [Fact]
    public void The_own_share_of_each_admission_is_asked_for() =>
        Hospital.Costing("100.00").Costing(null).IsRefused(Refuse.IncidentIncomplete, "incident.admissions.1.ownShare");
}

namespace ClaimsEngine.Specs;

/// <summary>Fuzhou 2010 and 2012 (plans.md P6, U2): a flat share of the insured cost total, 50,000 yuan a period, 36 yuan in enterprises
/// and 60 in institutions.</summary>
public class Fuzhou2012HospitalSpecs
{
    private static Question Hospital => Cards.Ask("fuzhou-2012-hospital", IncidentKind.Hospitalisation, "2012-06-01");

    [Theory]
    [InlineData("2011-12-31", 1, "1234.57")]   // 12,345.67 × 10 % = 1,234.567
    [InlineData("2012-01-01", 2, "1604.94")]   // 12,345.67 × 13 % = 1,604.9371
    public void Ten_per_cent_of_the_total_are_paid_and_thirteen_from_2012_on(string coverFrom, int version, string payable) =>
        Assert.Equal(version, Hospital.Costing(null, total: "12345.67").Covered(coverFrom).Pays(payable).PlanVersion);

    [Theory]
    [InlineData("2012-06-01", "384615.30", "49999.99")]   // × 13 % = 49,999.989
    [InlineData("2012-06-01", "384615.35", "50000.00")]   // 49,999.9955
    [InlineData("2012-06-01", "400000.00", "50000.00")]   // 52,000
    [InlineData("2011-06-01", "499999.94", "49999.99")]   // × 10 % = 49,999.994
    [InlineData("2011-06-01", "600000.00", "50000.00")]   // 60,000
    public void A_period_pays_50000_yuan_at_most(string coverFrom, string total, string payable) =>
        Hospital.Costing(null, total: total).Covered(coverFrom, "2012-12-31").Pays(payable);

    [Fact]
    public void Many_claims_share_the_period() =>
        Hospital.Costing(null, total: "10000.00").Used("49000.00").Pays("1000.00");   // 1,300, of which 1,000 are left

    [Fact]
    public void The_own_share_is_not_read_but_the_total_is_asked_for() =>
        Hospital.Costing("5000.00").IsRefused(Refuse.IncidentIncomplete, "incident.admissions.0.total");

    [Theory]
    [InlineData("2011-06-01", EmployerKind.Enterprise, "36.00")]
    [InlineData("2011-06-01", EmployerKind.Institution, "60.00")]
    [InlineData("2012-06-01", EmployerKind.Enterprise, "36.00")]
    [InlineData("2012-06-01", EmployerKind.Institution, "60.00")]
    public void The_fee_depends_on_the_kind_of_employer(string coverFrom, EmployerKind employer, string fee) =>
        Assert.Equal(fee, Hospital.Costing(null, total: "0.00").Covered(coverFrom, "2012-12-31").Employed(employer)
            .Pays("0.00").Contribution!.Amount.ToString());

    [Fact]
    public void Without_the_kind_of_employer_there_is_no_fee_and_the_quote_says_so()
    {
        var quote = Hospital.Costing(null, total: "100.00").Pays("13.00");
        Assert.Null(quote.Contribution);
        Assert.Contains(quote.NotChecked, rule => rule.Rule == "prices" && rule.Because.Contains("an employer whose kind is not told"));
    }
}

namespace ClaimsEngine.Specs;

/// <summary>Zhongshan 2019 (plans.md P7, S36): 60 yuan a day, read as from the first day, to 90 days; 80 yuan.</summary>
public class Zhongshan2019HospitalDaysSpecs
{
    private static Question Stay(string discharged) => Cards.Ask("zhongshan-2019-hospital-days", IncidentKind.HospitalDays, "2019-03-01").Staying("2019-03-01", discharged);

    [Theory]
    [InlineData("2019-03-01", "60.00")]     // 1 day
    [InlineData("2019-03-10", "600.00")]    // 10 days
    [InlineData("2019-05-28", "5340.00")]   // 89 days
    [InlineData("2019-05-29", "5400.00")]   // 90 days
    [InlineData("2019-05-30", "5400.00")]   // 91 days
    public void Every_day_is_paid_60_yuan_to_90_days(string discharged, string payable) => Stay(discharged).Pays(payable);

    [Theory]
    [InlineData(89, "60.00")]
    [InlineData(90, "0.00")]
    public void Days_used_before_are_taken_off_the_90(int used, string payable) => Stay("2019-03-10").Used(days: used).Pays(payable);

    [Fact]
    public void Being_moved_to_another_hospital_does_not_pay_a_day_twice() => Stay("2019-03-05").Staying("2019-03-05", "2019-03-10").Pays("600.00");   // 1 to 10 March

    [Fact]
    public void It_costs_80_yuan() => Assert.Equal("80.00", Stay("2019-03-01").Pays("60.00").Contribution!.Amount.ToString());
}

namespace ClaimsEngine.Specs;

/// <summary>Zhongshan 2019 (plans.md P7, S36): 60 yuan a day, read as from the first day, to 90 days; 80 yuan.</summary>
public class Zhongshan2019HospitalDaysSpecs
{
    private static Question Stay(string discharged) =>
        Cards.Ask("zhongshan-2019-hospital-days", IncidentKind.HospitalDays, "2019-03-01").Staying("2019-03-01", discharged);

    [Theory]
    [InlineData("2019-03-01", "60.00")]     // 1 day
    [InlineData("2019-03-02", "60.00")]     // 1 day: the days of admission and of discharge are one
    [InlineData("2019-03-11", "600.00")]    // 10 days
    [InlineData("2019-05-29", "5340.00")]   // 89 days
    [InlineData("2019-05-30", "5400.00")]   // 90 days
    [InlineData("2019-05-31", "5400.00")]   // 91 days
    public void Every_day_is_paid_60_yuan_to_90_days(string discharged, string payable) => Stay(discharged).Pays(payable);

    [Theory]
    [InlineData(89, "60.00")]
    [InlineData(90, "0.00")]
    public void Days_used_before_are_taken_off_the_90(int used, string payable) => Stay("2019-03-11").Used(days: used).Pays(payable);

    [Fact]
    public void A_stay_of_1_to_5_January_is_4_days() =>
        Cards.Ask("zhongshan-2019-hospital-days", IncidentKind.HospitalDays, "2019-01-01").Staying("2019-01-01", "2019-01-05")
            .Pays("240.00");

    [Fact]
    public void Being_moved_to_another_hospital_does_not_pay_a_day_twice()
    {
        Stay("2019-03-05").Staying("2019-03-05", "2019-03-11").Pays("600.00");   // 1 to 11 March
        // moved on the very day of admission: 1 to 5 March, as if nobody had been moved
        Stay("2019-03-01").Staying("2019-03-01", "2019-03-05").Pays("240.00");
        Stay("2019-03-05").Staying("2019-03-05", "2019-03-05").Pays("240.00");
    }

    [Fact]
    public void It_costs_80_yuan() => Assert.Equal("80.00", Stay("2019-03-01").Pays("60.00").Contribution!.Amount.ToString());
}

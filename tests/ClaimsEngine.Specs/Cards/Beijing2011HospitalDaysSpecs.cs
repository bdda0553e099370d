namespace ClaimsEngine.Specs;

/// <summary>Beijing 2011 (plans.md P7 and section 9, S35): 40 yuan a day from day 4 of a stay, 180 paid days in the period; 60 yuan.</summary>
public class Beijing2011HospitalDaysSpecs
{
    private static Question Stay(string discharged) => Cards.Ask("beijing-2011-hospital-days", IncidentKind.HospitalDays, "2011-03-01").Staying("2011-03-01", discharged);

    [Theory]
    [InlineData("2011-03-01", "0.00")]      // 1 day
    [InlineData("2011-03-03", "0.00")]      // 3 days
    [InlineData("2011-03-04", "40.00")]     // 4 days: day 4
    [InlineData("2011-03-05", "80.00")]     // days 4 and 5
    [InlineData("2011-03-10", "280.00")]    // 10 days: 7 paid
    public void The_fourth_day_of_a_stay_is_the_first_that_is_paid(string discharged, string payable) => Stay(discharged).Pays(payable);

    [Theory]
    [InlineData("2011-08-29", "7160.00")]   // 182 days: 179 paid
    [InlineData("2011-08-30", "7200.00")]   // 183 days: 180 paid
    [InlineData("2011-08-31", "7200.00")]   // 184 days: still 180
    public void The_published_7200_yuan_are_180_paid_days(string discharged, string payable) => Stay(discharged).Pays(payable);

    [Theory]
    [InlineData(173, "280.00")]             // 7 of the 7 days left
    [InlineData(179, "40.00")]
    [InlineData(180, "0.00")]
    public void Days_used_before_are_taken_off_the_180(int used, string payable) => Stay("2011-03-10").Used(days: used).Pays(payable);

    [Fact]
    public void Every_stay_has_its_own_three_days_without_pay() => Stay("2011-03-05").Staying("2011-04-01", "2011-04-05").Pays("160.00");   // 2 × (5 − 3) × 40

    [Fact]
    public void It_costs_60_yuan() => Assert.Equal("60.00", Stay("2011-03-04").Pays("40.00").Contribution!.Amount.ToString());

    [Fact]
    public void The_days_are_read_out() =>
        Assert.Equal("2011-03-01至2011-03-10计10天，自第4天起给付，计7天。", Stay("2011-03-10").Pays("280.00").Steps[0].TextZh);

    [Fact]
    public void A_stay_without_its_days_has_no_answer() =>
        Cards.Ask("beijing-2011-hospital-days", IncidentKind.HospitalDays, "2011-03-01").IsRefused(Refuse.IncidentIncomplete, "incident.admissions");
}

namespace ClaimsEngine.Specs;

/// <summary>Beijing 2011 (plans.md P7 and section 9, S35): 40 yuan a day from day 4 of a stay, 180 paid days in the period; 60 yuan. How
/// days are counted is not published: the days of admission and of discharge count as one, as on the national form.</summary>
public class Beijing2011HospitalDaysSpecs
{
    private static Question Stay(string discharged) =>
        Cards.Ask("beijing-2011-hospital-days", IncidentKind.HospitalDays, "2011-03-01").Staying("2011-03-01", discharged);

    [Theory]
    [InlineData("2011-03-01", "0.00")]      // 1 day
    [InlineData("2011-03-04", "0.00")]      // 3 days
    [InlineData("2011-03-05", "40.00")]     // 4 days: day 4
    [InlineData("2011-03-06", "80.00")]     // days 4 and 5
    [InlineData("2011-03-11", "280.00")]    // 10 days: 7 paid
    public void The_fourth_day_of_a_stay_is_the_first_that_is_paid(string discharged, string payable) => Stay(discharged).Pays(payable);

    [Theory]
    [InlineData("2011-08-30", "7160.00")]   // 182 days: 179 paid
    [InlineData("2011-08-31", "7200.00")]   // 183 days: 180 paid
    [InlineData("2011-09-01", "7200.00")]   // 184 days: still 180
    public void The_published_7200_yuan_are_180_paid_days(string discharged, string payable) => Stay(discharged).Pays(payable);

    [Theory]
    [InlineData(173, "280.00")]             // 7 of the 7 days left
    [InlineData(179, "40.00")]
    [InlineData(180, "0.00")]
    public void Days_used_before_are_taken_off_the_180(int used, string payable) => Stay("2011-03-11").Used(days: used).Pays(payable);

    [Fact]
    public void Every_stay_has_its_own_three_days_without_pay() =>
        Stay("2011-03-06").Staying("2011-04-01", "2011-04-06").Pays("160.00");   // 2 × (5 − 3) × 40

    [Fact]
    public void It_costs_60_yuan() => Assert.Equal("60.00", Stay("2011-03-05").Pays("40.00").Contribution!.Amount.ToString());

    [Fact]
    public void The_days_are_read_out_with_the_rule_that_they_are_counted_by()
    {
        var step = Stay("2011-03-11").Pays("280.00").Steps[0];
        Assert.Equal("2011-03-01至2011-03-11计10天（入院日与出院日只计一天），自第4天起给付，计7天。", step.TextZh);
        Assert.StartsWith("国家住院病案首页填写说明", step.Clause);
    }

    [Fact]
    public void A_quote_lists_the_readings_that_it_rests_on_with_their_sources()
    {
        var readings = Stay("2011-03-11").Pays("280.00").Readings;
        Assert.Equal(["benefits.hospitalDays.firstPaidDay", "benefits.hospitalDays.maxDays", "benefits.hospitalDays.days"],
            readings.Select(reading => reading.Path));
        Assert.All(readings, reading => Assert.NotEmpty(reading.Sources));
        Assert.Contains("count as one day", readings[^1].Because);
        Assert.Equal(["国家住院病案首页填写说明: 入院日与出院日只计算一天"], readings[^1].Sources);
    }

    [Fact]
    public void What_was_decided_while_both_days_were_counted_is_still_computed_so()
    {
        var facts = CaseFacts.Of(Stay("2011-03-10").Incident, 1, Money.Zero);
        var card = Cards.Card("beijing-2011-hospital-days");
        Assert.Equal("280.00", Adjudication.Assess(PlanRules1.Interpreter, card, facts).Assessment!.Amount.ToString());
        Assert.Equal("240.00", Adjudication.Assess(PlanRules2.Interpreter, card, facts).Assessment!.Amount.ToString());
    }

    [Fact]
    public void A_stay_without_its_days_has_no_answer() =>
        Cards.Ask("beijing-2011-hospital-days", IncidentKind.HospitalDays, "2011-03-01")
            .IsRefused(Refuse.IncidentIncomplete, "incident.admissions");
}

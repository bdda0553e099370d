namespace ClaimsEngine.Specs;

/// <summary>From 1 to 11 June lie ten nights and eleven days.</summary>
public class AllowanceRulesSpecs
{
    [Theory]
    [InlineData(DayCounting.Exclusive, 1, "400.00")]
    [InlineData(DayCounting.Inclusive, 1, "440.00")]
    [InlineData(DayCounting.Exclusive, 4, "280.00")]
    [InlineData(DayCounting.Inclusive, 4, "320.00")]
    [InlineData(DayCounting.Exclusive, 10, "40.00")]
    [InlineData(DayCounting.Exclusive, 11, "0.00")]
    [InlineData(DayCounting.Inclusive, 11, "40.00")]
    [InlineData(DayCounting.Inclusive, 12, "0.00")]
    public void Forty_yuan_a_day_from_the_first_paid_day_on(DayCounting counting, int firstPaidDay, string payable) =>
        Assert.Equal(payable, Card(counting, firstPaidDay).Pays(SampleFacts.Days("2025-06-01…2025-06-11")));

    [Fact]
    public void Days_and_the_product_are_told()
    {
        var assessment = Card(DayCounting.Exclusive, 4).Assess(SampleFacts.Days("2025-06-01…2025-06-11") with { Units = 2 });
        Assert.Equal(
        [
            new Step("benefits.hospitalDays.days", SampleCards.Clause, "2025-06-01 … 2025-06-11", "7",
                "From 2025-06-01 to 2025-06-11 10 day(s) count, paid from day 4: 7 day(s).",
                "2025-06-01至2025-06-11计10天，自第4天起给付，计7天。"),
            new Step("benefits.hospitalDays.perDay", SampleCards.Clause, "7 × 40.00 × 2", "560.00",
                "7 day(s) at 40.00 yuan a day with 2 unit(s): 560.00 yuan.", "7天，每天40.00元，共2份，计560.00元。", Adds: Cny("560.00")),
        ], assessment.Steps.SkipLast(1));
        Assert.Equal(new Consumption(Days: 7, Admissions: 1), assessment.Consumed);
    }

    [Fact]
    public void A_treatment_that_ends_on_its_day_is_no_night_and_one_day()
    {
        Assert.Equal("0.00", Card(DayCounting.Exclusive).Pays(SampleFacts.Days("2025-06-01…2025-06-01")));
        Assert.Equal("40.00", Card(DayCounting.Inclusive).Pays(SampleFacts.Days("2025-06-01…2025-06-01")));
    }

    [Fact]
    public void A_card_that_does_not_say_how_days_are_counted_follows_the_national_form()
    {
        var silent = SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40)));
        Assert.Equal("160.00", silent.Pays(SampleFacts.Days("2025-01-01…2025-01-05")));
        Assert.Equal("40.00", silent.Pays(SampleFacts.Days("2025-06-01…2025-06-01")));
        Assert.Equal("40.00", silent.Pays(SampleFacts.Days("2025-06-01…2025-06-02")));
        Assert.Equal("400.00", silent.Pays(SampleFacts.Days("2025-06-01…2025-06-05", "2025-06-05…2025-06-11")));
        var step = silent.Assess(SampleFacts.Days("2025-01-01…2025-01-05")).Step("benefits.hospitalDays.days");
        Assert.Equal(("4", "国家住院病案首页填写说明: 入院日与出院日只计算一天",
            "From 2025-01-01 to 2025-01-05 4 day(s) count, the days of admission and of discharge as one, paid from day 1: 4 day(s)."),
            (step.Output, step.Clause, step.Text));
    }

    [Fact]
    public void A_card_whose_counting_is_a_reading_of_its_own_is_silent_as_well_and_one_whose_text_says_it_is_not()
    {
        var said = Card(DayCounting.Inclusive);
        var read = said with { Readings = [new Assumption("benefits.hospitalDays.days", "made up")] };
        Assert.Equal("200.00", said.Pays(SampleFacts.Days("2025-01-01…2025-01-05")));
        Assert.Equal("160.00", read.Pays(SampleFacts.Days("2025-01-01…2025-01-05")));
    }

    [Fact]
    public void Each_stay_has_its_own_first_paid_day() =>
        // 7, none and 1
        Assert.Equal("320.00", Card(DayCounting.Exclusive, 4)
            .Pays(SampleFacts.Days("2025-06-01…2025-06-11", "2025-07-01…2025-07-03", "2025-08-01…2025-08-05")));

    [Fact]
    public void Who_is_moved_on_a_day_has_that_day_once()
    {
        // 5 and 6: the 11 days of one stay
        Assert.Equal("440.00", Card(DayCounting.Inclusive).Pays(SampleFacts.Days("2025-06-01…2025-06-05", "2025-06-05…2025-06-11")));
        Assert.Equal("400.00", Card(DayCounting.Exclusive).Pays(SampleFacts.Days("2025-06-01…2025-06-05", "2025-06-05…2025-06-11")));
        // given in any order
        Assert.Equal("440.00", Card(DayCounting.Inclusive).Pays(SampleFacts.Days("2025-06-05…2025-06-11", "2025-06-01…2025-06-05")));
        // the next day is a stay of its own
        Assert.Equal("480.00", Card(DayCounting.Inclusive).Pays(SampleFacts.Days("2025-06-01…2025-06-05", "2025-06-06…2025-06-12")));
    }

    // Beijing 2011: 40 a day from day 4, at most 180 days, 7,200 published

    [Theory]
    [InlineData("2025-06-30", "7080.00")]   // 180 nights, 177 paid
    [InlineData("2025-07-03", "7200.00")]   // 183 nights
    [InlineData("2025-10-01", "7200.00")]
    public void A_limit_on_days_paid_lets_all_180_be_paid(string discharged, string payable) =>
        Assert.Equal(payable, Capped(DaysCounted.Paid).Pays(SampleFacts.Days($"2025-01-01…{discharged}")));

    [Theory]
    [InlineData("2025-06-30", "7080.00")]
    [InlineData("2025-07-03", "7080.00")]
    [InlineData("2025-10-01", "7080.00")]
    public void A_limit_on_days_stayed_has_the_unpaid_ones_in_it(string discharged, string payable) =>
        Assert.Equal(payable, Capped(DaysCounted.Stayed).Pays(SampleFacts.Days($"2025-01-01…{discharged}")));

    [Fact]
    public void Days_used_before_leave_less_and_never_less_than_none()
    {
        var tenNights = SampleFacts.Days("2025-06-01…2025-06-11");
        Assert.Equal("200.00", Capped(DaysCounted.Paid).Pays(tenNights.With(new Counters(Days: 175))));      // 7 days, 5 left
        Assert.Equal("0.00", Capped(DaysCounted.Paid).Pays(tenNights.With(new Counters(Days: 180))));
        Assert.Equal("0.00", Capped(DaysCounted.Paid).Pays(tenNights.With(new Counters(Days: 200))));
        // 5 days stayed, 2 of them paid
        Assert.Equal("80.00", Capped(DaysCounted.Stayed).Pays(tenNights.With(new Counters(Days: 175))));
        Assert.Equal("0.00", Capped(DaysCounted.Stayed).Pays(tenNights.With(new Counters(Days: 200))));
        Assert.Equal("At most 180 days are paid in the cover period, of which 175 are used: 5 day(s).",
            Capped(DaysCounted.Paid).Assess(tenNights.With(new Counters(Days: 175))).Step("benefits.hospitalDays.maxDays").Text);
    }

    [Fact]
    public void What_is_used_up_is_counted_as_the_limit_counts()
    {
        Assert.Equal(new Consumption(Days: 7, Admissions: 1),
            Capped(DaysCounted.Paid).Assess(SampleFacts.Days("2025-06-01…2025-06-11")).Consumed);
        Assert.Equal(new Consumption(Days: 10, Admissions: 1),
            Capped(DaysCounted.Stayed).Assess(SampleFacts.Days("2025-06-01…2025-06-11")).Consumed);
        Assert.Equal(new Consumption(Days: 5, Admissions: 1),
            Capped(DaysCounted.Paid).Assess(SampleFacts.Days("2025-06-01…2025-06-11").With(new Counters(Days: 175))).Consumed);
    }

    [Fact]
    public void Several_stays_share_the_limit()
    {
        var card = SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 1, 15));
        Assert.Equal("600.00", card.Pays(SampleFacts.Days("2025-06-01…2025-06-11", "2025-07-01…2025-07-11")));
        var stayed = SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 4, 15, DaysCounted.Stayed));
        Assert.Equal("360.00", stayed.Pays(SampleFacts.Days("2025-06-01…2025-06-11", "2025-07-01…2025-07-11")));   // 7 of 10 and 2 of 5
    }

    [Fact]
    public void An_admission_to_a_lesser_hospital_is_not_counted()
    {
        var card = SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive), minHospitalGrade: 2);
        var facts = SampleFacts.Days("2025-06-01…2025-06-11", "2025-07-01…2025-07-11");
        var assessment = card.Assess(facts
            with { Admissions = [facts.Admissions![0] with { HospitalGrade = 1 }, facts.Admissions[1] with { HospitalGrade = 3 }] });
        Assert.Equal(("400.00", new Consumption(Days: 10, Admissions: 1)), (assessment.Amount.ToString(), assessment.Consumed));
        card.HasNoAnswer(facts, Refuse.IncidentIncomplete, "incident.admissions.0.hospitalGrade");
    }

    [Fact]
    public void Without_admissions_there_is_nothing_to_count() =>
        Card(DayCounting.Exclusive).HasNoAnswer(SampleFacts.Days(), Refuse.IncidentIncomplete, "incident.admissions");

    private static PlanCard Card(DayCounting counting, int firstPaidDay = 1) =>
        SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40), counting, firstPaidDay));

    private static PlanCard Capped(DaysCounted counted) =>
        SampleCards.HospitalDays(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 4, 180, counted));
}

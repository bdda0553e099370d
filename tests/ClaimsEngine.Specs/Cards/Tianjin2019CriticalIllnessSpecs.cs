namespace ClaimsEngine.Specs;

/// <summary>
/// Tianjin 2019 (plans.md P3, S10): 30 days' waiting and a reduced period to day 90, both inclusive, to the pathology report or the
/// admission; the sums are not published.
/// </summary>
public class Tianjin2019CriticalIllnessSpecs
{
    private const string Reduced = "waiting.0.reducedPercent", Amounts = "benefits.criticalIllness.amounts";

    // cover begins on 1 March 2019: day 30 is 30 March, day 31 is 31 March, day 90 is 29 May, day 91 is 30 May
    private static Question Illness(string date = "2019-06-20") =>
        Cards.Ask("tianjin-2019-critical-illness", IncidentKind.CriticalIllness, date).Covered("2019-03-01");

    private static Question InWaiting => Illness("2019-03-10").Ill("other").Staying("2019-03-10", "2019-03-20");

    [Theory]
    [InlineData("2019-03-01", 1)]
    [InlineData("2019-03-30", 30)]
    public void A_cancer_whose_report_is_of_the_first_30_days_is_not_paid(string report, int day)
    {
        var quote = Illness().Ill("cancer", diagnosed: report).Pays("0.00");
        Assert.Contains($"保障第{day}天，在30天免责期内", quote.Steps[0].TextZh);
    }

    [Theory]
    [InlineData("2019-03-31")]   // day 31
    [InlineData("2019-05-29")]   // day 90
    public void From_day_31_to_day_90_it_is_reduced_by_how_much_is_not_published(string report) =>
        Illness().Ill("cancer", diagnosed: report).IsNotPublished(Reduced, Amounts);

    [Fact]
    public void From_day_91_on_the_whole_sum_is_due_which_is_not_published() =>
        Illness().Ill("cancer", diagnosed: "2019-05-30").IsNotPublished(Amounts);

    [Fact]
    public void Another_illness_counts_from_the_admission_not_from_the_diagnosis()
    {
        var admitted = Illness("2019-03-25").Ill("other", diagnosed: "2019-06-10");
        admitted.Staying("2019-03-30", "2019-06-15").Pays("0.00");
        admitted.Staying("2019-03-31", "2019-06-15").IsNotPublished(Reduced, Amounts);
        admitted.Staying("2019-05-30", "2019-06-15").IsNotPublished(Amounts);
    }

    [Fact]
    public void Another_illness_without_an_admission_has_no_answer_and_the_admission_is_asked_for() =>
        Illness("2019-03-25").Ill("other", diagnosed: "2019-03-25").IsRefused(Refuse.IncidentIncomplete, "incident.admissions");

    [Fact]
    public void A_cancer_counts_from_the_report_not_from_the_admission()
    {
        Illness("2019-03-20").Ill("cancer", diagnosed: "2019-03-31").Staying("2019-03-20", "2019-04-10").IsNotPublished(Reduced, Amounts);
        Illness("2019-03-20").Ill("cancer").Staying("2019-03-20", "2019-04-10")
            .IsRefused(Refuse.IncidentIncomplete, "incident.diagnosedOn");
    }

    [Fact]
    public void Who_renews_without_a_gap_does_not_wait_again_but_who_is_newly_added_does()
    {
        Illness().Covered("2019-03-01", first: "2018-03-01").Ill("cancer", diagnosed: "2019-03-05").IsNotPublished(Amounts);
        Illness().Covered("2019-03-01", first: "2019-03-01").Ill("cancer", diagnosed: "2019-03-05").Pays("0.00");
        Assert.Equal(30, Cards.Card("tianjin-2019-critical-illness").Cover!.Renewal!.GraceDays);
    }

    [Fact]
    public void Without_the_first_day_of_cover_nobody_can_say() =>
        Cards.Ask("tianjin-2019-critical-illness", IncidentKind.CriticalIllness, "2019-06-20").Ill("other")
            .IsRefused(Refuse.IncidentIncomplete, "enrolment.coverFrom");

    [Theory]
    [InlineData("1959-03-02", Sex.Male, false)]     // 59
    [InlineData("1964-03-02", Sex.Female, false)]   // 54
    [InlineData("1959-03-02", Sex.Female, true)]    // 59, section head
    public void Men_under_60_women_under_55_and_women_of_senior_rank_under_60_may_enter(string born, Sex sex, bool senior) =>
        InWaiting.Born(born, sex, senior).Pays("0.00");

    [Theory]
    [InlineData("1959-03-01", Sex.Male, false)]     // 60
    [InlineData("1959-03-01", Sex.Male, true)]
    [InlineData("1964-03-01", Sex.Female, false)]   // 55
    [InlineData("1959-03-01", Sex.Female, true)]    // 60
    public void Who_is_older_may_not(string born, Sex sex, bool senior) =>
        InWaiting.Born(born, sex, senior).IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");

    [Theory]
    [InlineData("2020-02-29", false, 1, "55.00")]
    [InlineData("2020-02-29", true, 1, "45.00")]
    [InlineData("2020-02-29", true, 3, "135.00")]
    [InlineData("2021-02-28", false, 1, "110.00")]   // two years
    [InlineData("2021-02-28", true, 1, "90.00")]
    [InlineData("2022-02-28", false, 2, "330.00")]   // three years
    [InlineData("2022-02-28", true, 1, "135.00")]
    public void A_unit_costs_55_yuan_a_year_and_with_a_union_card_45(string coverTo, bool card, int units, string fee)
    {
        var asked = InWaiting.Covered("2019-03-01", coverTo).Units(units);
        Assert.Equal(fee, (card ? asked.WithUnionCard() : asked).Pays("0.00").Contribution!.Amount.ToString());
    }

    [Fact]
    public void The_employer_chooses_one_to_three_years()
    {
        var cover = Cards.Card("tianjin-2019-critical-illness").Cover!;
        Assert.Equal(12, cover.Months);
        Assert.Equal([24, 36], cover.OtherMonths!);
    }

    [Fact]
    public void Three_units_are_the_most_and_the_same_for_all_of_an_employer()
    {
        InWaiting.Units(3).Pays("0.00");
        InWaiting.Units(4).IsRefused(Refuse.TooManyUnits, "enrolment.units");
        Assert.True(Cards.Card("tianjin-2019-critical-illness").Eligibility.SameUnitsPerEmployer);
    }

    [Fact]
    public void Sixteen_illnesses_are_listed_without_their_names_so_another_code_is_not_refused() =>
        Illness().Ill("stroke").Staying("2019-06-20", "2019-06-30").IsNotPublished(Amounts);

    [Fact]
    public void What_a_hospital_stay_is_paid_is_not_published() =>
        Cards.Ask("tianjin-2019-critical-illness", IncidentKind.Hospitalisation, "2019-06-20").Costing("1000.00")
            .IsNotPublished("benefits.hospitalisation");
}

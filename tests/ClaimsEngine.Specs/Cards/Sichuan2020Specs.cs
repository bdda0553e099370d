namespace ClaimsEngine.Specs;

/// <summary>Sichuan's five plans of 2020 (plans.md P4, S12): who takes part, ages, terms, fees and who pays them are published; the
/// benefits are not.</summary>
public class Sichuan2020Specs
{
    private static Question Ask(string code)
    {
        var kind = Cards.Card(code).Benefits[0].Kind;
        var asked = Cards.Ask(code, kind, "2020-09-01").Covered("2020-03-01");
        return kind == IncidentKind.Hospitalisation ? asked.Costing("1000.00") : asked;
    }

    [Theory]
    [InlineData("sichuan-2020-hospital", "110.00", "union 33.00, member 77.00")]
    [InlineData("sichuan-2020-accident", "20.00", "union 6.00, member 14.00")]
    [InlineData("sichuan-2020-critical-illness", "60.00", "union 18.00, member 42.00")]
    [InlineData("sichuan-2020-womens-critical", "100.00", "union 30.00, member 70.00")]
    [InlineData("sichuan-2020-womens-critical-b", "40.00", "union 12.00, member 28.00")]
    public void The_union_pays_30_per_cent_of_the_fee_and_the_member_70(string code, string fee, string shares)
    {
        var contribution = Cards.Price(code);
        Assert.Equal((fee, shares), (contribution.Amount.ToString(), Cards.Shared(contribution)));
    }

    [Fact]
    public void Two_units_cost_twice_for_each_payer() =>
        Assert.Equal("union 36.00, member 84.00", Cards.Shared(Cards.Price("sichuan-2020-critical-illness", units: 2)));

    [Theory]
    [InlineData("sichuan-2020-hospital", 1)]
    [InlineData("sichuan-2020-accident", 1)]
    [InlineData("sichuan-2020-critical-illness", 2)]
    [InlineData("sichuan-2020-womens-critical", 2)]
    [InlineData("sichuan-2020-womens-critical-b", 2)]
    public void More_units_than_the_plan_allows_are_refused(string code, int most)
    {
        Assert.Equal(Refuse.NotPublished, Ask(code).Units(most).Answer().Refusal!.Rule);
        Ask(code).Units(most + 1).IsRefused(Refuse.TooManyUnits, "enrolment.units");
    }

    [Theory]
    [InlineData("sichuan-2020-hospital", "1959-03-02", "1959-03-01")]            // 60 and 61 on the first day
    [InlineData("sichuan-2020-accident", "1959-03-02", "1959-03-01")]
    [InlineData("sichuan-2020-critical-illness", "1959-03-02", "1959-03-01")]
    [InlineData("sichuan-2020-womens-critical", "1949-03-02", "1949-03-01")]     // 70 and 71
    [InlineData("sichuan-2020-womens-critical-b", "1949-03-02", "1949-03-01")]
    public void From_18_to_60_and_in_the_womens_plans_to_70_one_may_enter(string code, string oldest, string tooOld)
    {
        Assert.Equal(Refuse.NotPublished, Ask(code).Born("2002-03-01", Sex.Female).Answer().Refusal!.Rule);   // 18
        Assert.Equal(Refuse.NotPublished, Ask(code).Born(oldest, Sex.Female).Answer().Refusal!.Rule);
        Ask(code).Born("2002-03-02", Sex.Female).IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");   // 17
        Ask(code).Born(tooOld, Sex.Female).IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");
    }

    [Theory]
    [InlineData("sichuan-2020-womens-critical")]
    [InlineData("sichuan-2020-womens-critical-b")]
    public void Men_do_not_enter_the_womens_plans(string code) =>
        Ask(code).Born("1985-01-01", Sex.Male).IsRefused(Refuse.SexNotCovered, "enrolment.sex");

    [Theory]
    [InlineData("sichuan-2020-hospital", 80)]
    [InlineData("sichuan-2020-accident", 80)]
    [InlineData("sichuan-2020-critical-illness", 70)]
    [InlineData("sichuan-2020-womens-critical", null)]
    [InlineData("sichuan-2020-womens-critical-b", null)]
    public void So_much_of_an_employer_takes_part(string code, int? percent) =>
        Assert.Equal(percent, Cards.Card(code).Eligibility.Participation?.Percent);

    [Theory]
    [InlineData("sichuan-2020-hospital", 12)]
    [InlineData("sichuan-2020-accident", 12)]
    [InlineData("sichuan-2020-critical-illness", 12)]
    [InlineData("sichuan-2020-womens-critical", 120)]
    [InlineData("sichuan-2020-womens-critical-b", 24)]
    public void Cover_lasts_so_long(string code, int months) => Assert.Equal(months, Cards.Card(code).Cover!.Months);

    [Theory]
    [InlineData("sichuan-2020-hospital", "benefits.hospitalisation")]
    [InlineData("sichuan-2020-accident", "benefits.accidentDeath")]
    [InlineData("sichuan-2020-critical-illness", "benefits.criticalIllness")]
    [InlineData("sichuan-2020-womens-critical", "benefits.womensIllness")]
    [InlineData("sichuan-2020-womens-critical-b", "benefits.womensIllness")]
    public void What_is_paid_is_not_published(string code, string path) => Ask(code).IsNotPublished(path);

    [Fact]
    public void The_hospital_plan_asks_for_Sichuan_medical_insurance() =>
        Assert.Equal("四川省基本医疗保险", Cards.Card("sichuan-2020-hospital").Eligibility.Insurance!.Zh);
}

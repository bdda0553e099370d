namespace ClaimsEngine.Specs;

/// <summary>Shanghai 2019, class B (plans.md P5, S14-S16, S19): four sums; illness death counts once across all classes; 24 yuan a year, 12
/// for half of one.</summary>
public class Shanghai2019BasicBSpecs
{
    private static Question Of(IncidentKind kind) => Cards.Ask("shanghai-2019-basic-b", kind, "2019-06-01");

    [Fact]
    public void One_of_12_illnesses_is_paid_20000_yuan() =>
        Of(IncidentKind.CriticalIllness).Ill("leukaemia", Severity.Severe).Pays("20000.00");

    [Theory]
    [InlineData(Severity.InSitu, "benefits.criticalIllness.amounts.inSitu")]
    [InlineData(Severity.Mild, "benefits.criticalIllness.amounts.mild")]
    public void For_lesser_forms_no_sum_is_published(Severity severity, string path) =>
        Of(IncidentKind.CriticalIllness).Ill("breastCancer", severity).IsNotPublished(path);

    [Fact]
    public void A_death_by_accident_is_paid_30000_yuan() => Of(IncidentKind.AccidentDeath).Pays("30000.00");

    [Theory]
    [InlineData(1, "30000.00")]
    [InlineData(2, "0.00")]
    [InlineData(10, "0.00")]
    public void Only_total_disability_is_paid(int grade, string payable) => Of(IncidentKind.Disability).Graded(grade).Pays(payable);

    [Theory]
    [InlineData(null, "10000.00")]
    [InlineData("4000.00", "6000.00")]
    [InlineData("10000.00", "0.00")]
    public void A_death_by_illness_is_paid_10000_yuan_however_many_classes_are_held(string? paidUnderOthers, string payable) =>
        Of(IncidentKind.IllnessDeath).Used(acrossPlans: paidUnderOthers).Pays(payable);

    [Fact]
    public void Both_the_sum_and_the_cap_across_classes_are_10000_yuan() =>
        Assert.Equal([("benefits.illnessDeath", "10000.00"), ("caps.acrossPlans", "10000.00"), ("payable", "10000.00")],
            Of(IncidentKind.IllnessDeath).Pays("10000.00").Steps.Select(step => (step.Rule, step.Output)));

    [Fact]
    public void What_other_classes_paid_for_illness_death_does_not_touch_the_other_sums() =>
        Of(IncidentKind.AccidentDeath).Used(acrossPlans: "10000.00").Pays("30000.00");

    [Fact]
    public void All_classes_name_the_same_group()
    {
        var (one, other) =
            (Cards.Card("shanghai-2016-hospital").Caps!.AcrossPlans!, Cards.Card("shanghai-2019-basic-b").Caps!.AcrossPlans!);
        Assert.Equal((one.Group, one.Amount), (other.Group, other.Amount));
    }

    [Fact]
    public void Cover_lasts_a_year_or_half_of_one()
    {
        var cover = Cards.Card("shanghai-2019-basic-b").Cover!;
        Assert.Equal((CoverStart.NextDay, 12), (cover.Start, cover.Months));
        Assert.Equal([6], cover.OtherMonths!);
    }

    [Fact]
    public void A_second_protection_of_another_employer_is_void() => Of(IncidentKind.AccidentDeath).Units(2).Pays("30000.00");

    [Theory]
    [InlineData("2019-12-31", "24.00", "district or industry union 12.00, city union 12.00")]
    [InlineData("2019-06-30", "12.00", "district or industry union 6.00, city union 6.00")]
    public void A_year_costs_24_yuan_and_half_a_year_12_which_the_unions_share(string coverTo, string fee, string shares)
    {
        var contribution = Of(IncidentKind.AccidentDeath).Covered("2019-01-01", coverTo).Pays("30000.00").Contribution!;
        Assert.Equal((fee, shares), (contribution.Amount.ToString(), Cards.Shared(contribution)));
    }
}

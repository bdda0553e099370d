namespace ClaimsEngine.Specs;

/// <summary>Shanghai's plans of which less is published (plans.md P5, S17-S19, S21).</summary>
public class OtherShanghaiSpecs
{
    private static Question FlexibleWorker(string discharged) =>
        Cards.Ask("shanghai-2019-flexible-workers", IncidentKind.HospitalDays, "2019-03-01").Staying("2019-03-01", discharged);

    [Theory]
    [InlineData("2019-03-01", "60.00")]       // 1 day
    [InlineData("2019-08-27", "10740.00")]    // 179 days
    [InlineData("2019-08-28", "10800.00")]    // 180 days, the published maximum
    [InlineData("2019-08-29", "10800.00")]    // 181 days
    public void Flexible_workers_are_paid_60_yuan_a_day_to_180_days(string discharged, string payable) =>
        FlexibleWorker(discharged).Pays(payable);

    [Fact]
    public void All_benefits_of_flexible_workers_together_are_90800_yuan_at_most() => 
        // 20 days, 1,200
        (FlexibleWorker("2019-03-21") with { Use = new QuotedUse(Money.Yuan(90_000), Benefits: new Dictionary<IncidentKind, Money>()) })
            .Pays("800.00");

    [Theory]
    [InlineData(Sex.Male, "62.50", "employer 25.00, school union 27.50, member 10.00")]
    [InlineData(Sex.Female, "70.00", "employer 25.00, school union 30.00, member 15.00")]
    public void The_half_year_comprehensive_cover_costs_by_sex_and_so_do_its_shares(Sex sex, string fee, string shares)
    {
        var contribution = Cards.Price("shanghai-2020-comprehensive-b", new PriceFacts(Sex: sex));
        Assert.Equal((fee, shares), (contribution.Amount.ToString(), Cards.Shared(contribution)));
    }

    [Fact]
    public void A_unit_of_the_hospital_plan_as_revised_in_2016_costs_65_yuan() =>
        Assert.Equal("65.00", Cards.Price("shanghai-2016-hospital").Amount.ToString());

    [Fact]
    public void What_the_hospital_plan_pays_is_not_published()
    {
        Cards.Ask("shanghai-2016-hospital", IncidentKind.Hospitalisation, "2016-03-01").Costing("1000.00")
            .IsNotPublished("benefits.hospitalisation");
        Cards.Ask("shanghai-2016-hospital", IncidentKind.IllnessDeath, "2016-03-01").IsNotPublished("benefits.illnessDeath");
    }

    [Fact]
    public void What_the_comprehensive_cover_pays_is_not_published() =>
        Cards.Ask("shanghai-2020-comprehensive-b", IncidentKind.Hospitalisation, "2020-03-01").Costing("1000.00")
            .IsNotPublished("benefits.hospitalisation");

    [Theory]
    [InlineData("c", "20000.00")]
    [InlineData("d", "90800.00")]
    [InlineData("e", null)]
    public void Of_the_classes_for_new_employment_the_maxima_are_published_but_not_the_benefits(string @class, string? most)
    {
        var code = $"shanghai-2022-new-employment-{@class}";
        Assert.Equal(most, Cards.Card(code).Caps?.PerPeriod?.ToString());
        Cards.Ask(code, IncidentKind.HospitalDays, "2022-03-01").Staying("2022-03-01", "2022-03-15")
            .IsNotPublished("benefits.hospitalDays");
    }

    [Fact]
    public void Classes_C_and_D_are_free_and_E_costs_72_yuan()
    {
        Assert.All((string[])["c", "d"],
            @class => Assert.Equal([FundingKind.Gift], Cards.Card($"shanghai-2022-new-employment-{@class}").Funding!.Kinds));
        Assert.Equal("72.00", Cards.Price("shanghai-2022-new-employment-e").Amount.ToString());
    }
}

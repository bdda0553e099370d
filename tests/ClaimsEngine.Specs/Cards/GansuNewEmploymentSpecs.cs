namespace ClaimsEngine.Specs;

/// <summary>Gansu's gifts of 2022 and 2025 (plans.md P9, facts.md F9-F15): the same 120 yuan, different sums, no rule taken from one year
/// for the other.</summary>
public class GansuNewEmploymentSpecs
{
    private static Question Of2022(IncidentKind kind) => Cards.Ask("gansu-2022-new-employment", kind, "2022-06-01");

    private static Question Of2025(IncidentKind kind) => Cards.Ask("gansu-2025-new-employment", kind, "2025-10-20").Covered("2025-01-01");

    [Fact]
    public void A_death_by_accident_of_2022_is_paid_300000_yuan_which_is_assumed()
    {
        var quote = Of2022(IncidentKind.AccidentDeath).Pays("300000.00");
        Assert.Equal(
            [("benefits.accidentDeath", "300000.00", true), ("caps.perPeriod", "300000.00", false), ("payable", "300000.00", true)],
            quote.Steps.Select(step => (step.Rule, step.Output, step.Assumed)));
    }

    [Theory]
    [InlineData("200000.00", "100000.00")]
    [InlineData("300000.00", "0.00")]
    public void The_period_of_2022_pays_300000_yuan_at_most(string used, string payable) =>
        Of2022(IncidentKind.AccidentDeath).Used(used).Pays(payable);

    [Fact]
    public void What_else_2022_pays_is_not_published()
    {
        Of2022(IncidentKind.Disability).Graded(1).IsNotPublished("benefits.disability");
        Of2022(IncidentKind.Hospitalisation).Costing("1000.00").IsNotPublished("benefits.hospitalisation");
        Of2022(IncidentKind.CriticalIllness).IsNotPublished("benefits.criticalIllness.amounts");
    }

    [Theory]
    [InlineData("truckDriver")]
    [InlineData("rideHailingDriver")]
    [InlineData("courier")]
    [InlineData("foodDeliveryRider")]
    [InlineData("carer")]
    [InlineData("domesticWorker")]
    [InlineData("marketClerk")]
    [InlineData("estateAgent")]
    [InlineData("securityGuard")]
    public void Nine_occupations_are_covered(string occupation)
    {
        Of2022(IncidentKind.AccidentDeath).WorksAs(occupation).Pays("300000.00");
        Of2025(IncidentKind.AccidentDeath).WorksAs(occupation).Pays("120000.00");
    }

    [Fact]
    public void Others_are_not()
    {
        Of2022(IncidentKind.AccidentDeath).WorksAs("worker").IsRefused(Refuse.OccupationNotCovered, "enrolment.occupation");
        Of2025(IncidentKind.AccidentDeath).WorksAs("worker").IsRefused(Refuse.OccupationNotCovered, "enrolment.occupation");
    }

    [Fact]
    public void Both_gifts_are_worth_120_yuan()
    {
        Assert.Equal("120.00", Of2022(IncidentKind.AccidentDeath).Pays("300000.00").Contribution!.Amount.ToString());
        Assert.Equal("120.00", Of2025(IncidentKind.AccidentDeath).Pays("120000.00").Contribution!.Amount.ToString());
    }

    [Fact]
    public void A_death_by_accident_of_2025_is_paid_120000_yuan_and_all_of_it_is_assumed()
    {
        var quote = Of2025(IncidentKind.AccidentDeath).Pays("120000.00");
        Assert.Equal([("benefits.accidentDeath", "120000.00", true), ("caps.perPeriod", "120000.00", true), ("payable", "120000.00", true)],
            quote.Steps.Select(step => (step.Rule, step.Output, step.Assumed)));
        Of2025(IncidentKind.AccidentDeath).Units(2).IsRefused(Refuse.TooManyUnits, "enrolment.units");
    }

    [Fact]
    public void Cover_lasts_the_year_of_the_programme() =>
        Assert.All((string[])["gansu-2022-new-employment", "gansu-2025-new-employment"],
            code => Assert.Equal(new Cover(CoverStart.ProgrammePeriod, 12), Cards.Card(code).Cover));

    [Theory]
    [InlineData(1, "120000.00")]
    [InlineData(4, "84000.00")]
    [InlineData(10, "12000.00")]
    public void A_disability_of_2025_is_paid_by_its_grade(int grade, string payable) =>
        Of2025(IncidentKind.Disability).Graded(grade).Pays(payable);

    [Fact]
    public void The_period_of_2025_pays_120000_yuan_at_most() => Of2025(IncidentKind.AccidentDeath).Used("84000.00").Pays("36000.00");

    [Theory]
    [InlineData("2009-01-01", true)]    // 16
    [InlineData("2009-01-02", false)]
    [InlineData("1959-01-02", true)]    // 65
    [InlineData("1959-01-01", false)]
    public void For_2025_ages_of_16_to_65_are_assumed(string born, bool may)
    {
        var asked = Of2025(IncidentKind.AccidentDeath).Born(born);
        if (may) asked.Pays("120000.00");
        else asked.IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");
    }
}

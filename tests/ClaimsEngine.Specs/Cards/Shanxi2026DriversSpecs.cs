namespace ClaimsEngine.Specs;

/// <summary>Shanxi 2026 (facts.md F20): 2,500 drivers are given accident cover. What it pays is not published: it is assumed as Henan's
/// gift to truck drivers (plans.md P9).</summary>
public class Shanxi2026DriversSpecs
{
    private static Question Of(IncidentKind kind) => Cards.Ask("shanxi-2026-drivers", kind, "2026-02-10").WorksAs("rideHailingDriver");

    [Theory]
    [InlineData(1, "40000.00")]
    [InlineData(9, "8000.00")]
    [InlineData(10, "4000.00")]
    public void A_disability_is_paid_by_its_grade(int grade, string payable) => Of(IncidentKind.Disability).Graded(grade).Pays(payable);

    [Fact]
    public void A_death_by_accident_is_paid_40000_yuan() => Of(IncidentKind.AccidentDeath).Pays("40000.00");

    [Fact]
    public void Every_step_says_that_it_is_assumed() =>
        Assert.All(Of(IncidentKind.Disability).Graded(9).Pays("8000.00").Steps, step => Assert.True(step.Assumed, step.Rule));

    [Fact]
    public void Drivers_alone_are_covered()
    {
        foreach (var driver in (string[])["truckDriver", "taxiDriver"]) Of(IncidentKind.AccidentDeath).WorksAs(driver).Pays("40000.00");
        Of(IncidentKind.AccidentDeath).WorksAs("courier").IsRefused(Refuse.OccupationNotCovered, "enrolment.occupation");
    }

    [Fact]
    public void All_2500_gifts_are_worth_the_programmes_budget()
    {
        var programme = Repository.Json(Repository.Seeds("programmes", "shanxi-2026-drivers.json"))["programme"]!;
        Assert.Equal(2_500, (int)programme["quota"]!);
        Assert.Equal(programme["budget"]!.GetValue<string>(), (Cards.Price("shanxi-2026-drivers").Amount * 2_500).ToString());
    }
}

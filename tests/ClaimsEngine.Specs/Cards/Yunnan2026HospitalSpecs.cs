namespace ClaimsEngine.Specs;

/// <summary>Yunnan, 22nd period (plans.md P6, S24): who is 55 or older enters only by continuing; what is paid is not published.</summary>
public class Yunnan2026HospitalSpecs
{
    private static Question Hospital => Cards.Ask("yunnan-2026-hospital", IncidentKind.Hospitalisation, "2026-06-01").Costing("1000.00");

    [Theory]
    [InlineData("2010-01-01")]   // 16 on the first day
    [InlineData("1971-01-02")]   // 54
    public void Who_is_16_to_54_may_enter(string born) =>
        Hospital.Covered("2026-01-01").Born(born).IsNotPublished("benefits.hospitalisation");

    [Theory]
    [InlineData("2010-01-02")]   // 15 on the first day
    [InlineData("1971-01-01")]   // 55
    [InlineData("1950-01-01")]
    public void Who_is_younger_or_older_may_not(string born) =>
        Hospital.Covered("2026-01-01").Born(born).IsRefused(Refuse.AgeNotCovered, "enrolment.birthDate");

    [Theory]
    [InlineData("1971-01-01")]
    [InlineData("1950-01-01")]
    public void Who_was_covered_in_the_21st_period_may_stay(string born) =>
        Hospital.Covered("2026-01-01", first: "2025-01-01").Born(born).IsNotPublished("benefits.hospitalisation");

    [Fact]
    public void The_period_is_a_year_and_only_without_a_gap_it_is_continued() =>
        Assert.Equal(new Cover(CoverStart.ProgrammePeriod, 12, Renewal: new Renewal(0)), Cards.Card("yunnan-2026-hospital").Cover);

    [Fact]
    public void A_second_unit_is_refused() => Hospital.Units(2).IsRefused(Refuse.TooManyUnits, "enrolment.units");

    [Fact]
    public void Nobody_enters_without_an_employer() => Assert.False(Cards.Card("yunnan-2026-hospital").Eligibility.Entry!.Individual);
}

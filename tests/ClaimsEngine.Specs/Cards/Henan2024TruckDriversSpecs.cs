namespace ClaimsEngine.Specs;

/// <summary>Henan 2024 (plans.md P9, S42): truck drivers; disability to 40,000 yuan by grade, death 40,000, medical cost of an accident
/// above 100 yuan to 10,000.</summary>
public class Henan2024TruckDriversSpecs
{
    private static Question Of(IncidentKind kind) => Cards.Ask("henan-2024-truck-drivers", kind, "2024-06-01").WorksAs("truckDriver");

    private static Question Medical => Of(IncidentKind.AccidentMedical);

    [Theory]
    [InlineData(1, "40000.00")]
    [InlineData(2, "36000.00")]
    [InlineData(3, "32000.00")]
    [InlineData(4, "28000.00")]
    [InlineData(5, "24000.00")]
    [InlineData(6, "20000.00")]
    [InlineData(7, "16000.00")]
    [InlineData(8, "12000.00")]
    [InlineData(9, "8000.00")]
    [InlineData(10, "4000.00")]
    public void A_disability_is_paid_by_its_grade(int grade, string payable) => Of(IncidentKind.Disability).Graded(grade).Pays(payable);

    [Fact]
    public void Of_several_injuries_the_gravest_counts() =>
        Of(IncidentKind.Disability).Injured((7, "leftHand"), (5, "rightLeg"), (9, "head")).Pays("24000.00");

    [Fact]
    public void Two_gravest_injuries_raise_the_grade_by_one() =>
        Of(IncidentKind.Disability).Injured((5, "leftHand"), (5, "rightLeg")).Pays("28000.00");

    [Fact]
    public void One_part_of_the_body_counts_once() =>
        Of(IncidentKind.Disability).Injured((5, "leftHand"), (5, "leftHand")).Pays("24000.00");

    [Fact]
    public void Nothing_is_graver_than_grade_1() => Of(IncidentKind.Disability).Injured((1, "spine"), (1, "head")).Pays("40000.00");

    [Fact]
    public void The_grade_table_is_assumed_and_the_sum_is_not()
    {
        var steps = Of(IncidentKind.Disability).Graded(4).Pays("28000.00").Steps;
        Assert.Equal([("benefits.disability", false), ("benefits.disability.table", true), ("payable", true)],
            steps.Select(step => (step.Rule, step.Assumed)));
    }

    [Fact]
    public void A_death_is_paid_40000_yuan() => Of(IncidentKind.AccidentDeath).Pays("40000.00");

    [Theory]
    [InlineData("99.99", "0.00")]
    [InlineData("100.00", "0.00")]
    [InlineData("100.01", "0.01")]
    [InlineData("600.00", "500.00")]
    [InlineData("10100.00", "10000.00")]
    [InlineData("10100.01", "10000.00")]
    [InlineData("50000.00", "10000.00")]
    public void What_lies_above_100_yuan_is_paid_whole_to_10000(string ownShare, string payable) =>
        Medical.Costing(ownShare, inScope: ownShare, hospitalGrade: 2).Pays(payable);

    [Fact]
    public void The_deductible_is_asked_once_for_an_accident() =>
        Medical.Costing("60.00", inScope: "60.00", hospitalGrade: 2).Costing("60.00", inScope: "60.00", hospitalGrade: 3).Pays("20.00");

    [Fact]
    public void Only_what_lies_in_scope_counts() =>
        Medical.Costing("1000.00", inScope: "700.00", total: "3000.00", hospitalGrade: 2).Pays("600.00");

    [Fact]
    public void What_lies_in_scope_is_asked_for_where_it_is_not_told() =>
        Medical.Costing("1000.00", hospitalGrade: 2).IsRefused(Refuse.IncidentIncomplete, "incident.admissions.0.inScope");

    [Fact]
    public void A_hospital_below_grade_2_is_not_counted()
    {
        Medical.Costing("1000.00", hospitalGrade: 1).Pays("0.00");
        Medical.Costing("1000.00", hospitalGrade: 1).Costing("500.00", inScope: "500.00", hospitalGrade: 2).Pays("400.00");
        Medical.Costing("1000.00").IsRefused(Refuse.IncidentIncomplete, "incident.admissions.0.hospitalGrade");
    }

    [Fact]
    public void What_the_period_used_of_the_10000_yuan_is_taken_off()
    {
        Medical.Costing("600.00", inScope: "600.00", hospitalGrade: 2).UsedFor(IncidentKind.AccidentMedical, "9950.00").Pays("50.00");
        Medical.Costing("600.00", inScope: "600.00", hospitalGrade: 2).Used("9950.00").Pays("50.00");
        Medical.Costing("600.00", inScope: "600.00", hospitalGrade: 2).UsedFor(IncidentKind.Disability, "40000.00").Pays("500.00");
    }

    [Fact]
    public void Only_truck_drivers_are_covered()
    {
        Of(IncidentKind.AccidentDeath).WorksAs("courier").IsRefused(Refuse.OccupationNotCovered, "enrolment.occupation");
        var untold = Cards.Ask("henan-2024-truck-drivers", IncidentKind.AccidentDeath, "2024-06-01").Pays("40000.00");
        Assert.Contains(untold.NotChecked, rule => rule.Rule == "eligibility.occupations");
    }

    [Fact]
    public void The_gift_is_worth_25_yuan() =>
        Assert.Equal("25.00", Of(IncidentKind.AccidentDeath).Pays("40000.00").Contribution!.Amount.ToString());
}
